/* Keys: a single key acts on the element that declares it with data-key="n" (a link or button is pressed, a field
   gets focus). Ignored while somebody types. `?` shows the keys of the page, where they can also be switched off
   (WCAG 2.1.4). What is pressed is always an ordinary control, so nothing here is needed to use the page. */

const STORE = "klubbslag.keys";
const FIELDS = "input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable=true]";

const dialog = document.getElementById("keys");
const list = dialog?.querySelector("[data-keys-list]");
const onOff = dialog?.querySelector("[data-keys-switch]");

function areOn() {
  return localStorage.getItem(STORE) !== "off";
}

function setOn(on) {
  if (on) localStorage.removeItem(STORE);
  else localStorage.setItem(STORE, "off");
  show();
}

/** Tell assistive technology and the style sheet whether keys act. */
function show() {
  const on = areOn();
  document.documentElement.toggleAttribute("data-keys-off", !on);
  if (onOff) onOff.checked = on;
  for (const element of document.querySelectorAll("[data-key]")) {
    if (on) element.setAttribute("aria-keyshortcuts", element.dataset.key);
    else element.removeAttribute("aria-keyshortcuts");
  }
}

/** The elements that have a key now, in the page's order: the first of each key, inside an open dialog only its own. */
function elementsByKey() {
  const scope = document.querySelector("dialog[open]") ?? document;
  const found = new Map();
  for (const element of scope.querySelectorAll("[data-key]")) {
    const key = element.dataset.key.toLowerCase();
    const isShown = element.checkVisibility() || element.closest("[popover]") !== null;
    if (isShown && !element.disabled && !found.has(key)) found.set(key, element);
  }
  return found;
}

function act(element) {
  const popover = element.closest("[popover]");
  if (popover && !element.checkVisibility()) popover.showPopover();
  if (element.matches(FIELDS)) {
    element.focus();
    element.select?.();
  } else {
    element.click();
  }
}

function addRow(key, text) {
  const term = document.createElement("dt");
  const keyboard = document.createElement("kbd");
  keyboard.textContent = key.length === 1 ? key.toUpperCase() : key;
  term.append(keyboard);
  const meaning = document.createElement("dd");
  meaning.textContent = text;
  list.append(term, meaning);
}

/** What the element is called, without the drawn hint of its key. */
function labelOf(element) {
  if (element.dataset.keyLabel) return element.dataset.keyLabel;
  if (element.labels?.length) return element.labels[0].textContent.trim();
  const copy = element.cloneNode(true);
  for (const hint of copy.querySelectorAll("kbd")) hint.remove();
  return copy.textContent.trim().replace(/\s+/g, " ") || element.getAttribute("aria-label") || "";
}

function openList() {
  if (!dialog || dialog.open) return;
  list.replaceChildren();
  for (const [key, element] of elementsByKey()) addRow(key, labelOf(element));
  if (document.querySelector("[data-reorder]")) addRow("Alt + ↑ ↓", list.dataset.move);
  addRow("?", list.dataset.help);
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || event.altKey || !areOn()) return;
  if (event.target.closest?.(FIELDS)) return;
  if (event.key === "?") {
    event.preventDefault();
    openList();
    return;
  }
  if (isSaving()) {
    waiting = event.key.length === 1 ? event.key.toLowerCase() : "";
    return;
  }
  const element = elementsByKey().get(event.key.toLowerCase());
  if (element) {
    event.preventDefault();
    act(element);
  }
});

/* A key pressed while the page saves waits for the answer: what it would act on is about to be replaced. */
let waiting = "";

function isSaving() {
  return document.querySelector("form.htmx-request") !== null;
}

document.addEventListener("htmx:afterSettle", () => {
  const element = waiting && !isSaving() ? elementsByKey().get(waiting) : null;
  if (!isSaving()) waiting = "";
  if (element) act(element);
});
for (const failure of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(failure, () => { waiting = ""; });

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys-open]")) openList();
});
onOff?.addEventListener("change", () => setOn(onOff.checked));
document.addEventListener("htmx:load", show);
show();
