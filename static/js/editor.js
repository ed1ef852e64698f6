/* Editor: <div data-rich-text="address of the editor's module"> with a toolbar and a text box becomes an editor. What
   it makes is what motions.texts.clean lets through, and nothing else; what is pasted (from Word, too) is brought to
   that first. The text box stays in the form and holds the HTML. `klubbslag:set` on it puts another text in.
   Without this script, or where the module cannot be fetched, the text box is used as it is. */

const seen = new WeakSet();
const LINKS = /^(https?:|mailto:)/i;

/* --- What has been pasted --- */

/** HTML as a tree of its own, in which nothing acts. The browser would report styles and handlers as breaches of the
    content security policy even there, so they are made plain data first. */
function parse(html) {
  const quiet = html
    .replace(/<(style|script)\b.*?<\/\1\s*>/gis, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, " data-$1="));
  return new DOMParser().parseFromString(quiet, "text/html").body;
}

function styleOf(element) {
  const declared = (element.dataset.style ?? "").split(";").map((part) => part.split(/:(.*)/s, 2));
  return Object.fromEntries(declared.map(([name, value]) => [name.trim().toLowerCase(), (value ?? "").trim()]));
}

function rename(element, name) {
  const made = element.ownerDocument.createElement(name);
  for (const { name: key, value } of element.attributes) made.setAttribute(key, value);
  made.append(...element.childNodes);
  element.replaceWith(made);
  return made;
}

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

function wrapInside(element, name) {
  const made = element.ownerDocument.createElement(name);
  made.append(...element.childNodes);
  element.append(made);
}

/** What nobody reads: deleted words of tracked changes, hidden text, comments, Word's own marks. */
function dropUnread(body) {
  for (const element of body.querySelectorAll("del, script, style, meta, link, title, template, .msocomoff, .msocomtxt")) element.remove();
  for (const element of body.querySelectorAll("[data-style]")) {
    const style = styleOf(element);
    const isHidden = style.display === "none" || style["mso-hide"] === "all";
    if (isHidden || style["mso-element"] === "comment-list" || style["mso-special-character"] === "comment") element.remove();
  }
}

/** Emphasis that is only a style becomes an element, and an element whose style takes it back becomes none. */
function readEmphasis(body) {
  for (const element of body.querySelectorAll("[data-style]")) {
    const { "font-weight": weight, "font-style": slant } = styleOf(element);
    const isBold = /^(bold|bolder|[6-9]00)$/.test(weight ?? "");
    const isItalic = /^(italic|oblique)/.test(slant ?? "");
    if (element.matches("b, strong") && weight && !isBold) unwrap(element);
    else if (element.matches("i, em") && slant && !isItalic) unwrap(element);
    else if (element.matches("span, font, p, li, td")) {
      if (isBold) wrapInside(element, "strong");
      if (isItalic) wrapInside(element, "em");
    }
  }
}

/** The largest heading of what was pasted becomes a heading, every smaller one a subheading. */
function levelHeadings(body) {
  for (const title of body.querySelectorAll("p.MsoTitle")) rename(title, "h1");
  for (const title of body.querySelectorAll("p.MsoSubtitle")) rename(title, "h2");
  const headings = [...body.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const largest = Math.min(...headings.map((heading) => Number(heading.tagName[1])));
  for (const heading of headings) rename(heading, Number(heading.tagName[1]) === largest ? "h3" : "h4");
}

/** Word writes a list as paragraphs whose style tells list and level, with the sign before the text as text. */
function buildLists(body) {
  let open = []; // from the outermost list in: {list, id, tag}
  let last = null;
  for (const paragraph of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
    const told = /\bl(\d+)\s+level(\d+)/.exec(styleOf(paragraph)["mso-list"] ?? "");
    if (!told) {
      const goesOn = last && paragraph.previousElementSibling === open[0]?.list && /^MsoListParagraph/.test(paragraph.className);
      if (goesOn) last.append(paragraph);
      else open = [];
      continue;
    }
    const sign = [...paragraph.querySelectorAll("[data-style]")].find((part) => /^ignore$/i.test(styleOf(part)["mso-list"] ?? ""));
    const tag = /^\(?[\p{L}\p{N}]+([.)]|\.\d)/u.test(sign?.textContent.trim() ?? "") ? "ol" : "ul";
    sign?.remove();
    const level = Number(told[2]);
    if (paragraph.previousElementSibling !== open[0]?.list) open = [];
    open.length = Math.min(open.length, level);
    const isOther = open.length === level && (open[level - 1].id !== told[1] || open[level - 1].tag !== tag);
    if (isOther) open.length = level - 1;
    while (open.length < level) {
      const list = body.ownerDocument.createElement(open.length === level - 1 ? tag : "ul");
      if (open.length) (open.at(-1).list.lastElementChild ?? open.at(-1).list.appendChild(body.ownerDocument.createElement("li"))).append(list);
      else paragraph.before(list);
      open.push({ list, id: told[1], tag });
    }
    last = body.ownerDocument.createElement("li");
    open.at(-1).list.append(last);
    last.append(paragraph);
    if (paragraph.tagName !== "P") rename(paragraph, "p");
  }
}

function tidyTables(body) {
  for (const cell of body.querySelectorAll("thead td")) rename(cell, "th");
  for (const caption of body.querySelectorAll("caption")) caption.closest("table").before(rename(caption, "p"));
}

function dropEmptyParagraphs(body) {
  for (const element of body.querySelectorAll("o\\:p")) unwrap(element);
  for (const paragraph of body.querySelectorAll("p, h3, h4")) {
    if (!paragraph.textContent.replace(/\s/g, "")) paragraph.remove(); // \s knows the no-break space, too
  }
}

/** The pasted HTML as the editor's own elements; what it copied itself comes back as it was. */
function cleanPasted(html) {
  if (html.includes("data-pm-slice")) return html;
  const body = parse(html);
  dropUnread(body);
  buildLists(body);
  readEmphasis(body);
  levelHeadings(body);
  tidyTables(body);
  dropEmptyParagraphs(body);
  for (const element of body.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) {
      if (!["href", "colspan", "rowspan", "start"].includes(name)) element.removeAttribute(name);
    }
  }
  return body.innerHTML;
}

