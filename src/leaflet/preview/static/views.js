// The flat views: panels in reading order, sheets, web page, reading order and files.
// The web page is served with a policy that runs no script in it; the frame may run those of this page, for clicks.

import { ask, drawn, element, pictureAddress, showPicture } from "./page.js";

export class PanelsView {
  constructor(host, jump) {
    this.host = host;
    this.jump = jump;
    this.figures = new Map();
    this.list = element("div", { className: "panels" });
    host.replaceChildren(this.list);
  }

  async show(state, look) {
    const old = new Map(this.figures);
    this.figures.clear();
    const loads = [];
    const order = [];
    state.pages.forEach((page, number) => {
      const figure = old.get(number) ?? this.figure(number);
      this.figures.set(number, figure);
      order.push(figure);
      loads.push(this.fill(figure, page, number, state, look));
    });
    if (order.length !== this.list.children.length || order.some((figure, at) => this.list.children[at] !== figure)) {
      this.list.replaceChildren(...order);
    }
    const changed = await Promise.all(loads);
    const first = changed.findIndex(Boolean);
    if (first >= 0 && this.wasShown && changed.filter(Boolean).length < state.pages.length) this.lookAt(first);
    this.wasShown = true;
  }

  figure(number) {
    const paper = element("div", { className: "paper" }, element("img", { alt: "" }));
    paper.addEventListener("click", (event) => this.clicked(event, number));
    const caption = element("figcaption");
    return element("figure", { className: "page", dataset: { page: number } }, paper, caption);
  }

  async fill(figure, page, number, state, look) {
    const [paper, caption] = figure.children;
    paper.style.width = `${page.width * look.mm}px`;
    paper.style.height = `${page.height * look.mm}px`;
    figure.style.width = paper.style.width;
    const image = paper.firstElementChild;
    image.alt = `Panel ${page.label}`;
    caption.replaceChildren(...gauge(page));
    caption.className = page.over ? "over" : "";
    const changed = await showPicture(image, pictureAddress(page.key, look.mm));
    const wasFocused = paper.contains(document.activeElement) ? document.activeElement.dataset?.line : undefined;
    for (const extra of [...paper.children].slice(1)) extra.remove();
    paper.append(...blocks(state, number, look.mm), ...tooMuch(page, state, number, look.mm), ...changes(state, number, look));
    if (look.overlays.size) paper.append(overlay(page, state, number, look.overlays));
    if (wasFocused) paper.querySelector(`[data-line="${wasFocused}"]`)?.focus();
    this.mark(look.line);
    if (changed && this.wasShown && figure.dataset.key !== page.key) {
      paper.classList.remove("flash");
      void paper.offsetWidth;
      paper.classList.add("flash");
    }
    const isNew = figure.dataset.key !== page.key;
    figure.dataset.key = page.key;
    return changed && isNew;
  }

  clicked(event, number) {
    const paper = event.currentTarget;
    const box = paper.getBoundingClientRect();
    const pressed = event.target.closest(".block");
    const x = ((event.clientX - box.left) / box.width) * this.state().pages[number].width;
    const y = ((event.clientY - box.top) / box.height) * this.state().pages[number].height;
    const place = event.detail === 0 && pressed ? { line: +pressed.dataset.line, column: 1 } : nearest(this.state(), number, x, y);
    if (place) this.jump(place.line, place.column);
  }

  // Mark the block that a line of the source belongs to.
  mark(line) {
    const blocks = [...this.list.querySelectorAll(".block")];
    const before = blocks.filter((block) => +block.dataset.line <= line).map((block) => +block.dataset.line);
    const best = line ? Math.max(...before, 0) : 0;
    for (const block of blocks) block.classList.toggle("here", best > 0 && +block.dataset.line === best);
    return this.list.querySelector(".block.here");
  }

