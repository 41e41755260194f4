// What is done with a setting: save, open, copy, share, report. One form or answer at a time opens in a tray.

const MOST_BYTES = 100000;

/** Make the tray. */
function makeTray() {
  const node = make("section", { class: "mm-tray", hidden: true, tabindex: "-1", "aria-label": WORDS.tray });
  let opener = null;
  const tray = {
    node,
    open(title, ...contents) {
      if (node.hidden) opener = document.activeElement;
      node.replaceChildren(make("div", { class: "mm-trayhead" }, make("h2", {}, title), button(WORDS.close, () => tray.close())), ...contents);
      node.hidden = false;
      (node.querySelector("input, textarea, select") ?? node).focus();
    },
    close() {
      node.hidden = true;
      node.replaceChildren();
      if (opener?.isConnected) opener.focus();
    },
  };
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape") tray.close();
    // JupyterLab takes Enter away from a form in an output.
    if (event.key !== "Enter" || !event.target.matches("input[type=text]")) return;
    event.preventDefault();
    event.stopPropagation();
    event.target.form?.requestSubmit();
  });
  return tray;
}

/** Show a text to copy, with a button that copies it where the browser allows. */
function showText(panel, title, text) {
  const area = make("textarea", { readonly: true, rows: 9, "aria-label": title, spellcheck: "false" });
  area.value = text;
  const said = make("span", { role: "status" });
  const copy = button(WORDS.copy, async () => {
    area.select();
    try {
      await navigator.clipboard.writeText(text);
      write(said, WORDS.copied);
    } catch {
      write(said, document.execCommand("copy") ? WORDS.copied : WORDS.copy_yourself);
    }
  });
  panel.tray.open(title, area, make("p", {}, copy, " ", said));
}

/** Return a name of a file that a title suggests. */
function nameOf(title) {
  const name = title.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "").slice(0, 40);
  return /^[a-z]/.test(name) ? name : `setting_${name}`.replace(/_$/, "");
}

/** Say in the tray what was answered: a fault, or what then says. */
function inTray(panel, said, then) {
  return (header) => {
    if (header.type === "fault") {
      write(said, faultText(header));
      panel.stateLine.say(WORDS.ready);
    } else if (header.type === "progress") panel.stateLine.progress(header.done, header.of, fill(header.of > 0 ? WORDS.report_step : WORDS.report_begins, header));
    else then(header);
  };
}

/** Open the form that saves a setting as a scenario, or makes a report of it. */
function saveForm(panel, { type, title }) {
  const name = make("input", { type: "text", maxlength: 80, required: true, autocomplete: "off" });
  const told = make("input", { type: "text", maxlength: 300, autocomplete: "off" });
  const again = make("input", { type: "checkbox" });
  const said = make("p", { class: "mm-fault", role: "alert" });
  const form = make("form", { onsubmit: (event) => {
    event.preventDefault();
    write(said, "");
    const fields = { state: panel.state(), name: nameOf(name.value), title: name.value.trim(), description: told.value.trim() };
    if (!fields.title) return;
    if (type === "save") panel.ask("save", { ...fields, replace: again.checked }, inTray(panel, said, (header) => savedTray(panel, header)));
    else reportOf(panel, fields, said);
  } }, make("label", {}, WORDS.title_of, name), make("label", {}, WORDS.description_of, told),
  type === "save" ? make("label", {}, again, WORDS.replace) : null, make("button", { type: "submit" }, title));
  panel.tray.open(title, form, said);
}

/** Say where a scenario was saved, and the command that runs it. */
function savedTray(panel, header) {
  panel.stateLine.say(WORDS.ready);
  const { scenarios } = panel.schema;
  const record = { name: header.name, title: header.title, description: "", state: { ...panel.state(), scenario: header.name } };
  panel.schema = { ...panel.schema, scenarios: [...scenarios.filter((one) => one.name !== header.name), record] };
  const bar = makeBar(panel);
  panel.bar.node.replaceWith(bar.node);
  panel.bar = bar;
  bar.refresh();
  panel.tray.open(WORDS.saved, make("p", {}, make("code", {}, header.file)), make("p", {}, make("code", {}, header.command ?? "")));
}

/** Ask for a report, with a button that stops it. */
function reportOf(panel, fields, said) {
  const stop = button(WORDS.stop, () => panel.send({ type: "report", id, stop: true }));
  const id = panel.ask("report", fields, inTray(panel, said, (header) => {
    panel.stateLine.say(WORDS.ready);
    const place = header.address ? link(header.file, new URL(header.address, document.location.href).href) : make("code", {}, header.file);
    panel.tray.open(WORDS.report_ready, make("p", {}, place));
  }));
  said.replaceChildren(WORDS.report_runs, " ", stop);
}

/** Open the form that takes up a scenario of the case, or a file of one. */
function openForm(panel) {
  const select = make("select", {}, ...panel.schema.scenarios.map((one) => make("option", { value: one.name }, one.title)));
  const file = make("input", { type: "file", accept: ".yaml,.yml" });
  const said = make("p", { class: "mm-fault", role: "alert" });
  const form = make("form", { onsubmit: async (event) => {
    event.preventDefault();
    write(said, "");
    const [chosen] = file.files;
    if (chosen && chosen.size > MOST_BYTES) write(said, WORDS.file_too_large);
    else panel.ask("open", chosen ? { text: await chosen.text() } : { name: select.value }, inTray(panel, said, (header) => {
      panel.tray.close();
      panel.move(() => header.state, { words: fill(WORDS.opened, { title: header.title }) });
    }));
  } }, make("label", {}, WORDS.scenario, select), make("label", {}, WORDS.open_file, file), make("button", { type: "submit" }, WORDS.open));
  panel.tray.open(WORDS.open, form, said);
}

/** Show a setting as YAML, Python or a command. */
function copyAs(panel, form) {
  panel.ask("copy", { form, state: panel.state(), name: "setting", title: WORDS.untitled, description: WORDS.untitled }, (header) => {
    if (header.type === "copied") showText(panel, fill(WORDS.as_form, { form: WORDS[`form_${form}`] }), header.text);
    else panel.stateLine.say(faultText(header), "fault");
  });
}

/** Put the state into the address, and show it for copying: values only, and nothing that lets anybody in. */
function share(panel) {
  const fragment = toFragment(panel.state());
  if (!fragment) {
    panel.stateLine.say(WORDS.too_long, "fault");
    return;
  }
  const address = new URL(document.location.href);
  address.searchParams.delete("token");
  address.hash = fragment;
  history.replaceState(null, "", `#${fragment}`);
  showText(panel, WORDS.share_title, address.href);
}