/* --- What the editor knows --- */

function extensions(kit) {
  const only = (...names) => function attributes() {
    const inherited = this.parent?.() ?? {};
    return Object.fromEntries(names.filter((name) => inherited[name]).map((name) => [name, inherited[name]]));
  };
  return [
    kit.Document, kit.Text, kit.Paragraph, kit.HardBreak, kit.Blockquote, kit.History, kit.Gapcursor,
    kit.Bold, kit.Italic, kit.Subscript, kit.Superscript,
    kit.Link.extend({ addAttributes: only("href"), addKeyboardShortcuts: () => ({}), addPasteRules: () => [] }).configure({
      autolink: false, openOnClick: false, isAllowedUri: (address) => LINKS.test(address ?? ""),
    }),
    kit.Heading.extend({
      parseHTML: () => [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: level > 3 ? 4 : 3 } })),
    }).configure({ levels: [3, 4] }),
    kit.BulletList,
    kit.OrderedList.extend({ addAttributes: only("start"), addNodeView: null }).configure({ enableListAttributes: false }),
    kit.ListItem.extend({ addKeyboardShortcuts: listKeys }),
    kit.Table.extend({ addKeyboardShortcuts: tableKeys }), kit.TableRow,
    kit.TableHeader.extend({ addAttributes: only("colspan", "rowspan") }),
    kit.TableCell.extend({ addAttributes: only("colspan", "rowspan") }),
  ];
}

/** Tab indents a point under the one above; where that cannot be it leaves the editor, so that nobody is caught. */
function listKeys() {
  const { editor, name } = this;
  const isNested = () => {
    const { $from } = editor.state.selection;
    return [...Array($from.depth)].filter((_, depth) => $from.node(depth).type.name === name).length > 1;
  };
  return {
    Enter: () => editor.commands.splitListItem(name),
    Tab: () => editor.commands.sinkListItem(name),
    "Shift-Tab": () => isNested() && editor.commands.liftListItem(name),
  };
}

/** Tab goes from cell to cell and, after the last, out of the editor. */
function tableKeys() {
  const { editor } = this;
  return { Tab: () => editor.commands.goToNextCell(), "Shift-Tab": () => editor.commands.goToPreviousCell() };
}

/** Rows and cells of headers as a reader of tables wants them: the first row in <thead>, each header with its scope. */
function tellHeaders(table) {
  const rows = [...table.rows];
  const isHead = rows.length > 1 && [...rows[0].cells].every((cell) => cell.tagName === "TH");
  if (isHead) table.createTHead().append(rows[0]);
  for (const header of table.querySelectorAll("th")) header.scope = header.closest("thead") || header.parentElement === rows[0] ? "col" : "row";
}

/** What is stored: a point or cell of one paragraph holds its words directly; no empty lines at the end. */
function toHtml(editor) {
  const { body } = new DOMParser().parseFromString(editor.getHTML(), "text/html");
  for (const paragraph of body.querySelectorAll(":is(li, td, th) > p:first-child")) {
    const isAlone = [...paragraph.parentElement.children].every((child) => child === paragraph || child.matches("ul, ol"));
    if (isAlone) unwrap(paragraph);
  }
  for (const table of body.querySelectorAll("table")) tellHeaders(table);
  while (body.lastElementChild?.matches("p") && !body.lastElementChild.childNodes.length) body.lastElementChild.remove();
  return body.innerHTML;
}

