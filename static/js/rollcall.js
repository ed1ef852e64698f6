/* Roll call: in a row N notes present, F absent, and the focus goes on to the next row; Enter goes on unchanged.
   Without this the rows are ordinary radio buttons of one form. Switched off with the other keys (keys.js). */

const form = document.querySelector("[data-rollcall]");
const rows = [...(form?.querySelectorAll("[data-call]") ?? [])];
const count = form?.querySelector("[data-call-count]");
const few = form?.querySelector("[data-call-few]");

function show() {
  const here = rows.filter((row) => row.matches("[data-seated]") && row.querySelector("[value=n]").checked).length;
  count.value = here;
  few.hidden = here >= Number(form.dataset.quorum);
}

/** Put the focus on the answer of the row after this one, or on the button that saves. */
function goOn(row) {
  const next = rows[rows.indexOf(row) + 1];
  const target = next?.querySelector("input:checked") ?? next?.querySelector("input");
  (target ?? form.querySelector("button[type=submit]")).focus();
  next?.scrollIntoView({ block: "nearest" });
}

form?.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-call]");
  if (!row || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const key = event.key.toLowerCase();
  const isLetter = key === "n" || key === "f";
  if (isLetter && document.documentElement.hasAttribute("data-keys-off")) return;
  if (!isLetter && key !== "enter") return;
  event.preventDefault();
  if (event.repeat) return;
  if (isLetter) {
    const answer = row.querySelector(`[value=${key}]`);
    if (!answer.checked) {
      answer.checked = true;
      answer.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
  goOn(row);
});
form?.addEventListener("change", show);
if (form) show();
