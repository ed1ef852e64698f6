/* Drafts: <form data-draft="the user's id"> keeps what is typed in this browser until it is filed, so that a lost
   network, a closed tab or an ended session costs nothing. With the text the version that was read is kept: what
   somebody else has saved meanwhile is never overwritten unseen. Who logs out takes the drafts away from the device;
   nobody is shown another's. The server says that a text is filed by the event klubbslag:filed. */

const PREFIX = "klubbslag:draft:";

function keyOf(form) {
  return `${PREFIX}${form.dataset.draft}:${location.pathname}`;
}

/** Storing may be refused by the browser: then the page works as it does without. */
function tried(act) {
  try {
    return act();
  } catch (error) {
    console.warn(error);
    return null;
  }
}

function keep(form) {
  const { html, version } = form.elements;
  tried(() => {
    if (html.value === html.defaultValue) localStorage.removeItem(keyOf(form));
    else localStorage.setItem(keyOf(form), JSON.stringify({ html: html.value, version: version.value }));
  });
}

function forget(form) {
  tried(() => localStorage.removeItem(keyOf(form)));
}

function put(form, text) {
  const { html } = form.elements;
  html.value = text;
  html.dispatchEvent(new CustomEvent("klubbslag:set", { detail: text }));
}

/** What was typed and not filed stands in the form again, and a line says so. */
function bringBack(form) {
  const draft = tried(() => JSON.parse(localStorage.getItem(keyOf(form))));
  const { html, version } = form.elements;
  if (!draft || draft.html === html.value) {
    forget(form);
    return;
  }
  const read = version.value;
  const line = form.querySelector("[data-draft-line]");
  version.value = draft.version;
  put(form, draft.html);
  line.hidden = false;
  line.querySelector("button").addEventListener("click", () => {
    version.value = read;
    put(form, html.defaultValue);
    forget(form);
    line.hidden = true;
    document.getElementById(html.id.replace(/-html$/, ""))?.focus();
  });
}

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-draft]");
  if (form && event.target === form.elements.html) keep(form);
});
document.addEventListener("klubbslag:filed", (event) => forget(event.target));
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-forget-drafts]")) return;
  tried(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  });
});
for (const form of document.querySelectorAll("form[data-draft]")) bringBack(form);