/* --- One editor --- */

class RichText {
  constructor(box, kit) {
    this.box = box;
    this.bar = box.querySelector(".editor-bar");
    this.panel = box.querySelector("[data-link]");
    this.source = box.querySelector("textarea");
    this.build(kit);
    this.listen();
    this.show();
    this.box.classList.add("is-ready");
    if (this.source.autofocus) this.editor.commands.focus("end");
  }

  build(kit) {
    const { source } = this;
    const { id } = source;
    const place = document.createElement("div");
    source.before(place);
    source.hidden = true;
    source.id = `${id}-html`; // links to the field lead to what is seen
    const isEditable = !source.disabled && !source.readOnly;
    this.editor = new kit.Editor({
      element: place,
      content: parse(source.value).innerHTML,
      editable: isEditable,
      extensions: extensions(kit),
      injectCSS: false, // it stands in editor.css: no style is put into the page
      enableInputRules: ["bulletList"],
      enablePasteRules: false,
      editorProps: {
        attributes: this.names(id),
        transformPastedHTML: cleanPasted,
        handleKeyDown: (_view, event) => this.onKey(event),
      },
      onUpdate: () => {
        source.value = toHtml(this.editor);
        source.dispatchEvent(new Event("input", { bubbles: true }));
      },
      onTransaction: () => this.show(),
    });
    this.bar.hidden = !isEditable;
    this.bar.setAttribute("aria-controls", id);
  }

  /** The name, the help and the errors of the text box are the editor's. */
  names(id) {
    const { source } = this;
    const found = { id, class: "editor-text", role: "textbox", "aria-multiline": "true" };
    for (const name of ["aria-describedby", "aria-invalid", "aria-label", "aria-labelledby", "data-key", "data-key-label"]) {
      if (source.hasAttribute(name)) found[name] = source.getAttribute(name);
    }
    this.label = document.querySelector(`label[for="${CSS.escape(id)}"]`);
    if (this.label && !found["aria-label"] && !found["aria-labelledby"]) {
      this.label.id ||= `${id}-label`;
      found["aria-labelledby"] = this.label.id;
    }
    source.removeAttribute("data-key");
    return found;
  }

