// Reads a file with a parser from npm and prints what it found: node readers.js NODE_MODULES html|cite FILE
"use strict";
const fs = require("fs");
const path = require("path");
const [folder, kind, file] = process.argv.slice(2);
const from = (name) => require(path.join(folder, name));
const text = fs.readFileSync(file, "utf8");
const print = (found) => process.stdout.write(JSON.stringify(found));
if (kind === "html") from("html-metadata").parseAll(from("cheerio").load(text)).then(print);
else print(new (from("citation-js"))(text).data);
