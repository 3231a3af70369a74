// A leaflet twice, each with choices of its own: the source's on the left, those of the address on the right.

import { byId, element, page } from "./page.js";

const other = new URLSearchParams(location.search);
const source = encodeURIComponent(page.source);
other.set("pane", "1");
byId("back").href = `leaflet?source=${source}`;
byId("twins").append(
  element("iframe", { title: "Left", src: `leaflet?source=${source}&pane=1` }),
  element("iframe", { title: "Right", src: `leaflet?${other}` }),
);
