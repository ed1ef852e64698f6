/* Reorder: a list whose rows are moved by dragging, by their buttons or with Alt + arrow up/down, added and removed.
     <ol data-reorder data-row-name="att-sats" id="clauses"> <li data-row data-id="7"> …
       [data-handle]                what one drags
       button[data-move="up|down"], button[data-remove]
       input[data-position]         gets 1, 2, 3 …; input[name$=-DELETE] is ticked instead of taking the row away
     button[data-add="#clauses"] clones <template data-row-template="clauses">, with __prefix__ as in a Django formset.
   data-post="address" on the list sends `order=<data-id>` of every row through htmx after each move, and puts the
   answer into data-target (nowhere without it). The buttons are submit buttons with names and values of their own:
   without this script they post the form, and the server moves the row. */

const EDGE = 48; // pixels from the window's edge where dragging scrolls the page
const texts = document.getElementById("texts")?.dataset ?? {};

function say(text) {
  document.dispatchEvent(new CustomEvent("klubbslag:say", { detail: text }));
}

function rowsOf(list) {
  return [...list.querySelectorAll(":scope > [data-row]:not([hidden])")];
}

function nameOf(list) {
  return list.dataset.rowName ?? texts.row;
}

function number(list) {
  rowsOf(list).forEach((row, index) => {
    for (const input of row.querySelectorAll("[data-position]")) input.value = index + 1;
  });
}

/** Write down the order, tell the form, and the server where it wants to know at once. */
function settle(list, before) {
  number(list);
  list.dispatchEvent(new Event("change", { bubbles: true }));
  if (list.dataset.post) post(list, before);
}

/** Send the order; what the server refuses, or never got, goes back to how it was. */
function post(list, before) {
  const order = rowsOf(list).map((row) => row.dataset.id);
  const target = list.dataset.target;
  const answered = (event) => {
    if (event.detail.successful) return;
    list.append(...before);
    number(list);
  };
  list.addEventListener("htmx:afterRequest", answered, { once: true });
  window.htmx
    .ajax("POST", list.dataset.post, {
      source: list, values: { order }, target: target ?? list, swap: target ? "outerHTML" : "none",
    })
    .catch(() => {}); // focus.js has told it
}

function sayPlace(list, row) {
  const rows = rowsOf(list);
  say(`${nameOf(list)}: ${texts.place} ${rows.indexOf(row) + 1} ${texts.of} ${rows.length}`);
}

function move(list, row, step) {
  const rows = rowsOf(list);
  const other = rows[rows.indexOf(row) + step];
  if (!other) return sayPlace(list, row);
  const focused = document.activeElement;
  if (step < 0) other.before(row);
  else other.after(row);
  if (row.contains(focused)) focused.focus();
  settle(list, rows);
  sayPlace(list, row);
}

function remove(list, row) {
  const rows = rowsOf(list);
  const index = rows.indexOf(row);
  const mark = row.querySelector("input[name$='-DELETE']");
  if (mark) {
    mark.type === "checkbox" ? (mark.checked = true) : (mark.value = "on");
    row.hidden = true;
  } else {
    row.remove();
  }
  settle(list, rows);
  const next = rowsOf(list)[Math.min(index, rows.length - 2)];
  (firstField(next) ?? document.querySelector(`[data-add="#${list.id}"]`))?.focus();
  say(`${nameOf(list)} ${index + 1}, ${texts.removed}`);
}

function firstField(row) {
  return row?.querySelector("textarea, input:not([type=hidden], [type=checkbox]), select:not([hidden]), button");
}

function add(list) {
  const template = document.querySelector(`template[data-row-template="${list.id}"]`);
  const total = list.closest("form")?.querySelector(`input[name$="-TOTAL_FORMS"]${list.dataset.prefix ? `[name^="${list.dataset.prefix}-"]` : ""}`);
  const index = total ? Number(total.value) : rowsOf(list).length;
  const holder = document.createElement("template");
  holder.innerHTML = template.innerHTML.replaceAll("__prefix__", index);
  const row = holder.content.querySelector("[data-row]");
  const before = rowsOf(list);
  list.append(row);
  if (total) total.value = index + 1;
  window.htmx?.process(row);
  settle(list, before);
  firstField(row)?.focus();
  say(`${nameOf(list)} ${rowsOf(list).length}, ${texts.added}`);
}

/* --- Buttons and keys --- */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move], [data-remove], [data-add]");
  if (!button) return;
  const list = button.dataset.add ? document.querySelector(button.dataset.add) : button.closest("[data-reorder]");
  const row = button.closest("[data-row]");
  if (!list || (!row && !button.dataset.add)) return;
  if (button.dataset.add && !document.querySelector(`template[data-row-template="${list.id}"]`)) return;
  event.preventDefault();
  if (button.dataset.add) add(list);
  else if (button.dataset.move) move(list, row, button.dataset.move === "up" ? -1 : 1);
  else remove(list, row);
});

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const list = event.target.closest?.("[data-reorder]");
  const row = event.target.closest?.("[data-row]");
  if (!list || !row) return;
  event.preventDefault();
  move(list, row, event.key === "ArrowUp" ? -1 : 1);
});

/* --- Dragging --- */
document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.("[data-handle]");
  const list = handle?.closest("[data-reorder]");
  const row = handle?.closest("[data-row]");
  if (!list || !row || event.button !== 0) return;
  event.preventDefault();
  drag(list, row, event.pointerId);
});

/* Listens on the document: a row that changes its place loses what it has captured. */
function drag(list, row, pointerId) {
  const before = rowsOf(list);
  row.classList.add("is-moving");

  const follow = (event) => {
    if (event.pointerId !== pointerId) return;
    const edge = EDGE - Math.min(event.clientY, window.innerHeight - event.clientY);
    if (edge > 0) window.scrollBy(0, event.clientY < EDGE ? -edge : edge);
    const others = rowsOf(list).filter((other) => other !== row);
    const next = others.find((other) => {
      const box = other.getBoundingClientRect();
      return event.clientY < box.top + box.height / 2;
    });
    if (next) {
      if (row.nextElementSibling !== next) next.before(row);
    } else if (others.length) {
      if (others.at(-1).nextElementSibling !== row) others.at(-1).after(row);
    }
  };
  const drop = (event) => {
    if (event.pointerId !== pointerId) return;
    document.removeEventListener("pointermove", follow);
    document.removeEventListener("pointerup", drop);
    document.removeEventListener("pointercancel", drop);
    row.classList.remove("is-moving");
    if (rowsOf(list).indexOf(row) === before.indexOf(row)) return;
    settle(list, before);
    sayPlace(list, row);
  };
  document.addEventListener("pointermove", follow);
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", drop);
}
