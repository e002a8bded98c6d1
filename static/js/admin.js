// Names for what the admin and its fields found by typing (Select2) leave without one, and keys for their buttons.
// It runs beside theirs and adds attributes only, whenever they draw something anew.

const idOf = (element, id) => (element.id ||= id);
const namedBy = (element, ...ids) => element?.setAttribute("aria-labelledby", ids.join(" "));

// A field found by typing is called by its label, and says its help and its errors as any other field does.
function nameField(container) {
  const select = container.previousElementSibling;
  const label = select?.labels?.[0];
  if (!label) return;
  const name = idOf(label, `${select.id}_label`);
  const box = container.querySelector("[role=combobox]");
  const chosen = container.querySelector(".select2-selection__rendered");
  const search = container.querySelector(".select2-search__field");
  const choices = [...chosen.querySelectorAll(".select2-selection__choice")];
  const values = choices.map((choice, index) => idOf(choice, `${select.id}_choice_${index}`));
  const notes = [...values, select.getAttribute("aria-describedby")].filter(Boolean);
  namedBy(box, name, ...(search ? [] : [chosen.id]));
  namedBy(search, name);
  if (notes.length) (search ?? box).setAttribute("aria-describedby", notes.join(" "));
  else (search ?? box).removeAttribute("aria-describedby");
  // Their crosses are for the mouse; a key takes a value away.
  for (const cross of chosen.querySelectorAll("[class$=__clear], [class$=__remove]")) cross.ariaHidden = "true";
  if (select.required) (search ?? box).setAttribute("aria-required", "true");
  if (select.getAttribute("aria-invalid")) (search ?? box).setAttribute("aria-invalid", "true");
  if (search) chosen.setAttribute("role", "presentation");
  else for (const attribute of ["role", "aria-readonly"]) chosen.removeAttribute(attribute);
}

// What opens under such a field.
function nameChoices(results) {
  const field = results.id.replace(/^select2-(.*)-results$/, "$1");
  const label = document.getElementById(field)?.labels?.[0];
  if (!label) return;
  const name = idOf(label, `${field}_label`);
  namedBy(results, name);
  namedBy(results.closest(".select2-dropdown").querySelector(".select2-search__field"), name);
}

// The fields of one of several rows are a group, called by the heading of the row.
function nameRow(row) {
  const heading = row.querySelector("h3");
  const words = [...heading.querySelectorAll(":scope > b, :scope > .inline_label")];
  const ids = words.map((each, index) => idOf(each, `${row.id}-name-${index}`));
  for (const group of row.querySelectorAll("fieldset:not(:has(.fieldset-heading))")) namedBy(group, ...ids);
}

const NAMES = [
  [".select2-container", nameField],
  [".select2-results__options", nameChoices],
  [".inline-related:not(.empty-form)", nameRow],
];

function nameAll() {
  for (const [selector, name] of NAMES) for (const element of document.querySelectorAll(selector)) name(element);
}

// Django calls the search field "Search" in every language; the button beside it speaks the language of the page.
const searchSign = document.querySelector("#changelist-search label img");
if (searchSign) {
  searchSign.alt = searchSign.closest("form").querySelector("[type=submit]").value;
  document.getElementById("searchbar").ariaLabel = searchSign.alt;
}

nameAll();
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });

// A row that is taken away takes its button along: the focus goes to the one that adds a row.
document.addEventListener("formset:removed", ({ detail }) =>
  document.querySelector(`#${detail.formsetName}-group .add-row a`)?.focus(),
);

// What is called a button is pressed by the space bar too.
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches("a[role=button]")) return;
  event.preventDefault();
  event.target.click();
});

// Whoever leaves a form with something in it that is not saved is asked first.
const form = document.querySelector("#content form[method=post]");
if (form) {
  const held = () => JSON.stringify([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const saved = document.querySelector(".errornote") ? "" : held();
  let isSent = false;
  form.addEventListener("submit", () => (isSent = true));
  addEventListener("beforeunload", (event) => {
    if (!isSent && held() !== saved) event.preventDefault();
  });
  // A citation is then edited in a window of its own, and what is typed stays here.
  form.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='/citations/']");
    if (link) link.target = held() === saved ? "" : "_blank";
  });
}
