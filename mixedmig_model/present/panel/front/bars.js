// A chart of labels: a bar each for now, a dashed mark for the case, coloured marks for the pins.
const BAR_LEFT = 132;
const BAR_RIGHT = 58;

/** Make a chart of bars. */
function makeBarChart(spec, run) {
  const bars = draw("g", { class: "mm-bars" });
  const drawing = draw("svg", { role: "img", class: "mm-drawing mm-barchart", "aria-label": spec.title });
  drawing.append(bars);
  const chart = { spec, run, drawing, bars, lines: new Map(), width: 0, height: 0, top: 0, index: null };
  chart.draw = (lines) => drawBars(chart, lines);
  chart.point = () => {};
  chart.words = () => barWords(chart);
  chart.table = () => barTable(chart);
  return chart;
}

/** Return the rows of a chart of bars: a label and a series each. */
function barRows(spec) {
  return spec.x.flatMap((label, k) => spec.series.map((series, s) => ({ k, s,
    label: spec.series.length > 1 ? `${label}: ${series.title}` : label })));
}

/** Draw all bars. */
function drawBars(chart, lines) {
  if (chart.width < 80) return;
  const { spec } = chart;
  chart.lines = new Map(lines);
  chart.stale = false;
  let most = 0;
  for (const parts of lines.values()) for (const values of parts) for (const value of values) if (Math.abs(value) > most) most = Math.abs(value);
  const wanted = roundUp(most);
  if (wanted > chart.top || wanted < chart.top / 2) chart.top = wanted;
  const left = Math.min(BAR_LEFT, chart.width * 0.4);
  const rows = barRows(spec);
  const step = (chart.height - 8) / rows.length;
  const x = (value) => left + ((chart.width - left - BAR_RIGHT) * Math.max(value, 0)) / chart.top;
  chart.bars.replaceChildren(...rows.flatMap((row, place) => {
    const y = 4 + place * step;
    const height = Math.max(3, step * 0.62);
    const now = lines.get("now")?.[row.s][row.k] ?? NaN;
    const marks = WHO.filter((who) => who !== "now" && lines.has(who)).map((who) => {
      const value = lines.get(who)[row.s][row.k];
      return draw("line", { class: `mm-line mm-${who}`, x1: x(value), x2: x(value), y1: y - 2, y2: y + height + 2 });
    });
    const label = draw("text", { x: left - 6, y: y + height / 2 + 4, "text-anchor": "end" }, cutText(row.label, left));
    label.append(draw("title", {}, row.label));
    return [label, draw("rect", { class: `mm-now mm-series-${row.s % MOST_COLOURS}`, x: left, y, height,
      width: Number.isNaN(now) ? 0 : Math.max(0, x(now) - left) }), ...marks,
    draw("text", { class: "mm-barvalue", x: x(Math.max(now || 0, ...[...lines.values()].map((parts) => parts[row.s][row.k] || 0))) + 6,
      y: y + height / 2 + 4 }, inUnit(now, spec.unit))];
  }));
  chart.drawing.setAttribute("aria-label", `${spec.title}. ${rows.map((row) => fill(WORDS.bar_spoken, { label: row.label,
    now: inUnit(lines.get("now")?.[row.s][row.k], spec.unit), base: inUnit(lines.get("case")?.[row.s][row.k], spec.unit) })).join(" ")}`);
}

/** Return a label that fits its room: what is cut stands in its title and in the table. */
function cutText(text, room) {
  const most = Math.floor(room / 6.2);
  return text.length > most ? `${text.slice(0, Math.max(1, most - 1))}\u2026` : text;
}

/** Say how a chart of bars is read, and where it differs most. */
function barWords(chart) {
  const now = chart.lines.get("now");
  const base = chart.lines.get("case");
  if (!now || !base) return "";
  let best = null;
  for (const row of barRows(chart.spec)) {
    const gap = now[row.s][row.k] - base[row.s][row.k];
    if (!Number.isNaN(gap) && (!best || Math.abs(gap) > Math.abs(best.gap))) best = { gap, label: row.label };
  }
  const gap = best ? signed(best.gap, chart.spec.unit) : "";
  return gap ? fill(WORDS.bars_differ, { label: best.label, gap }) : WORDS.bars_same;
}

/** Return the numbers of a chart of bars as a table. */
function barTable(chart) {
  const names = [...chart.lines.keys()];
  const rows = barRows(chart.spec).map((row) => [row.label, ...names.map((who) => chart.lines.get(who)[row.s][row.k])]);
  return { caption: chart.spec.subtitle ?? "", head: ["", ...names.map((who) => WORDS[`series_${who}`])], rows };
}
