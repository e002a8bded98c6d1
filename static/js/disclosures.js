// Escape folds the menu or the meaning of a term around the focus, as it does what opens over a page.
function fold({ key, target }) {
  const open = key === "Escape" && target.closest?.(".menu[open], .term[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
}

document.addEventListener("keydown", fold);
