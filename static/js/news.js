/* News: <… data-news="/sammantraden/12/nyheter/" data-news-of="agenda dissent"> is told at once when the meeting
   changes. Each event becomes "klubbslag:<name>" on the body, which htmx can wait for (hx-trigger="klubbslag:agenda
   from:body"); an event "page" brings the element itself. Its hx-get names its looks, data-read-at when it was read.
   The browser takes a lost connection up again by itself, and the server then tells everything once. */

const streams = new Map();

/* What is told while an answer is under way would be lost with the element that the answer replaces. */
let isAskedAgain = false;

function isAsking() {
  return document.querySelector("[data-news].htmx-request") !== null;
}

function tell(name) {
  isAskedAgain ||= isAsking();
  document.body.dispatchEvent(new CustomEvent(`klubbslag:${name}`));
}

function tellAll() {
  const names = [...document.querySelectorAll("[data-news-of]")].flatMap((element) => element.dataset.newsOf.split(" "));
  for (const name of new Set(names)) tell(name);
}

function isActedIn(element) {
  return element.matches(".htmx-request") || element.querySelector(".htmx-request") !== null;
}

/** The element itself was brought. What looks the same stays, and so does what an answer has shown since it was read;
    one who just acts gets an answer, after which the element is asked for. */
function show(address, html) {
  const element = document.querySelector(`[data-news="${CSS.escape(address)}"]`);
  if (!element) return;
  if (isActedIn(element)) {
    isAskedAgain = true;
    return;
  }
  const brought = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
  const isSame = brought.getAttribute("hx-get") === element.getAttribute("hx-get");
  const isOlder = Number(brought.dataset.readAt) < Number(element.dataset.readAt);
  if (!isSame && !isOlder) window.htmx.swap(element, html, { swapStyle: "outerHTML" });
}

function open(address, names) {
  const stream = new EventSource(address);
  stream.addEventListener("page", (event) => show(address, event.data));
  for (const name of names) stream.addEventListener(name, () => tell(name));
  stream.addEventListener("error", () => {
    // The server had no place left, or the session has ended: pages ask by themselves meanwhile.
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 10_000 + Math.random() * 10_000);
  });
  streams.set(address, stream);
}

/** News that were asked for must not replace an element in which somebody just acts: what the act is answered would
    have no place left, and its words would never be read. They are asked for again after it. */
function waitForAct(event) {
  const element = event.currentTarget;
  if (event.detail.requestConfig?.elt !== element || !element.querySelector(".htmx-request")) return;
  event.detail.shouldSwap = false;
  isAskedAgain = true;
}

/** An answer for an element that another answer has replaced meanwhile is dropped: the new one asks for itself. */
function dropLateAnswer(event) {
  if (event.target !== event.currentTarget || event.target.isConnected) return;
  event.detail.shouldSwap = false;
  tellAll();
}

function listen() {
  const wanted = new Map();
  for (const element of document.querySelectorAll("[data-news]")) {
    element.addEventListener("htmx:beforeSwap", waitForAct);
    element.addEventListener("htmx:beforeSwap", dropLateAnswer); // on itself: from outside the page nothing bubbles
    wanted.set(element.dataset.news, element.dataset.newsOf.split(" "));
  }
  for (const [address, stream] of streams) {
    if (wanted.has(address) && stream.readyState !== EventSource.CLOSED) continue;
    stream.close();
    streams.delete(address);
  }
  for (const [address, names] of wanted) if (!streams.has(address)) open(address, names);
}

function askAgain() {
  if (!isAskedAgain || isAsking()) return;
  isAskedAgain = false;
  tellAll();
}

listen();
document.addEventListener("htmx:afterSettle", () => {
  listen();
  askAgain();
});

/* An answer that changes nothing does not settle. */
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.xhr?.status === 204 || !event.detail.successful) askAgain();
});

/* News that could not be fetched is fetched again: soon, and as soon as there is a network. */
document.addEventListener("htmx:sendError", (event) => {
  if (event.target.matches?.("[data-news]")) setTimeout(tellAll, 2000);
});
window.addEventListener("online", tellAll);

window.addEventListener("pageshow", (event) => {
  if (event.persisted) listen();
});
window.addEventListener("pagehide", () => {
  for (const stream of streams.values()) stream.close();
  streams.clear();
});
