// The details of a leaflet as a form, made from the JSON Schema of the front matter. Every change is a change of the text.

import { element, send } from "./page.js";

const FIRST = ["title", "subtitle", "audience", "author", "date", "last-reviewed", "next-review", "date-modified", "version", "code", "publisher", "contact", "cite", "url", "lang", "layout", "style", "csl", "abstract", "keywords", "license", "disclaimer", "further-reading", "notes"];
const CITED = { apa: "APA", mla: "MLA", chicago: "Chicago", harvard: "Harvard", vancouver: "Vancouver" };
const PARTS = {
  author: ["given", "family", "literal", "role", "affiliation", "bio"], reviewers: ["given", "family", "literal", "role", "affiliation"],
  contact: ["heading", "name", "text", "phone", "email", "url", "address", "hours"], "further-reading": ["text", "url"], related: ["text", "url"],
};
const DATES = /^date|review/;

export class DetailsForm {
  constructor(writer) {
    this.writer = writer;
    this.host = element("form", { className: "details", "aria-label": "Details of the leaflet" });
    this.host.addEventListener("submit", (event) => event.preventDefault());
  }

  async values() {
    try { return await send("details", { text: this.writer.text }); } catch { return {}; }
  }

  async fieldNames() {
    const { fields = {} } = await this.values(), names = [];
    const walk = (group, before) => {
      for (const [name, value] of Object.entries(group ?? {})) {
        if (value && typeof value === "object") walk(value, `${before}${name}.`);
        else names.push(before + name);
      }
    };
    walk(fields, "");
    return names;
  }

  async show() {
    const { schema } = await this.writer.words;
    let data;
    try { data = await send("details", { text: this.writer.text }); } catch (error) {
      this.host.replaceChildren(element("p", { className: "card error" }, `The details cannot be read just now: ${error.message}`));
      return;
    }
    this.schema = schema;
    const all = schema.properties;
    const others = Object.keys(all).filter((name) => !FIRST.includes(name) && !all[name].description?.startsWith("Another name") && isPlain(all[name]));
    const more = element("details", {}, element("summary", {}, "More details"), ...others.map((name) => this.line(name, all[name], data[name])).filter(Boolean));
    this.host.replaceChildren(...FIRST.map((name) => this.line(name, all[name], data[name])).filter(Boolean), more);
  }

  line(name, about, value) {
    if (name === "cite") return this.cited(value);
    if (name in PARTS) return this.parts(name, about, value);
    const id = `detail-${name}`;
    const hint = DATES.test(name) ? "A year, a month or a day: 2026, 2026-05 or 2026-05-12" : about.description ?? "";
    const box = this.plain(name, about, value);
    box.id = id;
    box.addEventListener("change", () => void this.set(name, read(box)));
    return element("div", { className: "field" }, element("label", { for: id }, about.title ?? name), box, ...(hint ? [element("span", { className: "quiet" }, hint)] : []));
  }

  plain(name, about, value) {
    if (about.type === "boolean") return element("input", { type: "checkbox", checked: value ?? about.default });
    const options = about.enum ?? this.choices(name);
    if (options) {
      const box = element("select", {}, element("option", { value: "" }, `as usual${about.default ? ` (${about.default})` : ""}`), ...options.map((one) => element("option", { value: one }, one)));
      if (value && !options.includes(String(value))) box.append(element("option", { value }, String(value)));
      box.value = value ?? "";
      return box;
    }
    const shown = Array.isArray(value) ? value.join(", ") : value ?? "";
    if (["abstract", "disclaimer"].includes(name)) return element("textarea", { rows: 3, value: shown });
    const list = isList(about);
    return element("input", { value: shown, dataset: list ? { list: "1" } : {}, required: name === "title" });
  }

  choices(name) {
    const box = document.querySelector(`#switches [name="${name}"]`);
    const found = box instanceof HTMLSelectElement ? [...box.options].map((option) => option.value).filter((one) => one && one !== "?") : [];
    return found.length ? found : null;
  }

  // People, contacts and links: groups of fields, of which there may be several.
  parts(name, about, value) {
    const names = PARTS[name], isMany = name !== "contact";
    const given = value === undefined || value === null || value === "" ? [] : Array.isArray(value) ? value : [value];
    const groups = given.map((one) => typeof one === "string" ? this.ofText(name, one) : { ...one });
    const set = () => void this.set(name, isMany ? groups.map(filled).filter(hasAny) : filled(groups[0] ?? {}));
    const box = element("fieldset", { className: "group" }, element("legend", {}, about.title ?? name));
    const draw = () => {
      const rows = groups.map((group, at) => {
        const lines = names.map((part) => {
          const input = element("input", { value: group[part] ?? "" }), id = `detail-${name}-${at}-${part}`;
          input.id = id;
          input.addEventListener("change", () => { group[part] = input.value; set(); });
          return element("div", { className: "field" }, element("label", { for: id }, this.partTitle(name, part)), input);
        });
        const away = element("button", { type: "button" }, "Take out");
        away.addEventListener("click", () => { groups.splice(at, 1); set(); draw(); });
        return element("div", { className: "part" }, ...lines, ...(isMany ? [away] : []));
      });
      const add = element("button", { type: "button" }, name === "author" ? "Add a person" : "Add one");
      add.addEventListener("click", () => { groups.push({}); draw(); });
      box.replaceChildren(box.firstElementChild, ...rows, ...(isMany || !groups.length ? [add] : []));
    };
    draw();
    return box;
  }

  ofText(name, text) {
    if (name === "author" || name === "reviewers") { const words = text.trim().split(/\s+/); return { given: words.slice(0, -1).join(" "), family: words.at(-1) }; }
    return { text };
  }

  partTitle(name, part) {
    const kinds = { author: "PersonPart", reviewers: "PersonPart", contact: "ContactPart" };
    return this.schema?.$defs?.[kinds[name] ?? "TipPart"]?.properties?.[part]?.title ?? part;
  }

  cited(value) {
    const shown = value === false ? [] : Array.isArray(value) ? value : value?.styles ?? Object.keys(CITED).slice(0, 4);
    const boxes = Object.entries(CITED).map(([name, words]) => {
      const box = element("input", { type: "checkbox", checked: shown.includes(name), value: name });
      box.addEventListener("change", () => {
        const styles = boxes.filter(({ box: one }) => one.checked).map(({ box: one }) => one.value);
        const group = value && typeof value === "object" && !Array.isArray(value) ? value : {};
        void this.set("cite", styles.length ? { ...group, styles } : false);
      });
      return { box, label: element("label", { className: "check" }, box, words) };
    });
    return element("fieldset", { className: "group" }, element("legend", {}, "“Cite this leaflet” on the web page shows"), ...boxes.map(({ label }) => label));
  }

  async set(name, value) {
    const { text } = await send("with-details", { text: this.writer.text, values: { [name]: value === "" ? null : value } });
    this.writer.replace(text);
  }
}

const read = (box) => box.type === "checkbox" ? box.checked : box.dataset.list ? box.value.split(",").map((word) => word.trim()).filter(Boolean) : box.value.trim();
const filled = (group) => Object.fromEntries(Object.entries(group).filter(([, value]) => value !== "" && value !== null && value !== undefined));
const hasAny = (group) => Object.keys(group).length > 0;
const isList = (about) => about.anyOf?.some((one) => one.type === "array");
const isPlain = (about) => !about.properties && !about.additionalProperties && about.type !== "array" && !about.anyOf?.some((one) => one.$ref || one.items?.anyOf);
