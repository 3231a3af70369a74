// Completion in the editor: citation keys, classes of blocks, icons, fields, and keys of the front matter.

export function completions(writer) {
  return [cited(writer), classes(writer), keys(writer), fields(writer)];
}

function isFrontMatter(context) {
  const { doc } = context.state;
  if (!/^---\s*$/.test(doc.line(1).text)) return false;
  const here = doc.lineAt(context.pos).number;
  for (let number = 2; number < here; number++) if (/^(---|\.\.\.)\s*$/.test(doc.line(number).text)) return false;
  return here > 1;
}

const cited = (writer) => async (context) => {
  const word = context.matchBefore(/@[\w:.#$%&+?<>~/-]*/);
  if (!word || isFrontMatter(context)) return null;
  const { references } = await writer.words;
  const options = references.map((one) => ({ label: `@${one.key}`, detail: [one.who, one.year].filter(Boolean).join(", "), info: one.title, type: "text" }));
  return { from: word.from, options, validFor: /^@[\w:.#$%&+?<>~/-]*$/ };
};

const classes = (writer) => async (context) => {
  const word = context.matchBefore(/(?::::+\s*|\{[^}\n]*\.)[\w-]*/);
  if (!word || isFrontMatter(context)) return null;
  const from = context.pos - /[\w-]*$/.exec(word.text)[0].length;
  const { blocks, icons } = await writer.words;
  const isSpan = word.text.startsWith("{") && context.state.sliceDoc(Math.max(0, word.from - 2), word.from) === "[]";
  const options = isSpan
    ? icons.map((name) => ({ label: `icon-${name}`, detail: "icon", type: "constant" }))
    : Object.entries(blocks).map(([label, detail]) => ({ label, detail, type: "class" }));
  return { from, options, validFor: /^[\w-]*$/ };
};

const keys = (writer) => async (context) => {
  const word = context.matchBefore(/^[\w-]*/m);
  if (!word || !isFrontMatter(context) || context.state.doc.lineAt(context.pos).from !== word.from || (!word.text && !context.explicit)) return null;
  const { schema } = await writer.words;
  const options = Object.entries(schema.properties)
    .filter(([, about]) => !about.description?.startsWith("Another name"))
    .map(([label, about]) => ({ label, detail: about.title, info: about.description, apply: `${label}: `, type: "property" }));
  return { from: word.from, options, validFor: /^[\w-]*$/ };
};

const fields = (writer) => async (context) => {
  const word = context.matchBefore(/\{\{\s*[\w.]*/);
  if (!word) return null;
  const from = context.pos - /[\w.]*$/.exec(word.text)[0].length;
  const names = await writer.details.fieldNames();
  return { from, options: names.map((label) => ({ label, apply: `${label} }}`, detail: "field", type: "variable" })), validFor: /^[\w.]*$/ };
};
