/* Checking a file without sending it: the browser counts its SHA-256 and reads the code inside, and asks the register
   about these two. <form data-check-file> also takes a file that is dropped anywhere on it. Where the browser cannot
   count (no HTTPS) the button goes away, and the file is sent as it is without any script. */

const PDF = "%PDF-";
const IDENTIFIER = /identifier>(?:\s*<[^<>]{1,60}>){0,3}\s*[^<>]{0,300}?([0-9A-Z]{4}-[0-9A-Z]{4})\/?\s*</;

function hex(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What is wrong with the file, in the form's own words; "" for a PDF of a size that is taken. */
function fault(form, file, start) {
  if (!file) return form.dataset.none;
  if (!file.size) return form.dataset.empty;
  if (file.size > Number(form.dataset.most)) return form.dataset.large;
  return start.includes(PDF) ? "" : form.dataset.notPdf;
}

function textOf(buffer) {
  return new TextDecoder("latin1").decode(buffer);
}

async function check(form, input) {
  const [file] = input.files;
  const start = file ? textOf(await file.slice(0, 1024).arrayBuffer()) : "";
  const wrong = fault(form, file, start);
  input.setCustomValidity(wrong);
  if (wrong) {
    input.reportValidity();
    return;
  }
  const content = await file.arrayBuffer();
  const question = new URLSearchParams({ sha256: hex(await crypto.subtle.digest("SHA-256", content)) });
  const code = textOf(content).match(IDENTIFIER);
  if (code) question.set("kod", code[1]);
  location.assign(`${form.action}?${question}`);
}

for (const form of document.querySelectorAll("[data-check-file]")) {
  const input = form.querySelector("input[type=file]");
  const button = form.querySelector("[data-check-here]");
  if (!globalThis.crypto?.subtle) {
    button.hidden = true;
    form.querySelector("[data-check-word]").hidden = true;
  }
  button.addEventListener("click", () => check(form, input));
  input.addEventListener("change", () => input.setCustomValidity(""));
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    input.setCustomValidity("");
    button.focus();
  });
}