  listen() {
    const { bar, panel, source } = this;
    this.label?.addEventListener("click", () => this.editor.commands.focus());
    source.addEventListener("klubbslag:set", (event) => this.editor.commands.setContent(parse(event.detail).innerHTML, { emitUpdate: true }));
    source.form?.addEventListener("reset", () => setTimeout(() => this.editor.commands.setContent(parse(source.value).innerHTML)));
    bar.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
    bar.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button && button.getAttribute("aria-disabled") !== "true") this.act(button.dataset.act);
    });
    bar.addEventListener("keydown", (event) => this.onBarKey(event));
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.closeLink();
      else if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
      else this.setLink();
      event.preventDefault();
      event.stopPropagation();
    });
    panel.querySelector("[data-link-set]").addEventListener("click", () => this.setLink());
    panel.querySelector("[data-link-close]").addEventListener("click", () => this.closeLink());
    panel.querySelector("[data-link-unset]").addEventListener("click", () => {
      this.editor.chain().extendMarkRange("link").unsetLink().run();
      this.closeLink();
    });
    panel.addEventListener("input", (event) => event.stopPropagation()); // an address half typed is no text yet
  }

  /** Commands, with the cursor back in the text at once: Tiptap's own `focus` waits a frame, and a key would be lost. */
  get chain() {
    this.editor.view.focus();
    return this.editor.chain();
  }

  act(name) {
    const acts = {
      bold: () => this.chain.toggleBold().run(),
      italic: () => this.chain.toggleItalic().run(),
      link: () => (this.panel.hidden ? this.openLink() : this.closeLink()),
      heading: () => this.chain.toggleHeading({ level: 3 }).run(),
      subheading: () => this.chain.toggleHeading({ level: 4 }).run(),
      bullets: () => this.chain.toggleBulletList().run(),
      numbers: () => this.chain.toggleOrderedList().run(),
      table: () => this.chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
      undo: () => this.chain.undo().run(),
      redo: () => this.chain.redo().run(),
      row: () => this.chain.addRowAfter().run(),
      column: () => this.chain.addColumnAfter().run(),
      header: () => this.chain.toggleHeaderRow().run(),
      "no-row": () => this.chain.deleteRow().run(),
      "no-column": () => this.chain.deleteColumn().run(),
      "no-table": () => this.chain.deleteTable().run(),
    };
    acts[name]?.();
  }

  /** The bar tells what holds where the cursor stands. */
  show() {
    const { editor } = this;
    if (!editor) return;
    const holds = {
      bold: editor.isActive("bold"), italic: editor.isActive("italic"), link: editor.isActive("link"),
      heading: editor.isActive("heading", { level: 3 }), subheading: editor.isActive("heading", { level: 4 }),
      bullets: editor.isActive("bulletList"), numbers: editor.isActive("orderedList"),
    };
    for (const [name, on] of Object.entries(holds)) this.button(name).setAttribute("aria-pressed", String(on));
    for (const name of ["undo", "redo"]) this.button(name).setAttribute("aria-disabled", String(!editor.can()[name]()));
    const isInTable = editor.isActive("table");
    this.button("table").setAttribute("aria-disabled", String(isInTable));
    this.bar.querySelector("[data-only-in=table]").hidden = !isInTable;
    this.keepOneStop();
  }

  button(name) {
    return this.bar.querySelector(`[data-act="${name}"]`);
  }

  /* --- Keys: the bar is one stop of Tab, inside it the arrows move (ARIA toolbar); Alt+F10 leads there --- */
  get stops() {
    return [...this.bar.querySelectorAll("button")].filter((button) => !button.closest("[hidden]"));
  }

  keepOneStop(chosen = null) {
    const { stops } = this;
    const current = chosen ?? stops.find((button) => button.tabIndex === 0 && button.hasAttribute("tabindex")) ?? stops[0];
    for (const button of this.bar.querySelectorAll("button")) button.tabIndex = button === current ? 0 : -1;
  }

  onBarKey(event) {
    const { stops } = this;
    const index = stops.indexOf(event.target);
    const next = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: stops.length - 1 }[event.key];
    if (event.key === "Escape") this.editor.view.focus();
    else if (next === undefined) return;
    else {
      const button = stops[(next + stops.length) % stops.length];
      this.keepOneStop(button);
      button.focus();
    }
    event.preventDefault();
  }

  onKey(event) {
    if (event.altKey && event.key === "F10") stopAnd(() => this.stops.find((button) => button.tabIndex === 0)?.focus());
    else if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") stopAnd(() => this.openLink());
    else return false;
    return true;

    function stopAnd(act) {
      event.preventDefault();
      act();
    }
  }

  /* --- Links --- */
  openLink() {
    const address = this.editor.getAttributes("link").href;
    const input = this.panel.querySelector("input");
    input.value = address ?? "";
    this.panel.querySelector("[data-link-unset]").hidden = !address;
    this.showLink(true);
    this.tellLinkError("");
    input.focus();
    input.select();
  }

  closeLink() {
    this.showLink(false);
    this.editor.view.focus();
  }

  showLink(on) {
    this.panel.hidden = !on;
    this.button("link").setAttribute("aria-expanded", String(on));
  }

  tellLinkError(text) {
    this.panel.querySelector("[data-link-error]").textContent = text;
    this.panel.querySelector("input").setAttribute("aria-invalid", String(Boolean(text)));
  }

  setLink() {
    const href = addressOf(this.panel.querySelector("input").value);
    if (!href) {
      this.tellLinkError(this.panel.querySelector("[data-link-error]").dataset.text);
      return;
    }
    const { selection } = this.editor.state;
    if (selection.empty && !this.editor.isActive("link")) {
      const text = href.replace(/^mailto:/, "");
      this.editor.commands.insertContent({ type: "text", text, marks: [{ type: "link", attrs: { href } }] });
    } else {
      this.editor.chain().extendMarkRange("link").setLink({ href }).run();
    }
    this.closeLink();
  }
}

/** A typed address in full ("region.example" gets https://, "a@b.example" mailto:), '' where it is none. */
function addressOf(typed) {
  const text = typed.trim();
  if (!text || /\s/.test(text)) return "";
  const full = /^[a-z][a-z0-9+-]*:/i.test(text) ? text : `${/^[^/]+@[^/]+$/.test(text) ? "mailto:" : "https://"}${text}`;
  return LINKS.test(full) && URL.canParse(full) ? full : "";
}

async function enhance(root) {
  for (const box of root.querySelectorAll("[data-rich-text]")) {
    if (seen.has(box)) continue;
    seen.add(box);
    try {
      new RichText(box, await import(box.dataset.richText));
    } catch (error) {
      box.classList.add("is-plain"); // the text box serves
      console.error(error);
    }
  }
}

enhance(document);
document.addEventListener("htmx:load", (event) => enhance(event.detail.elt.parentNode ?? document));
