// Parts that several pages share: the clock, the strip of breaches, tables and lists.

/** Make the head of a page: title, notice, clock. */
function makeHead() {
  const title = make("h1");
  const clock = make("p", { class: "ex-clock" });
  const notice = make("p", { class: "ex-notice" });
  const node = make("header", { class: "ex-head" }, title, clock, notice);
  return {
    node,
    show(page, who) {
      const { clock: now } = page;
      write(title, who ? `${page.title}: ${who}` : page.title);
      write(notice, page.notice);
      const parts = now.finished ? [SAYING.over] : [
        slots(SAYING.round, now), slots(SAYING.minute, now), slots(SAYING.days, now), now.running ? SAYING.running : SAYING.stopped];
      write(clock, parts.join(", "));
    },
  };
}

/** Make the strip of one team: breaches, harms, then what may be said. It cannot be closed. */
function makeStripOf(name = null) {
  const breaches = make("ul", { class: "ex-breaches" });
  const harms = make("ul", { class: "ex-harms" });
  const sentence = make("p", { class: "ex-sentence" });
  const since = make(name ? "small" : "p", { class: "ex-since" });
  const node = make("section", { class: "ex-strip", "aria-label": name ? `${SAYING.strip}: ${name}` : SAYING.strip, tabindex: "0" },
    name ? make("h3", {}, name, " ", since) : since, breaches, harms, sentence);
  return {
    node,
    show(strip) {
      const text = (one) => `${one.title}: ${one.text}`;
      const found = strip.counts.filter((one) => one.kind === "breach" && one.value > 0);
      fillList(breaches, found.length ? found.map(text) : [SAYING.noBreach]);
      fillList(harms, strip.counts.filter((one) => one.kind === "harm").map(text));
      write(sentence, strip.sentence);
      write(since, slots(SAYING.since, strip));
      node.classList.toggle("ex-bad", found.length > 0);
    },
  };
}

/** Make a table with a caption and heads of rows. */
function tableOf(caption, heads, rows) {
  return make("table", {}, make("caption", {}, caption),
    make("thead", {}, make("tr", {}, ...heads.map((one) => make("th", { scope: "col" }, one)))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((cell, k) => (
      k === 0 ? make("th", { scope: "row" }, cell) : make("td", {}, cell)))))));
}

/** Make a section with a heading. */
function section(title, ...contents) {
  const id = freshId("part");
  return make("section", { class: "ex-part", "aria-labelledby": id }, make("h2", { id }, title), ...contents);
}

/** Fill a list with what a team gave. */
function fillGiven(list, given) {
  const texts = given.map((one) => slots(SAYING.line, { ...one, role: one.role_title ? `${one.role_title}, ` : "" }));
  fillList(list, texts.length ? texts : [SAYING.nothing]);
}

/** Show the sheets once they are there. */
function fillSheets(node, lines) {
  const text = lines.join("\n");
  node.hidden = lines.length === 0;
  write(node.querySelector("pre"), text);
}

/** Make the place of the sheets. */
function makeSheets() {
  const node = section(SAYING.sheets, make("pre", { class: "ex-sheets", tabindex: "0", "aria-label": SAYING.sheets }));
  node.hidden = true;
  return node;
}
