// The page of one leaflet: its state comes as events, its views show it.

import { announce, ask, byId, element, page, realSize, send } from "./page.js";
import { FilesView, gauge, PanelsView, ReadingView, SheetsView, WebView } from "./views.js";
import { FoldView } from "./fold.js";

const VIEWS = { panels: "Panels", sheet: "Sheet", fold: "Fold", web: "Web page", reading: "Read aloud", files: "Files" };
const ZOOMS = [0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4];
const OVERLAYS = { safe: "Safe margin", text: "Text area", grid: "5 mm grid", lines: "Lines of text" };
const EYES = { "": "As it is", grey: "Greyscale", protanopia: "No red (protanopia)", deuteranopia: "No green (deuteranopia)", tritanopia: "No blue (tritanopia)", achromatopsia: "No colours", blurred: "Blurred", far: "3 m away" };
const SWITCHES = { layout: "Layout", style: "Style", csl: "Citation style", lang: "Language", fit: "Type may" };
const FITS = { both: "grow or shrink", shrink: "shrink", grow: "grow", none: "stay as it is" };
const isPane = new URLSearchParams(location.search).has("pane");

const look = { mm: realSize, zoom: null, overlays: new Set(), eyes: "", line: 0, changes: null };
let state = { pages: [], places: [], problems: [], findings: [], files: [] };
let view = null, stream = null, writer = null;

// ---------------------------------------------------------------- what is shown

function viewName() { return location.hash.slice(1) in VIEWS ? location.hash.slice(1) : "panels"; }

