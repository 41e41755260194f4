// Makes elements. Text from people and files enters as text nodes only, and links lead to http or https only.
const SVG_SPACE = "http://www.w3.org/2000/svg";
const TAKES_KEYS = new Set(["input", "select", "textarea", "button", "summary"]);

/** Set attributes, classes and listeners of an element. */
function dress(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.setAttribute("class", value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  return node;
}

/** Make an element of the page with attributes and contents; contents that are no nodes become text. */
function make(tag, attributes = {}, ...contents) {
  const node = dress(document.createElement(tag), attributes);
  // JupyterLab takes arrow keys of whatever does not carry this mark itself.
  if (TAKES_KEYS.has(tag)) node.setAttribute("data-lm-suppress-shortcuts", "true");
  node.append(...contents.filter((one) => one !== null && one !== undefined && one !== false));
  return node;
}

/** Make an element of a drawing. */
function draw(tag, attributes = {}, text = null) {
  const node = dress(document.createElementNS(SVG_SPACE, tag), attributes);
  if (text !== null) node.textContent = text;
  return node;
}

/** Make a button that does something. */
function button(text, act, attributes = {}) {
  return make("button", { type: "button", onclick: act, ...attributes }, text);
}

/** Make a link where the address is http or https, else plain text. */
function link(text, address) {
  let parsed = null;
  try {
    parsed = new URL(address);
  } catch {
    return make("span", {}, text);
  }
  if (!["http:", "https:"].includes(parsed.protocol)) return make("span", {}, text);
  return make("a", { href: parsed.href, rel: "noopener noreferrer", target: "_blank" }, text);
}

/** Write a text only where it differs, so that nothing is painted or read out again. */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Fill a list with texts and keep what is there where nothing changed. */
function fillList(list, texts, className = null) {
  const same = list.children.length === texts.length && texts.every((text, k) => list.children[k].textContent === text);
  if (!same) list.replaceChildren(...texts.map((text) => make("li", className ? { class: className } : {}, text)));
}

/** Hand a text to the person as a file of their own. */
function download(name, text, type = "text/csv") {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const anchor = make("a", { href: address, download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

let counted = 0;
/** Return a name that no other element of the page bears. */
function freshId(stem) {
  counted += 1;
  return `mixedmig-${stem}-${counted}`;
}
