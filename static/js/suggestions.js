// Search boxes suggest records while one types. Without this script they search all the same.

const PAUSE = 200;
const SHORTEST = 2;
let typing;
let asked;

// Makes comboboxes of the search boxes that name an address of suggestions.
function equip(page) {
  for (const field of page.querySelectorAll("input[data-suggestions]:not([role])")) {
    const list = page.createElement("ul");
    list.className = "suggestions";
    list.hidden = true;
    list.id = `${field.id}-suggestions`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.dataset.suggestionsLabel);
    const said = page.createElement("span");
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    field.closest(".input-row").append(list, said);
    const traits = { autocomplete: "list", controls: list.id, expanded: "false" };
    for (const [name, value] of Object.entries(traits)) field.setAttribute(`aria-${name}`, value);
    field.setAttribute("role", "combobox");
  }
}

const listOf = (field) => document.getElementById(field.getAttribute("aria-controls"));
const isCombobox = (element) => element.matches?.("[role=combobox][data-suggestions]");
const chosen = (field) => listOf(field).querySelector("[aria-selected=true]");

function close(field) {
  clearTimeout(typing);
  asked?.abort();
  listOf(field).hidden = true;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function offer(field, { summary, suggestions }) {
  const options = suggestions.map(({ name, kind, url }, number) => {
    const option = document.createElement("li");
    const note = document.createElement("span");
    option.id = `${field.id}-suggestion-${number}`;
    option.dataset.url = url;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    note.textContent = kind;
    option.append(name, " ", note);
    return option;
  });
  close(field);
  listOf(field).replaceChildren(...options);
  listOf(field).nextElementSibling.textContent = summary;
  listOf(field).hidden = options.length === 0;
  field.setAttribute("aria-expanded", String(options.length > 0));
}

async function ask(field) {
  const address = new URL(field.dataset.suggestions, location.href);
  address.searchParams.set("q", field.value);
  asked = new AbortController();
  try {
    const response = await fetch(address, { signal: asked.signal });
    if (response.ok) offer(field, await response.json());
  } catch {
    // Without an answer there is nothing to suggest, and the search works as before.
  }
}

function askSoon(field) {
  close(field);
  listOf(field).nextElementSibling.textContent = "";
  if (field.value.trim().length >= SHORTEST) typing = setTimeout(() => ask(field), PAUSE);
}

// Steps through the suggestions; before the first and after the last stands the field itself.
function step(field, by) {
  const options = [...listOf(field).children];
  const rows = options.length + 1;
  const next = (options.indexOf(chosen(field)) + 1 + by + rows) % rows;
  for (const [number, option] of options.entries()) option.setAttribute("aria-selected", String(number === next - 1));
  if (next === 0) field.removeAttribute("aria-activedescendant");
  else field.setAttribute("aria-activedescendant", options[next - 1].id);
  chosen(field)?.scrollIntoView({ block: "nearest" });
}

function press(event) {
  const field = event.target;
  if (!isCombobox(field) || event.isComposing) return;
  const isOpen = !listOf(field).hidden;
  const keys = {
    ArrowDown: () => (isOpen ? step(field, 1) : askSoon(field)),
    ArrowUp: () => isOpen && step(field, -1),
    Escape: () => isOpen && close(field),
    Enter: () => isOpen && chosen(field) && location.assign(chosen(field).dataset.url),
  };
  const isOurs = { ArrowDown: true, ArrowUp: isOpen, Escape: isOpen, Enter: isOpen && chosen(field) }[event.key];
  if (!isOurs) return;
  event.preventDefault();
  keys[event.key]();
}

equip(document);
document.addEventListener("answer", ({ detail }) => equip(detail));
document.addEventListener("input", ({ target }) => isCombobox(target) && askSoon(target));
document.addEventListener("keydown", press);
document.addEventListener("submit", ({ target }) => [...target.elements].filter(isCombobox).forEach(close));
document.addEventListener("focusout", ({ target }) => isCombobox(target) && close(target));
// The field keeps the focus while a suggestion is pressed, so that the list stays until then.
document.addEventListener("mousedown", (event) => event.target.closest(".suggestions") && event.preventDefault());
document.addEventListener("click", ({ target }) => {
  const option = target.closest?.(".suggestions [role=option]");
  if (option) location.assign(option.dataset.url);
});
