// Dialogues of the editor: what to insert, and which of two texts to keep.

import { EditorState, EditorView, lineNumbers, MergeView } from "./codemirror.js";
import { announce, ask, element, send } from "./page.js";

function dialogue(title, content, buttons) {
  const form = element("form", { method: "dialog" }, element("h2", {}, title), ...content, element("p", { className: "buttons" }, ...buttons));
  const box = element("dialog", { "aria-label": title }, form);
  document.body.append(box);
  box.addEventListener("close", () => box.remove());
  box.showModal();
  return { box, form };
}

const button = (words, value, properties = {}) => element("button", { type: "submit", value, ...properties }, words);
const field = (words, box, hint = "") => element("label", { className: "field" }, words, box, ...(hint ? [element("span", { className: "quiet" }, hint)] : []));

export function conflict(mine, theirs, nonce) {
  return new Promise((done) => {
    const host = element("div", { className: "merge" });
    const heads = element("div", { className: "heads" }, element("b", {}, "In the file now"), element("b", {}, "Yours"));
    const { box } = dialogue("Two texts: which one do you keep?", [
      element("p", {}, "On the left is what somebody else saved, on the right is your text. You can change yours here, or take passages over with the arrows."), heads, host,
    ], [button("Keep mine", "mine", { className: "main" }), button("Take theirs", "theirs"), button("Decide later", "later", { formNoValidate: true })]);
    const common = [EditorView.cspNonce.of(nonce), EditorView.lineWrapping, lineNumbers()];
    const label = (words) => EditorView.contentAttributes.of({ "aria-label": words });
    const merge = new MergeView({
      a: { doc: theirs, extensions: [...common, label("In the file now"), EditorState.readOnly.of(true)] },
      b: { doc: mine, extensions: [...common, label("Yours")] },
      parent: host, revertControls: "a-to-b", collapseUnchanged: { margin: 3, minSize: 6 },
    });
    box.addEventListener("close", () => {
      const kept = { mine: merge.b.state.doc.toString(), theirs }[box.returnValue] ?? null;
      merge.destroy();
      done(kept);
    });
  });
}

const BOXES = { note: "Good to know", tip: "A tip", warning: "A warning", important: "Important", caution: "Careful", call: "Call us if…" };

export class Insertions {
  constructor(writer) { this.writer = writer; }

  buttons(make) {
    return [
      make("Source", () => void this.cite()), make("Picture", () => this.picture()), make("Table", () => this.table()),
      make("Box", () => this.box()), make("Heading", () => this.writer.insert("## ", { isBlock: true })), make("QR code", () => void this.code()),
    ];
  }

