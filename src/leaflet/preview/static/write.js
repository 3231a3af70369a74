// The editor beside the page: it saves whole, undoes across reloads, and asks where somebody else wrote meanwhile.

import * as cm from "./codemirror.js";
import { announce, ask, element, reason, send } from "./page.js";
import { completions } from "./complete.js";
import { conflict, Insertions } from "./dialogues.js";
import { DetailsForm } from "./details.js";

const PAUSE = 150; // milliseconds without a key after which what was typed is shown
const PICTURES = /\.(png|jpe?g|svg|webp|avif|gif|tiff?)$/i;

const colours = cm.HighlightStyle.define([
  { tag: cm.tags.heading, fontWeight: "650", color: "var(--accent)" },
  { tag: cm.tags.strong, fontWeight: "700" },
  { tag: cm.tags.emphasis, fontStyle: "italic" },
  { tag: [cm.tags.link, cm.tags.url], color: "var(--accent)" },
  { tag: [cm.tags.processingInstruction, cm.tags.contentSeparator, cm.tags.labelName], color: "var(--soft)" },
  { tag: [cm.tags.propertyName, cm.tags.definition(cm.tags.propertyName)], color: "var(--accent)" },
  { tag: [cm.tags.comment, cm.tags.meta], color: "var(--soft)" },
]);
const theme = cm.EditorView.theme({
  "&": { height: "100%", fontSize: "1rem", color: "var(--ink)", backgroundColor: "var(--bar)" },
  ".cm-content": { fontFamily: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace", fontSize: ".925rem", lineHeight: "1.6", padding: ".75rem 0", caretColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--bar)", color: "var(--soft)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--accent-soft)" },
  "&.cm-focused": { outline: "none" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--accent) 30%, transparent)" },
  ".cm-tooltip": { backgroundColor: "var(--bar)", color: "var(--ink)", border: "1px solid var(--line)", borderRadius: ".4rem" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--accent-ink)" },
  ".cm-completionDetail": { fontStyle: "normal", opacity: ".85" },
  ".cm-panels": { backgroundColor: "var(--bar)", color: "var(--ink)" },
});

export class Writer {
  constructor(host, context) {
    this.host = host;
    this.context = context;
    this.digest = "";
    this.saved = "";
    this.build();
    this.ready = this.load();
  }

  build() {
    const button = (words, does, properties = {}) => {
      const made = element("button", { type: "button", ...properties }, words);
      made.addEventListener("click", does);
      return made;
    };
    this.saveButton = button("Save", () => void this.save(), { className: "main", title: "Ctrl+S" });
    this.said = element("span", { className: "quiet", role: "status", id: "saved" });
    this.textTab = button("Text", () => this.show("text"), { "aria-pressed": "true" });
    this.detailsTab = button("Details", () => this.show("details"), { "aria-pressed": "false" });
    this.insertions = new Insertions(this);
    const tools = element("div", { className: "row", role: "group", "aria-label": "Insert" }, ...this.insertions.buttons(button));
    this.tools = tools;
    const undo = button("Undo", () => { cm.undo(this.view); this.view.focus(); });
    const redo = button("Redo", () => { cm.redo(this.view); this.view.focus(); });
    this.bar = element("div", { className: "write-bar" },
      element("div", { className: "row", role: "group", "aria-label": "Edit" }, this.textTab, this.detailsTab),
      element("div", { className: "row" }, undo, redo, this.saveButton, this.said), tools);
    this.warning = element("div", { className: "banner", role: "alert", hidden: true });
    this.box = element("div", { className: "editor" });
    this.details = new DetailsForm(this);
    this.details.host.hidden = true;
    this.host.replaceChildren(this.bar, this.warning, this.box, this.details.host);
  }

  get text() { return this.view.state.doc.toString(); }
  get isChanged() { return this.text !== this.saved; }
  get store() { return `leaflet ${this.context.source}`; }

