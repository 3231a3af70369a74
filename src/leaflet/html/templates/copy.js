"use strict";
for (const button of document.querySelectorAll("button.copy")) {
  const line = document.getElementById(button.dataset.line);
  const said = document.getElementById("copied");
  const select = () => {
    const range = document.createRange();
    range.selectNodeContents(line);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };
  const whole = () => new ClipboardItem({
    "text/html": new Blob([line.innerHTML.replaceAll("<wbr>", "")], { type: "text/html" }),
    "text/plain": new Blob([line.textContent.trim()], { type: "text/plain" }),
  });
  const done = () => { said.textContent = button.dataset.done; };
  const copySelected = () => {
    select();
    if (document.execCommand("copy")) { getSelection().removeAllRanges(); done(); }
    else { said.textContent = button.dataset.selected; }
  };
  button.addEventListener("click", () => {
    said.textContent = "";
    if (globalThis.ClipboardItem && navigator.clipboard) navigator.clipboard.write([whole()]).then(done, copySelected);
    else copySelected();
  });
  button.hidden = false;
}
