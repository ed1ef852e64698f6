/* Autosave: <section data-autosave="address" data-autosave-name="Sammanfattning"> is saved a second after somebody
   stopped typing in it. Its fields are posted; the answer goes into its [data-save-state], where the version that the
   next save must name stands, too. While two texts wait there for a choice ([data-conflict]) nothing is saved. What
   could not be saved is kept and tried again; leaving the page then is asked about. Without this script the form's
   own button saves everything. */

const PAUSE = 1000; // milliseconds without a keystroke
const RETRIES = [2000, 4000, 8000, 15000]; // milliseconds until the next try; the last one repeats
const words = document.getElementById("autosave-words")?.dataset ?? {};
const boxes = new Map();

function say(text) {
  document.dispatchEvent(new CustomEvent("klubbslag:say", { detail: text }));
}

function headers() {
  return { "HX-Request": "true", "HX-Current-URL": location.href, ...JSON.parse(document.body.getAttribute("hx-headers") ?? "{}") };
}

/** After a new login in another tab: fetch this page again for its new token. False while still logged out. */
async function refreshToken() {
  const response = await fetch(location.href);
  if (!response.ok || response.redirected) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  document.body.setAttribute("hx-headers", page.body.getAttribute("hx-headers") ?? "{}");
  const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
  for (const field of token ? document.querySelectorAll("[name=csrfmiddlewaretoken]") : []) field.value = token;
  return true;
}

class Box {
  constructor(element) {
    this.element = element;
    this.state = element.querySelector("[data-save-state]");
    this.isDirty = this.state.querySelector("[data-unsaved], [data-conflict]") !== null;
    this.saving = null; // the promise of the save that runs
    this.tries = 0;
    element.addEventListener("input", (event) => this.changed(event));
    element.addEventListener("change", (event) => this.changed(event));
  }

  get waitsForChoice() {
    return this.state.querySelector("[data-conflict]") !== null;
  }

  changed(event) {
    if (!event.target.name && !event.target.matches("[data-reorder]")) return; // a field that is not sent
    this.isDirty = true;
    this.tries = 0;
    this.schedule(PAUSE);
  }

  schedule(pause) {
    clearTimeout(this.timer);
    if (!this.waitsForChoice) this.timer = setTimeout(() => this.save(), pause);
  }

  /** Save what is there now; what is typed meanwhile is saved after it. */
  async save({ keepalive = false } = {}) {
    clearTimeout(this.timer);
    if (this.saving) return this.saving;
    if (!this.isDirty || this.waitsForChoice || !this.element.isConnected) return undefined;
    this.isDirty = false;
    this.show(words.saving);
    this.saving = this.post(keepalive).catch(() => this.fail(words.offline));
    await this.saving;
    this.saving = null;
    if (this.isDirty && !this.tries) this.schedule(PAUSE);
    return undefined;
  }

  fields() {
    const fields = new URLSearchParams();
    for (const field of this.element.querySelectorAll("[name]")) {
      const isChosen = !["checkbox", "radio"].includes(field.type) || field.checked;
      if (!field.disabled && isChosen && field.tagName !== "BUTTON") fields.append(field.name, field.value);
    }
    return fields;
  }

  async post(keepalive) {
    const response = await fetch(this.element.dataset.autosave, { method: "POST", headers: headers(), body: this.fields(), keepalive });
    if (response.headers.has("HX-Redirect")) return this.fail(words.loggedOut, { isLoggedOut: true });
    if (response.status === 403) return this.fail(words.failed, { isLoggedOut: true }); // the token may be an older one
    if (![200, 400, 404, 409, 413, 422].includes(response.status)) return this.fail(words.failed);
    this.tries = 0;
    this.answer(await response.text(), response.headers.has("HX-Retarget"));
    if (response.ok) {
      say(`${this.element.dataset.autosaveName}: ${this.state.textContent.trim()}`);
      document.body.dispatchEvent(new CustomEvent("klubbslag:saved"));
    } else {
      this.isDirty = true;
      this.tries = 1; // not again by itself: something must be mended or chosen first
    }
    return undefined;
  }

  /** What the server says about the text. Where it refuses the whole act, what was read stays known. */
  answer(html, isRefusal) {
    const read = isRefusal ? [...this.state.querySelectorAll("input[type=hidden]")] : [];
    this.state.innerHTML = html;
    this.state.prepend(...read);
    window.htmx?.process(this.state);
  }

  fail(text, { isLoggedOut = false } = {}) {
    this.isDirty = true;
    if (!this.tries) say(`${this.element.dataset.autosaveName}: ${text}`);
    this.show(text, true);
    const pause = RETRIES[Math.min(this.tries, RETRIES.length - 1)];
    this.tries += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      if (isLoggedOut) await refreshToken().catch(() => false);
      this.save();
    }, pause);
  }

  show(text, isUnsaved = false) {
    let line = this.state.querySelector("[data-saved]");
    if (!line) {
      for (const problem of this.state.querySelectorAll(".writing-problem")) problem.remove();
      line = document.createElement("p");
      line.dataset.saved = "";
      this.state.append(line);
    }
    line.className = isUnsaved ? "saved is-unsaved" : "saved";
    line.textContent = text;
  }
}

function enhance(root) {
  for (const element of root.querySelectorAll("[data-autosave]")) {
    if (!boxes.has(element)) boxes.set(element, new Box(element));
  }
  for (const element of boxes.keys()) if (!element.isConnected) boxes.delete(element);
}

/* The form's own button stores everything: first let what is under way arrive, so that nobody is stale by himself. */
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-autosaved]") || event.defaultPrevented) return;
  const running = [...boxes.values()].map((box) => box.saving).filter(Boolean);
  if (running.length) {
    event.preventDefault();
    await Promise.allSettled(running);
    form.requestSubmit(event.submitter);
    return;
  }
  for (const box of boxes.values()) {
    clearTimeout(box.timer);
    box.isDirty = false;
  }
});

window.addEventListener("beforeunload", (event) => {
  if ([...boxes.values()].some((box) => box.element.isConnected && (box.isDirty || box.saving))) event.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") for (const box of boxes.values()) if (!box.tries) box.save({ keepalive: true });
});
window.addEventListener("online", () => {
  for (const box of boxes.values()) if (box.tries) box.save();
});

/* A whole section came as the answer to a choice: what it says is stored is so. */
document.addEventListener("htmx:load", (event) => {
  enhance(event.detail.elt.parentNode ?? document);
  if (event.detail.elt.matches?.("[data-autosave]:not(:has([data-conflict], [data-unsaved]))")) document.body.dispatchEvent(new CustomEvent("klubbslag:saved"));
});
enhance(document);