  lookAt(number) {
    const figure = this.figures.get(number);
    const box = figure.getBoundingClientRect(), stage = this.host.parentElement.getBoundingClientRect();
    if (box.bottom < stage.top + 60 || box.top > stage.bottom - 60 || box.left > stage.right - 40 || box.right < stage.left + 40) {
      figure.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }
}

export function gauge(page) {
  const words = page.over ? `${page.over} mm too much` : `${Math.round(page.free)} mm free`;
  const bar = element("i", { style: { width: `${Math.min(100, page.fill * 100)}%` } });
  return [
    element("div", { className: "fill-head" }, element("b", {}, page.label), element("span", {}, words)),
    element("div", { className: "gauge" }, bar),
  ];
}

function nearest(state, number, x, y) {
  let best = null, least = Infinity;
  for (const [page, left, top, width, height, line, column] of state.places) {
    if (page !== number) continue;
    const dx = Math.max(left - x, 0, x - left - width), dy = Math.max(top - y, 0, y - top - height);
    const far = Math.hypot(dx, dy * 2);
    if (far < least) [best, least] = [{ line, column }, far];
  }
  return best;
}

function blockAreas(state, number) {
  const areas = new Map();
  for (const [page, left, top, width, height, , , block] of state.places) {
    if (page !== number) continue;
    const area = areas.get(block) ?? [left, top, left + width, top + height];
    areas.set(block, [Math.min(area[0], left), Math.min(area[1], top), Math.max(area[2], left + width), Math.max(area[3], top + height)]);
  }
  return areas;
}

function blocks(state, number, mm) {
  const made = [];
  for (const [line, [left, top, right, bottom]] of blockAreas(state, number)) {
    const style = { left: `${(left - 0.7) * mm}px`, top: `${(top - 0.7) * mm}px`, width: `${(right - left + 1.4) * mm}px`, height: `${(bottom - top + 1.4) * mm}px` };
    made.push(element("button", { type: "button", className: "block", tabIndex: made.length ? -1 : 0, style, dataset: { line }, "aria-label": `Go to line ${line} of the text` }));
  }
  for (const block of made) {
    block.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      const next = step && made[made.indexOf(block) + step];
      if (next) { event.preventDefault(); next.focus(); }
    });
  }
  return made;
}

function tooMuch(page, state, number, mm) {
  if (!page.over) return [];
  const [top, right, bottom, left] = page.margins;
  const frame = [left, top, page.width - right, page.height - bottom];
  return state.places
    .filter(([at, x, y, width, height]) => at === number && (page.panel === null || x < frame[0] - 0.5 || y < frame[1] - 0.5 || x + width > frame[2] + 0.5 || y + height > frame[3] + 0.5))
    .map(([, x, y, width, height]) => element("div", { className: "too-much", style: { left: `${x * mm}px`, top: `${y * mm}px`, width: `${width * mm}px`, height: `${height * mm}px` } }));
}

// Bars beside what is new since the last version under git.
function changes(state, number, look) {
  if (!look.changes) return [];
  const made = [];
  for (const [line, [, top, , bottom]] of blockAreas(state, number)) {
    const next = Math.min(...state.places.map((place) => place[7]).filter((other) => other > line), Infinity);
    if (!look.changes.some((changed) => changed >= line && changed < next)) continue;
    made.push(element("div", { className: "changed", title: "New since the last version", style: { top: `${top * look.mm}px`, height: `${(bottom - top) * look.mm}px`, width: `${1.2 * look.mm}px` } }));
  }
  return made;
}

