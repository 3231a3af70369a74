/* The choices of colours are labels; what they label is hidden, and so it must not take the focus. */
for (const choice of document.querySelectorAll("input.md-option")) {
  choice.tabIndex = -1;
}

/* What scrolls can be scrolled with the keyboard as well. */
for (const box of document.querySelectorAll(".md-typeset pre > code, .md-typeset__scrollwrap, .beside pre")) {
  box.tabIndex = 0;
}

document.querySelector(".md-search")?.setAttribute("aria-label", "Search");
