/* Ballots: in [data-ballots] each fieldset is somebody's vote. J, N, A and F choose and go on to the next one; after
   the last the focus goes to the element that data-ballots names. The keys act on a focused choice only, and each is
   an ordinary radio button, so the arrow keys and the page without scripts do as well. */

const VOTES = { j: "yes", n: "no", a: "abstain", f: "absent" };

function choose(event) {
  const radio = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || !radio.matches?.("[data-ballots] input[type=radio]")) return;
  const row = radio.closest("fieldset");
  const chosen = row.querySelector(`input[value="${VOTES[event.key.toLowerCase()]}"]`);
  if (!chosen) return;
  event.preventDefault();
  event.stopPropagation();
  chosen.checked = true;
  chosen.dispatchEvent(new Event("change", { bubbles: true }));
  goOn(row);
}

function goOn(row) {
  const list = row.closest("[data-ballots]");
  const rows = [...list.querySelectorAll("fieldset")];
  const next = rows[rows.indexOf(row) + 1];
  (next ? choiceIn(next) : document.getElementById(list.dataset.ballots))?.focus();
}

/** Where one enters a row: at the choice made, else at the first one. */
function choiceIn(row) {
  return row.querySelector("input:checked") ?? row.querySelector("input");
}

document.addEventListener("keydown", choose, { capture: true });

const first = document.querySelector("[data-ballots] fieldset");
if (first && !document.querySelector("[data-focus]")) choiceIn(first).focus();