function overlay(page, state, number, wanted) {
  const [top, right, bottom, left] = page.margins, { width, height } = page;
  const lines = drawn("svg", { class: "lines", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  const line = (kind, x1, y1, x2, y2) => lines.append(drawn("line", { class: kind, x1, y1, x2, y2 }));
  if (wanted.has("grid")) {
    for (let x = 5; x < width; x += 5) line("grid", x, 0, x, height);
    for (let y = 5; y < height; y += 5) line("grid", 0, y, width, y);
  }
  if (wanted.has("lines")) {
    const rows = baselines(state, number);
    for (let y = rows.first; rows.step > 1 && y < height - bottom; y += rows.step) line("base", left, y, width - right, y);
  }
  if (wanted.has("safe")) lines.append(drawn("rect", { class: "safe", x: 3, y: 3, width: width - 6, height: height - 6 }));
  if (wanted.has("text")) lines.append(drawn("rect", { class: "text", x: left, y: top, width: width - left - right, height: height - top - bottom }));
  return lines;
}

// The step between lines of running text: the one that is met most often.
function baselines(state, number) {
  const bottoms = state.places.filter((place) => place[0] === number && place[4] > 0).map((place) => place[2] + place[4]);
  const steps = new Map();
  for (let at = 1; at < bottoms.length; at++) {
    const step = Math.round((bottoms[at] - bottoms[at - 1]) * 10) / 10;
    if (step > 2 && step < 12) steps.set(step, (steps.get(step) ?? 0) + 1);
  }
  const [step] = [...steps].sort((one, other) => other[1] - one[1])[0] ?? [0];
  return { first: bottoms[0] ?? 0, step };
}

export class SheetsView {
  constructor(host) {
    this.list = element("div", { className: "sheets" });
    host.replaceChildren(this.list);
  }

  async show(state, look) {
    if (!state.sheets?.length) {
      this.list.replaceChildren(element("p", { className: "waiting" }, state.depth === "quick" ? "The sheets are being made…" : "There is no sheet to show."));
      return;
    }
    const loads = [];
    const figures = state.sheets.map((sheet, number) => {
      const known = this.list.querySelector(`[data-sheet="${number}"] img`);
      const image = known ?? element("img");
      image.alt = `Sheet, ${sheet.name}`;
      loads.push(showPicture(image, pictureAddress(sheet.key, look.mm)));
      const paper = element("div", { className: "paper", style: { width: `${sheet.width * look.mm}px`, height: `${sheet.height * look.mm}px` } }, image, sheetLines(sheet));
      return element("figure", { className: "page", dataset: { sheet: number } }, paper, element("figcaption", {}, element("b", {}, `${sheet.name[0].toUpperCase()}${sheet.name.slice(1)}`)));
    });
    const key = element("p", { className: "key" }, element("span", {}, element("i", { className: "fold" }), "folds"), element("span", {}, element("i"), "trims"), element("span", {}, state.facts.sheets.replace(/^sheet: /, "")));
    this.list.replaceChildren(key, ...figures);
    await Promise.all(loads);
  }
}

function sheetLines(sheet) {
  const [left, above, width, height] = sheet.trim;
  const svg = drawn("svg", { class: "lines", viewBox: `0 0 ${sheet.width} ${sheet.height}`, "aria-hidden": "true" });
  svg.append(drawn("rect", { class: "trim", x: left, y: above, width, height }));
  const upright = (kind, x) => svg.append(drawn("line", { class: kind, x1: left + x, x2: left + x, y1: 0, y2: sheet.height }));
  const level = (kind, y) => svg.append(drawn("line", { class: kind, y1: above + height - y, y2: above + height - y, x1: 0, x2: sheet.width }));
  for (const x of sheet.cuts) upright("trim", x);
  for (const y of sheet.levelCuts) level("trim", y);
  for (const x of sheet.folds) upright("fold", x);
  for (const y of sheet.levelFolds) level("fold", y);
  return svg;
}

const WIDTHS = { Phone: 390, Tablet: 768, Desk: 1200 };

export class WebView {
  constructor(host, jump) {
    this.jump = jump;
    this.frame = element("iframe", { title: "The leaflet’s web page", sandbox: "allow-same-origin allow-scripts" });
    this.phone = element("div", { className: "phone" }, this.frame);
    const buttons = Object.entries(WIDTHS).map(([name, width]) => {
      const button = element("button", { type: "button", "aria-pressed": String(name === "Phone") }, name);
      button.addEventListener("click", () => {
        for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
        this.phone.style.width = `${width + 24}px`;
      });
      return button;
    });
    host.replaceChildren(element("div", { className: "widths", role: "group", "aria-label": "Width" }, ...buttons), this.phone);
    this.frame.addEventListener("load", () => this.loaded());
  }

  async show(state) {
    if (!state.files.includes("html") || (state.version === this.version && state.tab === this.tab) || state.depth === "quick") return;
    this.version = state.version;
    this.tab = state.tab;
    this.top = this.frame.contentDocument?.scrollingElement?.scrollTop ?? 0;
    const whole = new Promise((done) => this.frame.addEventListener("load", done, { once: true }));
    this.frame.src = `web/${state.tab}?version=${state.version}`;
    await whole;
  }

  loaded() {
    const inside = this.frame.contentDocument;
    if (!inside?.scrollingElement) return;
    inside.scrollingElement.scrollTop = this.top ?? 0;
    inside.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (link && !link.getAttribute("href").startsWith("#")) event.preventDefault();
      const placed = event.target.closest("[data-source], [data-source-of]");
      if (link || !placed) return;
      const [line, column] = (placed.dataset.source ?? placed.dataset.sourceOf).split(":").map(Number);
      this.jump(line, column || 1);
    });
  }

  mark(line) {
    const inside = this.frame.contentDocument;
    const placed = [...(inside?.querySelectorAll("[data-source], [data-source-of]") ?? [])];
    const at = (one) => Number((one.dataset.source ?? one.dataset.sourceOf).split(":")[0]);
    const best = placed.filter((one) => at(one) <= line).sort((one, other) => at(other) - at(one))[0];
    best?.scrollIntoView({ block: "nearest" });
    return null;
  }
}