function openView() {
  const name = viewName(), host = byId("view");
  for (const button of byId("views").children) {
    if (button.dataset.view === name) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
  host.className = `view view-${name}`;
  host.style.width = name === "sheet" ? "" : "auto";
  const makes = {
    panels: () => new PanelsView(host, jump), sheet: () => new SheetsView(host), fold: () => new FoldView(host),
    web: () => new WebView(host, jump), reading: () => new ReadingView(host), files: () => new FilesView(host),
  };
  view = makes[name]();
  view.state = () => state;
  if (state.pages.length) void draw();
  else waiting();
}

function waiting() {
  const host = byId("view");
  const words = state.problems.length ? "As soon as this is mended, the leaflet is shown here." : "Making the first picture…";
  host.replaceChildren(element("div", { className: "waiting" }, element("div", {}, ...(state.problems.length ? [] : [element("div", { className: "spinner" })]), words)));
  view = null;
}

function fitted() {
  const stage = byId("stage"), name = viewName();
  const things = name === "sheet" && state.sheets?.length ? state.sheets : state.pages;
  const tallest = Math.max(...things.map((thing) => thing.height)), widest = Math.max(...things.map((thing) => thing.width));
  const seen = Math.min(stage.clientHeight, innerHeight - 60); // where the page scrolls as a whole, the stage is as high as its content
  const high = (seen - (name === "sheet" ? 130 : 110)) / tallest, wide = (stage.clientWidth - 64) / widest;
  return Math.max(0.8, Math.min(high, wide, 8));
}

async function draw() {
  if (!state.pages.length) { waiting(); return; }
  if (!view) { openView(); return; }
  look.mm = look.eyes === "far" ? realSize * 0.133 : look.zoom === null ? fitted() : look.zoom * realSize;
  byId("zoom-now").textContent = look.eyes === "far" ? "3 m" : look.zoom === null ? "Fit" : `${Math.round(look.zoom * 100)} %`;
  byId("stage").style.setProperty("--mm", `${look.mm}px`);
  byId("view").style.setProperty("--mm", look.mm);
  const showing = state;
  await view.show(showing, look);
  document.documentElement.dataset.shown = showing.version;
  document.documentElement.dataset.depth = showing.depth;
  document.documentElement.dataset.seconds = showing.seconds;
  mark("shown");
}

// The time of the last event of that name, for measurements.
function mark(name) {
  performance.clearMarks(name);
  performance.mark(name);
}

function received(next) {
  mark("received");
  state = next;
  byId("title").textContent = state.facts?.title || state.source;
  document.title = `${state.facts?.title || state.source}: preview`;
  status();
  banner();
  notes();
  switchesNow();
  writer?.received(state);
  const done = draw();
  document.documentElement.dataset.version = state.version;
  return done;
}

function status() {
  const errors = state.problems.filter((problem) => problem.error).length;
  const line = byId("status");
  line.dataset.kind = errors ? "bad" : state.depth === "full" ? "good" : "";
  const points = state.facts?.points ? ` · text ${state.facts.points} pt` : "";
  if (!state.version || !state.depth) line.textContent = "Starting…";
  else if (errors) line.textContent = errors === 1 ? "1 mistake" : `${errors} mistakes`;
  else line.textContent = (state.depth === "quick" ? "Shown; finishing the files…" : "Up to date") + points;
}

function banner() {
  const box = byId("banner"), errors = state.problems.filter((problem) => problem.error);
  const broken = !state.ok && state.depth !== "";
  box.hidden = !broken;
  if (!broken) { box.replaceChildren(); return; }
  const heading = state.pages.length ? "The text cannot be printed as it is now. Below is the last version that could." : "This cannot be shown yet.";
  box.replaceChildren(element("h2", {}, heading), element("ul", {}, ...errors.map((problem) => element("li", {}, card(problem)))));
}

function notes() {
  byId("fit-line").textContent = capital((state.facts?.sheets ?? "").replace(/^sheet: /, ""));
  byId("fills").replaceChildren(...state.pages.map((one, number) => {
    const button = element("button", { type: "button", "aria-label": `${one.label}: ${one.over ? `${one.over} mm too much` : `${Math.round(one.free)} mm free`}` }, ...gauge(one));
    button.addEventListener("click", () => { location.hash = "panels"; setTimeout(() => view?.lookAt?.(number), 50); });
    return element("li", { className: one.over ? "over" : "" }, button);
  }));
  const all = [...state.problems, ...state.findings];
  byId("count").textContent = all.length;
  const none = element("li", { className: "quiet" }, state.checked ? "Nothing to complain about." : "Checking…");
  byId("findings").replaceChildren(...(all.length ? all.map((one) => element("li", {}, card(one))) : [none]));
}

function card(one) {
  const where = [];
  const own = !one.file || one.file === state.source;
  if (one.line && own) {
    const go = element("button", { type: "button" }, `Line ${one.line}`);
    go.addEventListener("click", () => jump(one.line, one.column || 1));
    where.push(go);
  } else if (one.file) where.push(element("span", {}, one.line ? `${one.file}, line ${one.line}` : one.file));
  if (one.panel) where.push(element("span", {}, one.panel));
  if (one.code && one.code !== "build") where.push(element("span", {}, one.code));
  const parts = [element("p", {}, capital(one.message))];
  if (one.hint) parts.push(element("p", { className: "hint" }, capital(one.hint)));
  if (where.length) parts.push(element("p", { className: "where" }, ...where));
  return element("div", { className: `card${one.error ? " error" : ""}` }, ...parts);
}

const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

// ---------------------------------------------------------------- source and page

function jump(line, column) {
  look.line = line;
  view?.mark?.(line);
  if (page.editor) {
    const file = encodeURI(`${page.root}/${state.source}`);
    const address = page.editor.replace("{file}", file).replace("{line}", line).replace("{column}", column);
    element("a", { href: address }).click();
    return;
  }
  void write(true).then(() => writer?.goTo(line, column));
}

function cursorAt(line) {
  look.line = line;
  const block = view?.mark?.(line);
  block?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

async function write(open) {
  const box = byId("write"), button = byId("write-button");
  box.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
  if (open && !writer) {
    const { Writer } = await import("./write.js");
    writer ??= new Writer(box, { source: page.source, nonce: page.nonce, cursorAt, typed, state: () => state });
    await writer.ready;
  }
  if (look.zoom === null) void draw();
  return writer;
}

async function typed(text) {
  if (state.tab) await send(`typed/${state.tab}`, { text }).catch((error) => announce(error.message));
}

// ---------------------------------------------------------------- choices

const query = () => new URLSearchParams(location.search);

function chosen() {
  const found = {};
  for (const [name, value] of query()) if (name in SWITCHES || name.startsWith("field.") || name === "row") found[name] = value;
  return found;
}

function choose(changes) {
  const next = query();
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  history.replaceState(null, "", `?${next}${location.hash}`);
  connect();
}

async function switches() {
  const values = await ask("values");
  byId("switches").replaceChildren(...Object.entries(SWITCHES).map(([name, words]) => {
    const box = values[name] ? element("select", { name }) : element("input", { name, maxLength: 35, size: 10, placeholder: "en-GB" });
    if (values[name]) {
      box.append(element("option", { value: "" }, "The source’s own"));
      for (const one of values[name]) box.append(element("option", { value: one.name, title: one.words }, name === "fit" ? FITS[one.name] : one.name));
      if (name === "csl") box.append(element("option", { value: "?" }, "Search for another…"));
    }
    box.addEventListener("change", () => {
      if (box.value === "?") void searchStyles(box);
      else choose({ [name]: box.value });
    });
    return element("label", {}, words, box);
  }));
  switchesNow();
}

async function searchStyles(box) {
  const words = prompt("Words of the citation style’s name, such as vancouver or nature:") ?? "";
  const found = words ? await ask(`citation-styles?words=${encodeURIComponent(words)}`) : [];
  for (const one of found) box.insertBefore(element("option", { value: one.name, title: one.words }, `${one.words || one.name}`), box.lastElementChild);
  box.value = found[0]?.name ?? query().get("csl") ?? "";
  choose({ csl: box.value });
}

function switchesNow() {
  const now = chosen();
  for (const box of byId("switches").querySelectorAll("select, input")) {
    const value = now[box.name] ?? "";
    if (box instanceof HTMLSelectElement) {
      box.firstElementChild.textContent = `The source’s own${state.facts && !value ? `: ${box.name === "fit" ? FITS[state.facts.fit] : state.facts[box.name]}` : ""}`;
      if (value && ![...box.options].some((option) => option.value === value)) box.append(element("option", { value }, value));
    } else box.placeholder = state.facts?.lang ?? "en-GB";
    if (document.activeElement !== box) box.value = value;
  }
  const any = Object.keys(now).some((name) => name in SWITCHES);
  byId("keep").disabled = !any;
  byId("reset").disabled = !Object.keys(now).length;
  const other = query();
  other.delete("pane");
  byId("compare").href = `compare?${other}`;
}

// Rows of a batch: the leaflet as each of them fills it.
async function rows() {
  const found = await ask(`rows?source=${encodeURIComponent(page.source)}`).catch((error) => { byId("row-now").textContent = error.message; return []; });
  byId("rows").hidden = !found.length && !byId("row-now").textContent;
  byId("row-list").replaceChildren(...found.slice(0, 500).map((row) => element("option", { value: row.name }, row.words)));
  const at = () => found.findIndex((row) => row.name === query().get("row"));
  const say = () => { byId("row-now").textContent = at() < 0 ? `${found.length} rows` : `${at() + 1} of ${found.length}: ${found[at()].words}`; };
  const go = (number) => { choose({ row: found[Math.max(0, Math.min(found.length - 1, number))]?.name ?? "" }); say(); };
  byId("row-next").addEventListener("click", () => go(at() + 1));
  byId("row-back").addEventListener("click", () => go(at() - 1));
  byId("row-search").addEventListener("change", (event) => {
    const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    const best = found.findIndex((row) => words.every((word) => `${row.name} ${row.words}`.toLowerCase().includes(word)));
    if (best >= 0 && words.length) go(best);
    else byId("row-now").textContent = "No row has these words.";
  });
  if (found.length) say();
}

async function keep() {
  const values = Object.fromEntries(Object.entries(chosen()).filter(([name]) => name in SWITCHES));
  try {
    await send("keep", { source: page.source, values });
    byId("kept").textContent = "Written into the source.";
    choose(Object.fromEntries(Object.keys(values).map((name) => [name, ""])));
  } catch (error) {
    byId("kept").textContent = error.message;
  }
}

// ---------------------------------------------------------------- events and buttons

function connect() {
  stream?.close();
  const own = query();
  own.set("source", page.source);
  own.delete("pane");
  stream = new EventSource(`events?${own}`);
  stream.addEventListener("message", (event) => void received(JSON.parse(event.data)));
  stream.addEventListener("open", () => writer?.reconnected());
  stream.addEventListener("error", () => { byId("status").textContent = "The preview does not answer; was it ended?"; byId("status").dataset.kind = "bad"; });
}

function toggle(button, box) {
  button.addEventListener("click", () => {
    box.hidden = !box.hidden;
    button.setAttribute("aria-expanded", String(!box.hidden));
    if (look.zoom === null) void draw();
  });
}

function zoom(by) {
  const now = look.zoom ?? look.mm / realSize;
  if (by === 0) look.zoom = look.zoom === null ? 1 : null;
  else look.zoom = (by > 0 ? ZOOMS.find((one) => one > now + 0.01) : ZOOMS.findLast((one) => one < now - 0.01)) ?? now;
  void draw();
}

function choiceButtons(host, names, isPressed, press) {
  const buttons = Object.entries(names).map(([name, words]) => {
    const button = element("button", { type: "button", "aria-pressed": String(isPressed(name)) }, words);
    button.addEventListener("click", async () => {
      await press(name);
      buttons.forEach(([other, one]) => one.setAttribute("aria-pressed", String(isPressed(other))));
      void draw();
    });
    return [name, button];
  });
  host.replaceChildren(...buttons.map(([, button]) => button));
}

async function showChanges() {
  byId("changes-said").textContent = "";
  if (look.changes) { look.changes = null; return; }
  const found = await ask(`changes?source=${encodeURIComponent(page.source)}`).catch((error) => ({ lines: null, words: error.message }));
  look.changes = found.lines;
  byId("changes-said").textContent = found.words;
}

function keys(event) {
  const inField = event.target.closest("input, select, textarea, [contenteditable]");
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") { event.preventDefault(); void writer?.save(); return; }
  if (inField || event.ctrlKey || event.metaKey || event.altKey) return;
  const names = Object.keys(VIEWS);
  if (/^[1-6]$/.test(event.key)) location.hash = names[+event.key - 1];
  else if (event.key === "+") zoom(1);
  else if (event.key === "-") zoom(-1);
  else if (event.key === "0") { look.zoom = null; void draw(); }
  else if (event.key === "f" && view instanceof FoldView) view.go(view.at >= view.steps ? 0 : view.steps);
  else if (event.key === "w") byId("write-button").click();
}

function start() {
  document.body.classList.toggle("pane", isPane);
  byId("views").replaceChildren(...Object.entries(VIEWS).map(([name, words], number) => {
    const button = element("button", { type: "button", dataset: { view: name }, title: `Key ${number + 1}` }, words);
    button.addEventListener("click", () => { location.hash = name; });
    return button;
  }));
  for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => zoom(+button.dataset.zoom));
  toggle(byId("try-button"), byId("try"));
  toggle(byId("see-button"), byId("see"));
  toggle(byId("notes-button"), byId("notes"));
  byId("write-button").addEventListener("click", () => void write(byId("write").hidden));
  byId("keep").addEventListener("click", () => void keep());
  byId("reset").addEventListener("click", () => choose(Object.fromEntries(Object.keys(chosen()).map((name) => [name, ""]))));
  const marks = { ...OVERLAYS, changes: "New since the last version" };
  choiceButtons(byId("overlays"), marks, (name) => name === "changes" ? look.changes !== null : look.overlays.has(name), (name) => {
    if (name === "changes") return showChanges();
    if (!look.overlays.delete(name)) look.overlays.add(name);
  });
  choiceButtons(byId("eyes"), EYES, (name) => look.eyes === name, (name) => {
    look.eyes = name;
    byId("stage").dataset.eyes = name;
  });
  addEventListener("hashchange", openView);
  addEventListener("keydown", keys);
  new ResizeObserver(() => { if (look.zoom === null && state.pages.length) void draw(); }).observe(byId("stage"));
  openView();
  connect();
  void switches();
  void rows();
  if (query().has("write")) void write(true);
}

start();
