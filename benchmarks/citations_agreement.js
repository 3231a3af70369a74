// Prints citations and bibliographies with citeproc-js: node citations_agreement.js MODULES JOB OUT
const fs = require("fs");
const [modules, job, out] = process.argv.slice(2);
const CSL = require(modules + "/citeproc");
const copy = (value) => JSON.parse(JSON.stringify(value));

function locale(folder, lang) {
  const file = [lang, lang.split("-")[0]].map((name) => `${folder}/locales-${name}.xml`).find(fs.existsSync);
  return file ? fs.readFileSync(file, "utf8") : false;
}

function run(task, folder) {
  const items = Object.fromEntries(task.items.map((item) => [item.id, item]));
  const system = { retrieveItem: (id) => copy(items[id]), retrieveLocale: (lang) => locale(folder, lang) };
  const engine = new CSL.Engine(system, fs.readFileSync(task.style, "utf8"), task.locale, true);
  const clusters = task.clusters.map((cluster, index) => ({
    citationID: `c${index}`, citationItems: copy(cluster.citationItems), properties: copy(cluster.properties) }));
  const citations = engine.rebuildProcessorState(clusters, "html", task.nocite).map((one) => one[2]);
  const bibliography = engine.makeBibliography();
  if (!bibliography) return { citations, entries: [] };
  const [facts, texts] = bibliography;
  // Entries that print nothing are counted among the ids, not among the texts.
  const empty = new Set(texts.length === facts.entry_ids.length ? [] : facts.bibliography_errors.map((one) => one.itemID));
  const ids = facts.entry_ids.map((one) => one[0]).filter((id) => !empty.has(id));
  if (ids.length !== texts.length) throw new Error("entries without ids");
  const inner = (text) => text.replace(/^\s*<div class="csl-entry">/, "").replace(/<\/div>\s*$/, "");
  return { citations, entries: texts.map((text, index) => [ids[index], inner(text)]) };
}

const { tasks, locales } = JSON.parse(fs.readFileSync(job, "utf8"));
const results = tasks.map((task) => {
  try {
    return run(task, locales);
  } catch (error) {
    return { error: String(error).slice(0, 300) };
  }
});
fs.writeFileSync(out, JSON.stringify(results));