const SPOKEN = { H1: "Heading 1", H2: "Heading 2", H3: "Heading 3", H4: "Heading 4", P: "Paragraph", LI: "List item", LBody: "List item", Lbl: "Number or bullet", TH: "Column heading", TD: "Cell", Figure: "Picture", Caption: "Caption", Link: "Link", Note: "Note", FENote: "Note", BibEntry: "Reference", Formula: "Formula" };

export class ReadingView {
  constructor(host) {
    this.list = element("ol", { className: "spoken" });
    host.replaceChildren(element("p", { className: "quiet spoken-head" }, "What a screen reader says, in this order:"), this.list);
  }

  async show(state) {
    const spoken = await ask(`reading/${state.tab}`);
    const rows = [];
    let page = -1;
    for (const one of spoken) {
      if (one.page !== page) {
        page = one.page;
        rows.push(element("li", {}, element("h2", {}, `Panel ${state.pages[page]?.label ?? page + 1}`), element("span")));
      }
      const words = element("span", { className: /^H\d/.test(one.kind) ? "heading" : "" }, one.text);
      rows.push(element("li", {}, element("span", { className: "kind" }, one.instead ? "Picture, described" : SPOKEN[one.kind] ?? one.kind), words));
    }
    this.list.replaceChildren(...rows);
  }
}

const FILES = {
  sheet: ["For the printer", "The sheets as PDF, with folds and printer’s marks"],
  pdf: ["For the screen", "The panels in reading order as PDF, for e-mail and for screen readers"],
  html: ["For the web", "One page that works on phones; put it on your site as it is"],
  bib: ["Cite it: BibLaTeX", "For LaTeX and JabRef"],
  ris: ["Cite it: RIS", "For EndNote, Mendeley and Zotero"],
  "csl-json": ["Cite it: CSL JSON", "For pandoc and Zotero"],
};

export class FilesView {
  constructor(host) {
    this.list = element("div", { className: "files" });
    host.replaceChildren(this.list);
  }

  async show(state) {
    const links = Object.entries(FILES).filter(([kind]) => state.files.includes(kind)).map(([kind, [name, words]]) =>
      element("a", { href: `file/${state.tab}/${kind}`, download: "" }, element("b", {}, name), element("span", {}, words)));
    const wait = element("p", { className: "waiting" }, "The files are being made…");
    this.list.replaceChildren(...(links.length ? links : [wait]));
  }
}