  async load() {
    const source = encodeURIComponent(this.context.source);
    const found = await ask(`source?source=${source}`);
    this.words = Promise.all([ask("words"), ask(`references?source=${source}`).catch(() => [])]).then(([words, references]) => ({ ...words, references }));
    const extensions = this.extensions();
    const kept = this.kept();
    let state = null;
    if (kept) try { state = cm.EditorState.fromJSON(kept.editor, { extensions }, { history: cm.historyField }); } catch { state = null; }
    const isSame = kept?.digest === found.digest;
    if (state && !isSame && state.doc.toString() === kept.saved) state = null; // nothing of ours is in it
    this.view = new cm.EditorView({ state: state ?? cm.EditorState.create({ doc: found.text, extensions }), parent: this.box });
    this.digest = state ? kept.digest : found.digest;
    this.saved = state ? kept.saved : found.text;
    this.now();
    if (this.isChanged) { this.typedSoon(); if (!isSame) this.disagree(found); }
    this.problems();
  }

  extensions() {
    const { nonce } = this.context;
    return [
      cm.EditorView.cspNonce.of(nonce), cm.history(), cm.drawSelection(), cm.dropCursor(), cm.lineNumbers(), cm.highlightActiveLine(),
      cm.EditorView.lineWrapping, cm.bracketMatching(), cm.yamlFrontmatter({ content: cm.markdown() }), cm.syntaxHighlighting(colours),
      cm.search({ top: true }), cm.autocompletion({ override: completions(this), activateOnTyping: true }),
      cm.EditorView.contentAttributes.of({ spellcheck: "true", autocapitalize: "sentences", "aria-label": "Text of the leaflet", lang: this.context.state().facts?.lang ?? "" }),
      cm.keymap.of([{ key: "Mod-s", preventDefault: true, run: () => { void this.save(); return true; } }, ...cm.completionKeymap, ...cm.searchKeymap, ...cm.historyKeymap, ...cm.defaultKeymap]),
      cm.EditorView.updateListener.of((update) => this.updated(update)),
      cm.EditorView.domEventHandlers({ drop: (event) => this.dropped(event), paste: (event) => this.pasted(event) }), theme,
    ];
  }

  updated(update) {
    if (update.docChanged) { this.now(); this.typedSoon(); this.keepSoon(); }
    if (update.selectionSet || update.docChanged) {
      const line = update.state.doc.lineAt(update.state.selection.main.head).number;
      if (line !== this.line) { this.line = line; if (this.view?.hasFocus) this.context.cursorAt(line); }
    }
  }

  now() {
    const changed = this.isChanged;
    this.saveButton.disabled = !changed;
    if (changed) this.said.textContent = "Not saved yet";
    else if (this.said.textContent === "Not saved yet") this.said.textContent = "";
    onbeforeunload = null;
  }

