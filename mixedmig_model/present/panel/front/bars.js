// A chart of labels: a bar each for now, in parts where there are several series; a mark for the case and each pin.
const BAR_LEFT = 0.42;
const LETTER = 6.4;
const BAR_RIGHT = 62;
const BAR_STEP = 17;
const BAR_TOP = 8;
const LEGEND_HEIGHT = 18;

/** Make a chart of bars. */
function makeBarChart(spec, run) {
  const bars = draw("g", { class: "mm-bars" });
  const legend = draw("g", { class: "mm-legend mm-labels" });
  const drawing = draw("svg", { role: "img", class: "mm-drawing mm-barchart", "aria-label": spec.title });
  drawing.append(legend, bars);
  const chart = { spec, run, drawing, bars, legend, lines: new Map(), width: 0, height: 0, top: 0, index: null };
  chart.least = BAR_TOP + LEGEND_HEIGHT + spec.x.length * BAR_STEP;
  chart.draw = (lines) => drawBars(chart, lines);
  chart.point = () => {};
  chart.words = () => barWords(chart);
  chart.table = () => barTable(chart);
  return chart;
}

/** Return the sum of a label's parts; what is not known counts as nothing, unless nothing is known. */
function totalOf(parts, k) {
  const known = parts.map((values) => values[k]).filter((value) => !Number.isNaN(value));
  return known.length ? known.reduce((sum, value) => sum + value, 0) : NaN;
}

/** Draw all bars. */
function drawBars(chart, lines) {
  if (chart.width < 80) return;
  const { spec } = chart;
  chart.lines = new Map(lines);
  chart.stale = false;
  const totals = new Map([...lines].map(([who, parts]) => [who, spec.x.map((_, k) => totalOf(parts, k))]));
  const most = Math.max(0, ...[...totals.values()].flat().filter((value) => !Number.isNaN(value)));
  const wanted = roundUp(most);
  if (wanted > chart.top || wanted < chart.top / 2) chart.top = wanted;
  const left = Math.min(chart.width * BAR_LEFT, 12 + LETTER * Math.max(...spec.x.map((label) => label.length)));
  const x = (value) => left + ((chart.width - left - BAR_RIGHT) * Math.max(value || 0, 0)) / chart.top;
  const head = spec.series.length > 1 ? LEGEND_HEIGHT : 0;
  const step = (chart.height - BAR_TOP - head) / spec.x.length;
  chart.bars.replaceChildren(...spec.x.flatMap((label, k) => barRow({ chart, totals, k, label, x, left,
    y: BAR_TOP / 2 + head + k * step, height: Math.min(22, Math.max(3, step * 0.66)) })));
  drawLegend(chart, left);
  const said = spec.x.map((label, k) => fill(WORDS.bar_spoken, { label, now: inUnit(totals.get("now")?.[k], spec.unit),
    base: inUnit(totals.get("case")?.[k], spec.unit) }));
  chart.drawing.setAttribute("aria-label", `${spec.title}. ${said.join(" ")}`);
}

/** Return what is drawn of one label: its name, its parts now, marks of the case and the pins, the number. */
function barRow({ chart, totals, k, label, x, left, y, height }) {
  const name = draw("text", { x: left - 6, y: y + height / 2 + 4, "text-anchor": "end" }, cutText(label, left - 6, LETTER));
  name.append(draw("title", {}, label));
  let sum = 0;
  const parts = (chart.lines.get("now") ?? []).map((values, s) => {
    const from = sum;
    sum += values[k] || 0;
    return draw("rect", { class: `mm-now mm-series-${s % MOST_COLOURS}`, x: x(from), y, height, width: Math.max(0, x(sum) - x(from)) });
  });
  const marks = [...totals].filter(([who, values]) => who !== "now" && !Number.isNaN(values[k])).map(([who, values]) =>
    draw("line", { class: `mm-line mm-${who}`, x1: x(values[k]), x2: x(values[k]), y1: y - 2, y2: y + height + 2 }));
  const end = Math.max(...[...totals.values()].map((values) => values[k] || 0));
  return [name, ...parts, ...marks, draw("text", { class: "mm-barvalue", x: x(end) + 6, y: y + height / 2 + 4 },
    inUnit(totals.get("now")?.[k], chart.spec.unit))];
}

/** Name the parts of the bars in their colours. */
function drawLegend(chart, left) {
  const { series } = chart.spec;
  const room = (chart.width - 8) / series.length;
  chart.legend.replaceChildren(...(series.length < 2 ? [] : series.map((one, s) => draw("text",
    { x: 4 + s * room, y: 12, class: `mm-series-${s % MOST_COLOURS}` }, cutText(one.title, Math.max(room, left / 2))))));
}

/** Say how a chart of bars is read, and where it differs most. */
function barWords(chart) {
  const now = chart.lines.get("now");
  const base = chart.lines.get("case");
  if (!now || !base) return "";
  const gaps = chart.spec.x.map((label, k) => ({ label, gap: totalOf(now, k) - totalOf(base, k) })).filter(({ gap }) => !Number.isNaN(gap));
  const most = gaps.reduce((best, one) => (Math.abs(one.gap) > Math.abs(best?.gap ?? 0) ? one : best), null);
  const text = most ? signed(most.gap, chart.spec.unit) : "";
  return text ? fill(WORDS.bars_differ, { label: most.label, gap: text }) : WORDS.bars_same;
}

/** Return the numbers of a chart of bars as a table: a row a label and part. */
function barTable(chart) {
  const names = [...chart.lines.keys()];
  const { x, series } = chart.spec;
  const rows = x.flatMap((label, k) => series.map((one, s) => [series.length > 1 ? `${label}: ${one.title}` : label,
    ...names.map((who) => chart.lines.get(who)[s][k])]));
  return { caption: chart.spec.subtitle ?? "", head: [WORDS.label, ...names.map((who) => WORDS[`series_${who}`])], rows };
}
