"use strict";
const form = document.querySelector("form");
const cards = [...document.querySelectorAll(".card")];
const texts = cards.map(card => card.textContent.toLowerCase());
const [search, failed] = [form.elements.search, form.elements.failed];
const count = document.querySelector("output");
function show() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let seen = 0;
  cards.forEach((card, place) => {
    const fits = words.every(word => texts[place].includes(word)) && !(failed.checked && !card.classList.contains("bad"));
    card.hidden = !fits;
    seen += fits;
  });
  count.textContent = `${seen} of ${cards.length} shown`;
}
form.addEventListener("input", show);
form.addEventListener("submit", event => event.preventDefault());
form.hidden = false;
show();