  typedSoon() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => void this.context.typed(this.isChanged ? this.text : null), PAUSE);
  }

  // ---------------------------------------------------------------- saving

  async save() {
    clearTimeout(this.pause);
    const text = this.text;
    try {
      const answer = await send("save", { source: this.context.source, text, digest: this.digest });
      if (answer.status === 409) { this.disagree(answer); return; }
      this.digest = answer.digest;
      this.saved = text;
      this.said.textContent = "Saved";
      announce("Saved");
      this.keepSoon(0);
      void this.context.typed(null);
    } catch (error) {
      this.said.textContent = error.message;
    }
    this.saveButton.disabled = !this.isChanged;
  }

  // The file is another than the one that was opened.
  disagree(theirs) {
    const look = element("button", { type: "button", className: "main" }, "Look at both");
    look.addEventListener("click", () => void this.settle(theirs));
    this.warning.replaceChildren(element("h2", {}, "Somebody else changed this file."), element("p", {}, "Nothing was overwritten. Choose which text to keep."), look);
    this.warning.hidden = false;
  }

  async settle(theirs) {
    const mine = this.text;
    const kept = await conflict(mine, theirs.text, this.context.nonce);
    if (kept === null) return;
    this.warning.hidden = true;
    this.digest = theirs.digest;
    this.saved = theirs.text;
    this.replace(kept);
    this.now();
    if (this.isChanged) await this.save();
  }

  async received(state) {
    if (!this.view) return;
    this.problems();
    if (state.tab !== this.tab) { this.tab = state.tab; if (this.isChanged) this.typedSoon(); }
    if (state.stamp === this.stamp) return;
    this.stamp = state.stamp;
    const found = await ask(`source?source=${encodeURIComponent(this.context.source)}`).catch(() => null);
    if (!found || found.digest === this.digest) return;
    if (found.text === this.text || !this.isChanged) {
      this.digest = found.digest;
      this.saved = found.text;
      this.replace(found.text);
      this.warning.hidden = true;
      this.now();
    } else this.disagree(found);
  }

  reconnected() { if (this.view && this.isChanged) this.typedSoon(); }

  // Put a text in place of the present one, as one change that can be undone, and leave the cursor where it was.
  replace(text) {
    const old = this.text;
    let from = 0, end = 0;
    const least = Math.min(old.length, text.length);
    while (from < least && old[from] === text[from]) from++;
    while (end < least - from && old[old.length - 1 - end] === text[text.length - 1 - end]) end++;
    if (from === old.length && old.length === text.length) return;
    this.view.dispatch({ changes: { from, to: old.length - end, insert: text.slice(from, text.length - end) } });
  }

  kept() { try { return JSON.parse(sessionStorage.getItem(this.store)); } catch { return null; } }

  keepSoon(wait = 300) {
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => {
      const editor = this.view.state.toJSON({ history: cm.historyField });
      try { sessionStorage.setItem(this.store, JSON.stringify({ digest: this.digest, saved: this.saved, editor })); } catch { sessionStorage.removeItem(this.store); }
    }, wait);
  }

  // ---------------------------------------------------------------- places and problems

  goTo(line, column) {
    this.show("text");
    const number = Math.min(Math.max(1, line), this.view.state.doc.lines);
    const at = this.view.state.doc.line(number);
    const position = Math.min(at.to, at.from + Math.max(0, column - 1));
    this.line = number;
    this.view.dispatch({ selection: { anchor: position }, effects: cm.EditorView.scrollIntoView(position, { y: "center" }) });
    this.view.focus();
  }

  problems() {
    const state = this.context.state(), { doc } = this.view.state;
    const own = [...state.problems, ...state.findings].filter((one) => one.line && one.line <= doc.lines && (!one.file || one.file === state.source));
    const marks = own.map((one) => {
      const line = doc.line(one.line), from = Math.min(line.to, line.from + Math.max(0, one.column - 1));
      return { from, to: Math.max(from, line.to), severity: one.error ? "error" : "info", message: one.hint ? `${one.message}: ${one.hint}` : one.message };
    });
    this.view.dispatch(cm.setDiagnostics(this.view.state, marks));
  }

  // ---------------------------------------------------------------- pictures that are dropped

  dropped(event) {
    const files = [...(event.dataTransfer?.files ?? [])].filter((file) => PICTURES.test(file.name));
    if (!files.length) return false;
    event.preventDefault();
    const at = this.view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? this.view.state.selection.main.head;
    void this.addPictures(files, at);
    return true;
  }

  pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])].filter((file) => PICTURES.test(file.name));
    if (!files.length) return false;
    event.preventDefault();
    void this.addPictures(files, this.view.state.selection.main.head);
    return true;
  }

  async addPictures(files, at) {
    for (const file of files) {
      try {
        const path = await this.upload(file);
        const from = this.view.state.doc.lineAt(at).to;
        const text = `\n\n![](${path}){alt="Say here what the picture shows"}\n`;
        this.view.dispatch({ changes: { from, insert: text }, selection: { anchor: from + 4 }, userEvent: "input.drop" });
        this.view.focus();
      } catch (error) {
        this.said.textContent = error.message;
        announce(error.message);
      }
    }
  }

  async upload(file) {
    const address = `picture-in?source=${encodeURIComponent(this.context.source)}&name=${encodeURIComponent(file.name)}`;
    const answer = await fetch(address, { method: "POST", headers: { "content-type": "application/octet-stream" }, body: file });
    if (!answer.ok) throw new Error(await reason(answer));
    return (await answer.json()).path;
  }

  insert(text, { isBlock = false } = {}) {
    const { main } = this.view.state.selection;
    const line = this.view.state.doc.lineAt(main.head);
    const from = isBlock ? line.to : main.from, to = isBlock ? line.to : main.to;
    const before = isBlock ? (line.text.trim() ? "\n\n" : "\n") : "";
    const insert = `${before}${text}${isBlock ? "\n" : ""}`;
    this.show("text");
    this.view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, scrollIntoView: true, userEvent: "input" });
    this.view.focus();
  }

  show(part) {
    const isText = part === "text";
    this.box.hidden = !isText;
    this.tools.hidden = !isText;
    this.details.host.hidden = isText;
    this.textTab.setAttribute("aria-pressed", String(isText));
    this.detailsTab.setAttribute("aria-pressed", String(!isText));
    if (!isText) void this.details.show();
  }
}
