// What goes quicker where scripts run. All of it is there without them too, at the same addresses: a list under a new
// query is fetched and put in place of the one on the page, search boxes suggest records while one types, and Escape
// folds what was opened.

// Lists ----------------------------------------------------------------------------------------

const PAUSE = 200;
const form = (page) => page.getElementById("filters");
let waiting;
// The fields that the reader has changed since the answer on its way was asked for.
const touched = new Set();

// What can be followed by putting another answer in place of this one: the same list under another query.
function isSameList({ canIntercept, destination, downloadRequest, formData, hashChange, navigationType }) {
  return (
    canIntercept && !hashChange && downloadRequest === null && !formData && navigationType !== "reload" &&
    new URL(destination.url).pathname === location.pathname && form(document) !== null
  );
}

// The answer is fetched before the address changes, where the browser can wait: who stops it is where they were before.
function follow(event) {
  const isReturn = event.navigationType === "traverse";
  let fresh;
  const fetchAnswer = async () => {
    const results = document.getElementById("results");
    results?.setAttribute("aria-busy", "true");
    touched.clear();
    event.signal.addEventListener("abort", () => results?.removeAttribute("aria-busy"));
    fresh = await answer(event);
  };
  const handler = async () => {
    if (fresh === undefined) await fetchAnswer();
    if (event.signal.aborted) return;
    if (fresh) show(fresh, isReturn, event.sourceElement);
    else location.reload();
  };
  const before = event.cancelable && !isReturn && { precommitHandler: fetchAnswer };
  event.intercept({ focusReset: "manual", scroll: isReturn ? "after-transition" : "manual", handler, ...before });
}

// The page at the new address; none where it cannot be had this way, and the browser then fetches it in its own.
async function answer({ destination, signal }) {
  try {
    const response = await fetch(destination.url, { signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return response.ok && !response.redirected && form(page) ? page : null;
  } catch {
    return null;
  }
}

function show(fresh, isReturn, pressed) {
  const { id } = document.activeElement;
  // A reader who has gone elsewhere while the answer was on its way is left there.
  const isStill = [pressed, document.body].includes(document.activeElement);
  const height = () => document.getElementById(id)?.getBoundingClientRect().top ?? 0;
  const status = () => document.querySelector("main .results-bar [role=status]");
  const [before, region, words] = [height(), status(), status()?.textContent];
  equip(fresh);
  const ticked = [...document.querySelectorAll("main :checked[id]")].filter(({ form }) => form?.id !== "filters");
  become(document.body, fresh.body);
  for (const { id: each } of ticked) if (document.getElementById(each)) document.getElementById(each).checked = true;
  document.title = fresh.title;
  setValues(fresh, isReturn);
  const kept = id && document.getElementById(id);
  if (kept) focusOn(kept);
  if (!isReturn && kept) scrollBy(0, height() - before);
  if (!isReturn && !kept && isStill) goToResults();
  if (status() !== region || status()?.textContent === words) announceAgain(status());
}

function focusOn(element) {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  element.focus({ preventScroll: true });
}

// Where the reader pressed something that is gone or does not stay the same: a page number, a filter in force.
function goToResults() {
  const target = document.querySelector("main .notice-error, main .results-count") ?? document.querySelector("main");
  target.focus();
  target.scrollIntoView({ block: "start" });
}

// A region that is new, or says the same as before, is spoken only when something is put into it.
function announceAgain(region) {
  if (region && !region.contains(document.activeElement)) {
    setTimeout(() => region.replaceChildren(...region.childNodes), 100);
  }
}

// Makes one element like another, but keeps every element inside that can stay, and with it its focus.
function become(here, there) {
  if (here.isEqualNode(there)) return;
  if (here.nodeType !== Node.ELEMENT_NODE) {
    here.data = there.data;
    return;
  }
  takeAttributes(here, there);
  let place = here.firstChild;
  for (const wanted of [...there.childNodes]) {
    const found = counterpart(place, wanted);
    if (found && found === place) place = place.nextSibling;
    else here.insertBefore(found ?? wanted, place);
    if (found) become(found, wanted);
  }
  while (place) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

function counterpart(place, wanted) {
  const traits = (node) => [node.nodeName, node.id, node.getAttribute?.("class")].join(" ");
  while (place && traits(place) !== traits(wanted)) place = place.nextSibling;
  return place;
}

// A disclosure stays as the reader has left it, unless there is an error to show inside it.
function takeAttributes(here, there) {
  const isOwn = (name) => name === "open" && here.matches("details") && !there.querySelector("[aria-invalid]");
  for (const { name, value } of [...there.attributes]) if (!isOwn(name)) here.setAttribute(name, value);
  for (const { name } of [...here.attributes]) {
    if (!there.hasAttribute(name) && !isOwn(name)) here.removeAttribute(name);
  }
}

// What the reader is typing in or has changed meanwhile stays, but not on the way back to another query.
function setValues(fresh, isReturn) {
  for (const field of fresh.querySelectorAll("main input[id], main select[id]")) {
    const here = document.getElementById(field.id);
    if (here.form?.id !== "filters" || (touched.has(field.id) && !isReturn)) continue;
    if (field.type === "checkbox") here.checked = field.checked;
    else if (isReturn || here !== document.activeElement) here.value = field.value;
  }
}

// A short address: nothing empty in it.
function leaveOut({ formData }) {
  for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
}

function applySoon({ target }) {
  if (target.form?.id !== "filters") return;
  touched.add(target.id);
  if (!target.matches("[type=checkbox], select")) return;
  target.focus({ preventScroll: true });
  clearTimeout(waiting);
  waiting = setTimeout(() => target.form?.requestSubmit(), PAUSE);
}

if (window.navigation && form(document)) {
  navigation.addEventListener("navigate", (event) => {
    clearTimeout(waiting);
    if (isSameList(event)) follow(event);
  });
  document.addEventListener("change", applySoon);
  document.addEventListener("formdata", (event) => event.target.id === "filters" && leaveOut(event));
}

// Suggestions ----------------------------------------------------------------------------------

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

// Disclosures ----------------------------------------------------------------------------------

// Escape folds the menu or the meaning of a term around the focus, as it does what opens over a page.
function fold({ key, target }) {
  const open = key === "Escape" && target.closest?.(".menu[open], .term[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
}

document.addEventListener("keydown", fold);
