/* Focus and news: after htmx has put something into the page, focus goes to its [data-focus] (an error summary, a
   refusal, the field to write in next); what scripts want to say is spoken; lost contact and unsaved work are told. */

const dirtyForms = new Set();

/* --- Speaking: document.dispatchEvent(new CustomEvent("klubbslag:say", {detail: "Flyttad till plats 2"})) --- */
document.addEventListener("klubbslag:say", (event) => {
  const announcer = document.getElementById("announcer");
  if (announcer) announcer.textContent = event.detail;
});

/* --- Focus --- */
function focusIn(root) {
  const target = root.matches?.("[data-focus]")
    ? root
    : (root.querySelector?.(".error-summary[data-focus]") ?? root.querySelector?.("[data-focus]"));
  target?.focus();
}

/* --- What htmx fetched --- */
const FIELDS = "input, textarea, select, [contenteditable=true]";
let isWaiting = false;
let hasMovedOn = false; // to another field while the answer was under way: typing is not interrupted

/** Whether the page asked by itself, for news. */
function isBackground(event) {
  return event.detail.requestConfig?.elt.matches("[data-news]") ?? event.target.matches?.("[data-news]") ?? false;
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (isBackground(event)) return;
  isWaiting = true;
  hasMovedOn = false;
});
document.addEventListener("focusin", (event) => {
  if (isWaiting && event.target.matches(FIELDS)) hasMovedOn = true;
});
document.addEventListener("htmx:load", (event) => {
  if (!(hasMovedOn && document.activeElement.matches(FIELDS))) focusIn(event.detail.elt);
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (isBackground(event)) return;
  isWaiting = false;
  hasMovedOn = false;
});

/* A whole page where a part was asked for (the login page, after the session ended): go there instead. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  const isPage = /^\s*<!doctype/i.test(xhr.responseText);
  const isWanted = requestConfig?.elt?.closest("[hx-select], [hx-boost=true]");
  if (isPage && !isWanted && xhr.status < 400) {
    event.detail.shouldSwap = false;
    window.location.assign(xhr.responseURL);
  }
});

function tellLostContact(event) {
  if (isBackground(event)) return; // nobody did anything; it tries again by itself
  const template = document.getElementById("no-contact");
  const region = document.getElementById("refusal");
  if (!template || !region) return;
  region.replaceChildren(template.content.cloneNode(true));
  focusIn(region);
}
document.addEventListener("htmx:sendError", tellLostContact);
document.addEventListener("htmx:timeout", tellLostContact);
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && !isBackground(event)) document.getElementById("refusal")?.replaceChildren();
});

/* --- Unsaved work: <form data-warn-unsaved> --- */
function formOf(event) {
  return event.target.closest?.("form[data-warn-unsaved]");
}
function markDirty(event) {
  const form = formOf(event);
  if (form) dirtyForms.add(form);
}
function markClean(event) {
  dirtyForms.delete(formOf(event));
}
for (const form of document.querySelectorAll("form[data-warn-unsaved]:has(.error-summary)")) dirtyForms.add(form);
document.addEventListener("input", markDirty);
document.addEventListener("change", markDirty);
document.addEventListener("submit", markClean);
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.target.matches?.("form")) markClean(event);
});
window.addEventListener("beforeunload", (event) => {
  const isUnsaved = [...dirtyForms].some((form) => form.isConnected);
  if (isUnsaved) event.preventDefault();
});

if (!window.htmx) focusIn(document);
