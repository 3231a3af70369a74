// The start page: all leaflets of the workspace, and the way to a new one.

import { ask, byId, element, send } from "./page.js";

const REVIEWS = { overdue: ["bad", "review overdue"], soon: ["warn", "review due soon"], "due-soon": ["warn", "review due soon"] };

async function start() {
  const leaflets = await ask("leaflets");
  byId("count").textContent = leaflets.length === 1 ? "1 leaflet" : `${leaflets.length} leaflets`;
  const cards = leaflets.map(card);
  byId("cards").replaceChildren(...cards.map((one) => one.node));
  for (const one of cards) await one.picture(); // one after the other, so that a click need not wait for all
}

function languageOf(tag) {
  try { return new Intl.DisplayNames("en", { type: "language" }).of(tag); } catch { return tag; }
}

function card(leaflet) {
  const cover = element("div", { className: "cover" }, element("div", { className: "spinner" }));
  const tags = element("p");
  const [kind, words] = REVIEWS[leaflet.review] ?? ["", ""];
  if (words) tags.append(element("span", { className: `tag ${kind}` }, words), " ");
  const facts = [leaflet.version && `version ${leaflet.version}`, leaflet.review_due && `review ${leaflet.review_due}`, leaflet.language && languageOf(leaflet.language)].filter(Boolean).join(" · ");
  const node = element("a", { className: "leaflet-card", href: `leaflet?source=${encodeURIComponent(leaflet.source)}` }, cover,
    element("div", { className: "about" }, element("h2", {}, leaflet.title || leaflet.source), element("p", { className: "quiet" }, leaflet.source), element("p", { className: "quiet" }, facts), tags));
  const picture = async () => {
    const answer = await fetch(`small-picture?source=${encodeURIComponent(leaflet.source)}`);
    const errors = Number(answer.headers.get("x-errors")), warnings = Number(answer.headers.get("x-warnings"));
    if (errors) tags.append(element("span", { className: "tag bad" }, errors === 1 ? "1 mistake" : `${errors} mistakes`));
    else if (warnings) tags.append(element("span", { className: "tag warn" }, warnings === 1 ? "1 thing to look at" : `${warnings} things to look at`));
    if (!answer.ok) { cover.replaceChildren(element("p", { className: "quiet" }, "No picture yet")); return; }
    const image = element("img", { alt: "" });
    image.src = URL.createObjectURL(await answer.blob());
    await image.decode().catch(() => {});
    cover.replaceChildren(image);
  };
  return { node, picture };
}

byId("new").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const made = await send("new", { title: byId("new-title").value });
    location.href = `leaflet?source=${encodeURIComponent(made.source)}&write`;
  } catch (error) {
    byId("said").textContent = error.message;
  }
});

void start();
