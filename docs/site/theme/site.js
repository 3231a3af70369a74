/* What scrolls can be scrolled with the keyboard as well. */
for (const box of document.querySelectorAll(".md-typeset pre > code, .md-typeset__scrollwrap, .beside pre")) {
  box.tabIndex = 0;
}
