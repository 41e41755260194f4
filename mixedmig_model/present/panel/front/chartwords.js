// What charts say: in a line under the title, to people who do not see them, in tables and files of the same numbers.

/** Return a number as an axis or a cell of its unit has it: "35 %", "4,210", "33 m" of millions. */
function inUnit(value, unit) {
  if (unit === "share") return `${plain(100 * value)} %`;
  if (unit === "person" && value > 0 && value < 0.5) return value < NOBODY ? "0" : WORDS.less_than_one;
  return Math.abs(value) >= 1e6 ? fill(WORDS.millions, { value: plain(value / 1e6) }) : plain(value);
}

/** Return a label that fits its room in pixels; what is cut stands in the table. */
function cutText(text, room, letter = 6.8) {
  const most = Math.max(2, Math.floor(room / letter));
  return text.length > most ? `${text.slice(0, most - 1)}\u2026` : text;
}

/** Say the highest values of a chart: what stands under its title while nobody points at a day. */
function peakWords(chart) {
  const { unit, series } = chart.spec;
  const now = chart.lines.get("now");
  const base = chart.lines.get("case");
  if (!now || !base) return "";
  const most = (values) => values[peakOf(values)];
  if (series.length > 1) {
    return fill(WORDS.highest_many, { shown: now.map((values, k) => `${series[k].title} ${inUnit(most(values), unit)}`).join(", ") });
  }
  const gap = signed(gapShown(most(now[0]), most(base[0])), unit);
  return fill(gap ? WORDS.highest : WORDS.highest_same, { now: inUnit(most(now[0]), unit), gap, base: inUnit(most(base[0]), unit) });
}

/** Say the values of a day: "3 Jun 2015: now 4,210 (+260), case 3,950". */
function valuesAt(chart, index) {
  const { unit, series } = chart.spec;
  const now = chart.lines.get("now") ?? [];
  const base = chart.lines.get("case") ?? [];
  const withGap = (value, k) => {
    const gap = base[k] ? signed(gapShown(value, base[k][index]), unit) : "";
    return `${inUnit(value, unit)}${gap ? ` (${gap})` : ""}`;
  };
  const parts = series.length > 1 ? now.map((values, k) => `${series[k].title} ${withGap(values[index], k)}`)
    : ["now", "case", "A", "B", "C"].filter((who) => chart.lines.has(who)).map((who) => {
      const value = chart.lines.get(who)[0][index];
      return `${WORDS[`series_${who}`]} ${who === "now" ? withGap(value, 0) : inUnit(value, unit)}`;
    });
  return `${dayWords(dayAt(chart.run.start, index))}: ${parts.join(", ")}`;
}

/** Say what a chart of days shows, for people who do not see it. */
function chartWords(chart) {
  const { spec, run, lines } = chart;
  const many = spec.series.length > 1;
  const said = [...lines].flatMap(([who, parts]) => (many && who !== "now" ? [] : parts.map((values, k) => {
    const peak = peakOf(values);
    return fill(WORDS.line_spoken, {
      who: many ? spec.series[k].title : WORDS[`spoken_${who}`], peak: withUnit(values[peak], spec.unit, spec.unit_words),
      day: dayWords(dayAt(run.start, peak)), end: withUnit(lastOf(values), spec.unit, spec.unit_words),
    });
  })));
  return [`${spec.title}.`, ...said].join(" ");
}

/** Return the columns of a chart's table: who, which series, and the title of the column. */
function columnsOf(chart) {
  const { series } = chart.spec;
  return [...chart.lines].flatMap(([who, parts]) => parts.map((values, k) => ({ values,
    title: series.length > 1 ? `${WORDS[`series_${who}`]}: ${series[k].title}` : WORDS[`series_${who}`] })));
}

/** Return the numbers of a chart of days as a table: every day, or the first of each month and the last day. */
function dayTable(chart, daily) {
  const { run } = chart;
  const columns = columnsOf(chart);
  const rows = [];
  for (let k = 0; k <= run.days; k += 1) {
    const day = dayAt(run.start, k);
    if (!daily && k !== 0 && k !== run.days && day.getUTCDate() !== 1) continue;
    rows.push([daily ? day.toISOString().slice(0, 10) : dayWords(day), ...columns.map((one) => one.values[k])]);
  }
  return { caption: WORDS.first_of_month, head: [WORDS.day, ...columns.map((one) => one.title)], rows };
}

/** Return a chart's numbers as a comma-separated file, below its title and what they are. */
function chartCsv(chart) {
  const { spec } = chart;
  const table = chart.table(true);
  const head = table.head.map((title, k) => (k ? `${title} (${spec.unit_words || spec.unit})` : title));
  const rows = table.rows.map((row) => row.map((cell) => (typeof cell === "number" ? Number(cell.toPrecision(7)) : cell)));
  return [[spec.title], [WORDS.notice], head, ...rows].map((row) => row.map(csvCell).join(",")).join("\n") + "\n";
}

/** Fill the table twin of a chart. */
function fillTwin(node, chart) {
  const table = chart.table(false);
  const cell = (value, k) => (k === 0 ? make("th", { scope: "row" }, value)
    : make("td", {}, typeof value === "number" ? inUnit(value, chart.spec.unit) : value));
  const old = node.scrollTop;
  node.replaceChildren(make("table", {}, make("caption", {}, table.caption),
    make("thead", {}, make("tr", {}, ...table.head.map((title) => make("th", { scope: "col" }, title)))),
    make("tbody", {}, ...table.rows.map((row) => make("tr", {}, ...row.map(cell))))));
  node.scrollTop = old;
}
