// The decision table with the sentence of the judgement, and the table of settings in which pins differ.

/** Make the decision table: breaches and harms first, then headlines and money. */
function makeDecision(panel) {
  const sentence = make("p", { class: "mm-sentence" });
  const cautions = make("ul", { class: "mm-cautions" });
  const head = make("tr", {});
  const body = make("tbody", {});
  const table = make("table", { class: "mm-decision" }, make("caption", {}, WORDS.decision_caption), make("thead", {}, head), body);
  let columns = "";
  let cells = [];
  const rebuild = (names) => {
    columns = names.join();
    head.replaceChildren(make("th", { scope: "col" }, WORDS.measure), ...names.map((name) => make("th", { scope: "col" }, WORDS[`column_${name}`])));
    cells = panel.schema.rows.map(() => Object.fromEntries(names.map((name) => [name, make("td", {})])));
    body.replaceChildren(...panel.schema.rows.map((row, k) => make("tr", { class: `mm-${row.kind}`, "data-row": row.key },
      make("th", { scope: "row", title: row.description }, row.title, " ", make("small", {}, row.unit_words ?? row.unit)),
      ...Object.values(cells[k]))));
  };
  const decision = {
    node: make("section", { class: "mm-verdict", "aria-label": WORDS.decision }, make("h2", {}, WORDS.decision),
      make("div", { class: "mm-judged", tabindex: "0", role: "region", "aria-label": WORDS.judgement }, sentence, cautions),
      make("div", { class: "mm-scroll", tabindex: "0", role: "region", "aria-label": WORDS.decision_caption }, table)),
    show(shown) {
      const names = ["case", "now", "gap", ...shown.pins.map((pin) => pin.name)];
      if (names.join() !== columns) rebuild(names);
      const { words } = shown.now;
      write(sentence, words.sentence ?? "");
      sentence.classList.toggle("mm-unranked", words.ranked === false);
      fillList(cautions, words.cautions ?? []);
      panel.schema.rows.forEach((row, k) => decision.showRow(k, row, shown));
    },
    showRow(k, row, shown) {
      const [value, gap, word] = shown.now.words.rows?.[k] ?? ["", "", ""];
      write(cells[k].case, shown.base.words.rows?.[k]?.[0] ?? row.case ?? "");
      write(cells[k].now, value);
      write(cells[k].gap, gap);
      cells[k].gap.className = word ? `mm-word-${word}` : "";
      for (const pin of shown.pins) write(cells[k][pin.name], pin.words.rows?.[k]?.[0] ?? "");
    },
  };
  return decision;
}

/** Make the table of settings that differ between the pins and now. */
function makeCompared(panel) {
  const body = make("tbody", {});
  const head = make("tr", {});
  const note = make("p", {});
  const node = make("section", { class: "mm-compared", "aria-label": WORDS.compared, hidden: true }, make("h2", {}, WORDS.compared), note,
    make("div", { class: "mm-scroll", tabindex: "0", role: "region", "aria-label": WORDS.compared },
      make("table", {}, make("thead", {}, head), body)));
  return {
    node,
    show(pins, state) {
      node.hidden = !pins.length;
      if (!pins.length) return;
      const columns = [...pins.map((pin) => [WORDS[`column_${pin.name}`], pin.state]), [WORDS.column_now, state]];
      const rows = differing(columns.map(([, one]) => one), panel.schema);
      const titles = columns.map(([, one]) => panel.schema.scenarios.find((s) => s.name === one.scenario)?.title ?? one.scenario);
      if (new Set(titles).size > 1) rows.unshift(titles);
      head.replaceChildren(...columns.map(([name]) => make("th", { scope: "col" }, name)));
      body.replaceChildren(...rows.map((texts) => make("tr", {}, ...texts.map((text) => make("td", {}, text)))));
      write(note, rows.length ? "" : WORDS.no_difference);
    },
  };
}
