// A list under a new query is fetched and put in place of the one on the page. Without this script the browser does it.

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

// Where there is no Navigation API (it is in Chromium since 102, Firefox since 147, Safari since 26.2) every answer is a
// page of its own. Where precommitHandler is known (Chromium since 141; Safari 26.2 passes it over) the answer is fetched
// before the address changes, so that who stops it is where they were before; elsewhere handler() fetches it afterwards.
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
  // What other scripts add to a page they add to this one too, so that it stays.
  document.dispatchEvent(new CustomEvent("answer", { detail: fresh }));
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
