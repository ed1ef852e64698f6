/* Combobox: <select data-combobox> becomes a field where one types some letters and picks (ARIA 1.2 combobox with a
   listbox). The select stays in the form and holds the value, in the order chosen; without this script it is used
   as it is. Without data-url its own options are searched; with data-url htmx loads <li role="option" data-value
   data-label> items from `url?q=letters` (data-include="#id" sends more fields along). */

const texts = document.getElementById("texts")?.dataset ?? {};
const PAUSE = 120; // milliseconds of rest before the letters are sent
const seen = new WeakSet();
let counter = 0;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function say(text) {
  document.dispatchEvent(new CustomEvent("klubbslag:say", { detail: text }));
}

/** Letters only, so that "oberg" finds "Öberg". */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** A party's letters find its group first, then those of the party; the rest stays in its order. */
function rank(option, typed) {
  const party = plain(option.text).match(/\(([^)]+)\)\s*$/)?.[1];
  if (!typed || party !== typed) return 2;
  return option.closest("optgroup") ? 0 : 1;
}

class Combobox {
  constructor(select) {
    this.select = select;
    this.isMultiple = select.multiple;
    this.active = null;
    this.build();
    this.listen();
    this.showChosen();
  }

  build() {
    const { select } = this;
    const id = select.id || `combobox-${++counter}`;
    select.id = `${id}-native`;
    this.input = element("input", {
      id, type: "text", role: "combobox", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`, "hx-sync": "this:replace",
    });
    for (const name of ["aria-describedby", "aria-invalid", "aria-label", "data-key", "data-key-label", "placeholder"]) {
      if (select.hasAttribute(name)) this.input.setAttribute(name, select.getAttribute(name));
      if (name.startsWith("data-")) select.removeAttribute(name);
    }
    if (select.autofocus) this.input.autofocus = true;
    this.list = element("ul", { id: `${id}-list`, role: "listbox", class: "combobox-list" });
    this.list.setAttribute("aria-label", document.querySelector(`label[for="${id}"]`)?.textContent.trim() ?? texts.suggestions);
    this.list.hidden = true;
    this.chosen = element("ul", { class: "combobox-chosen" });
    this.box = element("div", { class: "combobox" }, this.chosen, this.input, this.list);
    select.required = false;
    select.hidden = true;
    select.before(this.box);
    if (select.autofocus) this.input.focus();
  }

  listen() {
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.leave());
    this.input.addEventListener("click", () => this.isMultiple || this.input.select());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // focus stays in the field
    this.list.addEventListener("click", (event) => this.pick(event.target.closest("[role=option]")));
    this.chosen.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.unpick(button.value);
    });
    this.select.form?.addEventListener("reset", () => setTimeout(() => this.showChosen()));
  }

  get selected() {
    return [...this.select.selectedOptions].filter((option) => option.value !== "");
  }

  /* --- Finding --- */
  search() {
    clearTimeout(this.timer);
    if (this.select.dataset.url) this.timer = setTimeout(() => this.load(), PAUSE);
    else this.filter();
  }

  load() {
    const values = { q: this.input.value };
    const include = this.select.dataset.include;
    for (const field of include ? document.querySelectorAll(include) : []) values[field.name] = field.value;
    window.htmx
      .ajax("GET", this.select.dataset.url, { source: this.input, target: this.list, swap: "innerHTML", values })
      .then(() => this.open(), () => this.close());
  }

  filter() {
    const typed = plain(this.input.value).trim();
    const words = typed.split(/\s+/).filter(Boolean);
    const found = [...this.select.options]
      .filter((option) => option.value && words.every((word) => plain(option.text).includes(word)))
      .sort((one, other) => rank(one, typed) - rank(other, typed));
    this.list.replaceChildren(
      ...found.map((option) =>
        element("li", { role: "option", "data-value": option.value, "data-label": option.text.trim() }, option.text),
      ),
    );
    this.open();
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  open() {
    if (document.activeElement !== this.input) return;
    const chosen = new Set(this.isMultiple ? this.selected.map((option) => option.value) : []);
    for (const option of this.options) if (chosen.has(option.dataset.value)) option.remove();
    const { options } = this;
    options.forEach((option, index) => {
      option.id = `${this.list.id}-${index}`;
      option.setAttribute("aria-selected", "false");
    });
    if (!options.length) {
      this.list.replaceChildren(element("li", { class: "is-nothing", role: "option", "aria-disabled": "true" }, texts.noMatch));
    }
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.activate(this.input.value && options.length ? options[0] : null);
    say(options.length ? `${options.length} ${texts.matches}` : texts.noMatch);
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.list.replaceChildren();
    this.input.setAttribute("aria-expanded", "false");
    this.activate(null);
  }

  activate(option) {
    this.active?.classList.remove("is-active");
    this.active?.setAttribute("aria-selected", "false");
    this.active = option;
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.classList.add("is-active");
    option.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  move(step) {
    const options = this.options.filter((option) => !option.hasAttribute("aria-disabled"));
    if (!options.length) return;
    const index = options.indexOf(this.active);
    const next = index === -1 ? (step > 0 ? 0 : options.length - 1) : (index + step + options.length) % options.length;
    this.activate(options[next]);
  }

  /* --- Keys --- */
  onKey(event) {
    const isOpen = !this.list.hidden;
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) this.move(event.key === "ArrowDown" ? 1 : -1);
      else if (this.select.dataset.url) this.load();
      else this.filter();
    } else if (event.key === "Enter" && (isOpen || (this.isMultiple && this.input.value))) {
      event.preventDefault();
      this.pick(this.active);
    } else if (event.key === "Tab" && isOpen && this.active && !event.shiftKey) {
      this.pick(this.active);
    } else if (event.key === "Escape" && (isOpen || this.input.value)) {
      event.preventDefault();
      event.stopPropagation();
      if (isOpen) this.close();
      else this.leave();
    } else if (event.key === "Backspace" && this.isMultiple && this.input.value === "") {
      const last = this.selected.at(-1);
      if (last) this.unpick(last.value);
    }
  }

  /** Letters that were never picked choose nothing, so they do not stay. An emptied field chooses nothing either. */
  leave() {
    this.close();
    if (!this.isMultiple && this.input.value === "" && this.selected.length) this.unpick(this.selected[0].value);
    else this.showChosen();
  }

  /* --- Choosing --- */
  pick(item) {
    if (!item || item.hasAttribute("aria-disabled")) return;
    const { value, label } = item.dataset;
    const known = [...this.select.options].find((option) => option.value === value);
    const option = known ?? new Option(label, value);
    if (!this.isMultiple) this.select.value = "";
    option.text = label;
    this.select.append(option); // the order chosen is the order sent
    option.selected = true;
    this.input.value = "";
    this.close();
    this.changed(`${label}, ${texts.chosen}`);
  }

  unpick(value) {
    const option = this.selected.find((candidate) => candidate.value === value);
    if (!option) return;
    option.selected = false;
    if (!this.isMultiple) this.select.value = "";
    this.changed(`${option.text}, ${texts.removed}`);
    if (document.activeElement !== this.input && this.isMultiple) this.input.focus();
  }

  changed(text) {
    this.showChosen();
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
    say(text);
  }

  showChosen() {
    if (!this.isMultiple) {
      this.input.value = this.selected[0]?.text.trim() ?? "";
      return;
    }
    this.input.value = "";
    this.chosen.replaceChildren(
      ...this.selected.map((option) => {
        const label = option.text.trim();
        const remove = element("button", {
          type: "button", class: "button bare icon", "data-sign": "close", value: option.value,
          "aria-label": `${texts.remove} ${label}`,
        });
        return element("li", { class: "chip" }, label, remove);
      }),
    );
  }
}

function enhance(root) {
  for (const select of root.querySelectorAll("select[data-combobox]")) {
    if (seen.has(select)) continue;
    seen.add(select);
    new Combobox(select);
  }
}

enhance(document);
document.addEventListener("htmx:load", (event) => enhance(event.detail.elt.parentNode ?? document));