  async cite() {
    const { references } = await this.writer.words;
    const search = element("input", { type: "search", autofocus: true, placeholder: "Author, title or year" });
    const list = element("ul", { className: "works", role: "listbox", "aria-label": "Sources", tabIndex: 0 });
    const page = element("input", { placeholder: "12 or 12–14", size: 10 });
    const printed = element("div", { className: "printed", "aria-live": "polite" });
    const take = button("Insert", "insert", { className: "main", disabled: true });
    let chosen = null;
    const choose = async (one, row) => {
      chosen = one;
      take.disabled = false;
      for (const other of list.children) other.setAttribute("aria-selected", String(other === row));
      const style = this.writer.context.state().facts?.csl ?? "apa", source = encodeURIComponent(this.writer.context.source);
      const shown = await ask(`printed?source=${source}&key=${encodeURIComponent(one.key)}&csl=${encodeURIComponent(style)}`).catch((error) => ({ citation: "", entry: error.message }));
      printed.replaceChildren(element("p", {}, "In the text: ", element("b", {}, shown.citation)), element("p", {}, "In the list: ", shown.entry));
    };
    const fill = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const found = references.filter((one) => words.every((word) => `${one.key} ${one.title} ${one.who} ${one.year}`.toLowerCase().includes(word)));
      list.replaceChildren(...found.slice(0, 60).map((one) => {
        const row = element("li", { role: "option", tabIndex: -1, "aria-selected": "false" }, element("b", {}, [one.who, one.year].filter(Boolean).join(", ") || one.key), ` ${one.title}`);
        row.addEventListener("click", () => void choose(one, row));
        return row;
      }));
      if (!found.length) list.replaceChildren(element("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, references.length ? "No source has these words." : "The leaflet has no sources yet. Add them to its .bib file."));
    };
    search.addEventListener("input", fill);
    search.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") { event.preventDefault(); list.focus(); list.querySelector("[role=option]")?.click(); }
      if (event.key === "Enter") { event.preventDefault(); list.querySelector("[role=option]")?.click(); take.focus(); }
    });
    list.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], rows = [...list.children];
      if (!step) return;
      event.preventDefault();
      const at = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
      const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
      next?.click();
      next?.scrollIntoView({ block: "nearest" });
    });
    fill();
    const { box } = dialogue("Cite a source", [field("Look for", search), list, printed, field("Page, if you quote one", page)], [take, button("Cancel", "cancel")]);
    box.addEventListener("close", () => {
      if (box.returnValue === "insert" && chosen) this.writer.insert(`[@${chosen.key}${page.value.trim() ? `, p. ${page.value.trim()}` : ""}]`);
    });
  }

  picture() {
    const file = element("input", { type: "file", accept: "image/*", required: true });
    const words = element("input", { required: true, placeholder: "Two nerve fibres, one with its coat and one without" });
    const caption = element("input", { placeholder: "Above, a healthy nerve fibre" });
    const { box } = dialogue("Insert a picture", [
      field("Picture", file), field("What it shows", words, "For those who cannot see it. It is read aloud."), field("Caption, if it has one", caption),
    ], [button("Insert", "insert", { className: "main" }), button("Cancel", "cancel", { formNoValidate: true })]);
    box.addEventListener("close", async () => {
      if (box.returnValue !== "insert") return;
      try {
        const path = await this.writer.upload(file.files[0]);
        this.writer.insert(`![${caption.value}](${path}){alt="${words.value.replaceAll('"', "”")}"}`, { isBlock: true });
      } catch (error) {
        announce(error.message);
        this.writer.said.textContent = error.message;
      }
    });
  }

  table() {
    const columns = element("input", { type: "number", min: 2, max: 6, value: 3 }), rows = element("input", { type: "number", min: 1, max: 20, value: 3 });
    const caption = element("input", { placeholder: "When to wash your hands" });
    const { box } = dialogue("Insert a table", [field("Columns", columns), field("Rows", rows), field("Caption", caption)],
      [button("Insert", "insert", { className: "main" }), button("Cancel", "cancel", { formNoValidate: true })]);
    box.addEventListener("close", () => {
      if (box.returnValue !== "insert") return;
      const many = +columns.value, row = (cell) => `| ${Array.from({ length: many }, (_, at) => cell(at)).join(" | ")} |`;
      const lines = [row((at) => `Heading ${at + 1}`), row(() => "---"), ...Array.from({ length: +rows.value }, () => row(() => "…"))];
      this.writer.insert(`${lines.join("\n")}${caption.value ? `\n\nTable: ${caption.value}` : ""}`, { isBlock: true });
    });
  }

  box() {
    const kind = element("select", {}, ...Object.entries(BOXES).map(([name, words]) => element("option", { value: name }, words)));
    const heading = element("input", { placeholder: "Heading" }), words = element("textarea", { rows: 4, required: true });
    const { box } = dialogue("Insert a box", [field("Kind", kind), field("Heading", heading), field("Text", words)],
      [button("Insert", "insert", { className: "main" }), button("Cancel", "cancel", { formNoValidate: true })]);
    box.addEventListener("close", () => {
      if (box.returnValue !== "insert") return;
      const head = heading.value.trim() ? `### ${heading.value.trim()}\n\n` : "";
      this.writer.insert(`::: {.callout-${kind.value}}\n${head}${words.value.trim()}\n:::`, { isBlock: true });
    });
  }

  async code() {
    const { url = "" } = await this.writer.details.values();
    const address = element("input", { type: "url", required: true, value: url, placeholder: "https://example.org/leaflet" });
    const { box } = dialogue("QR code on the back", [field("Address it leads to", address, "Also the leaflet’s own address on the web.")],
      [button("Put it there", "insert", { className: "main" }), button("Cancel", "cancel", { formNoValidate: true })]);
    box.addEventListener("close", async () => {
      if (box.returnValue !== "insert") return;
      const { text } = await send("with-details", { text: this.writer.text, values: { url: address.value } });
      this.writer.replace(text);
    });
  }
}
