// A chart of days: the case dashed, now, and the pins, labelled at the end of their lines; events, published points.
const MARGIN = { left: 50, right: 46, top: 22, bottom: 22 };
const SERIES_MARGIN = 112;
const WHO = ["case", "A", "B", "C", "now"];
const LABEL_GAP = 12;
const EVENT_GAP = 22;
const AXIS_STEPS = 5;
const MOST_COLOURS = 8;

/** Return the path of a line; of long runs each pixel gets its lowest and highest day. Gaps stay gaps. */
function linePath(values, x, y, width) {
  const each = Math.max(1, Math.floor(values.length / Math.max(width, 1)));
  let path = "";
  let pen = "M";
  const point = (k) => {
    if (Number.isNaN(values[k])) {
      pen = "M";
      return;
    }
    path += `${pen}${x(k).toFixed(1)} ${y(values[k]).toFixed(1)}`;
    pen = "L";
  };
  for (let k = 0; k < values.length; k += each) {
    let low = k;
    let high = k;
    for (let j = k + 1; j < Math.min(k + each, values.length); j += 1) {
      if (values[j] < values[low]) low = j;
      if (values[j] > values[high]) high = j;
    }
    point(Math.min(low, high));
    if (low !== high) point(Math.max(low, high));
  }
  return path;
}

/** Move labels apart that would overlap, from the top down and back up within the frame. */
function spread(labels, low, high, gap = LABEL_GAP) {
  const sorted = [...labels].sort((one, other) => one.y - other.y);
  sorted.forEach((label, k) => {
    label.y = Math.max(label.y, k ? sorted[k - 1].y + gap : low);
  });
  for (let k = sorted.length - 1; k >= 0; k -= 1) {
    sorted[k].y = Math.min(sorted[k].y, k === sorted.length - 1 ? high : sorted[k + 1].y - gap);
  }
  return sorted;
}

/** Put lines that lie on each other together: they are named once, "case = now". */
function jointNames(lines) {
  const groups = [];
  for (const [name, values] of lines) {
    const same = groups.find((group) => values.every((value, k) => Object.is(value, group.values[k])));
    if (same) same.names.push(name);
    else groups.push({ names: [name], values });
  }
  return groups;
}

/** Return the last value of a line that is a number. */
function lastOf(values) {
  for (let k = values.length - 1; k >= 0; k -= 1) if (!Number.isNaN(values[k])) return values[k];
  return 0;
}

/** Return where the highest value of a line stands. */
function peakOf(values) {
  let peak = 0;
  values.forEach((value, k) => {
    if (value > values[peak] || Number.isNaN(values[peak])) peak = k;
  });
  return peak;
}

/** Return whether two lists of lines are the same parts of the same buffers. */
function sameParts(one, other) {
  if (!one || !other) return one === other;
  return one.every((values, k) => values.buffer === other[k].buffer && values.byteOffset === other[k].byteOffset);
}

/** Make a chart of days. What it draws is a list of lines, a series each, for the case, the pins and now. */
function makeLineChart(spec, run) {
  const layers = Object.fromEntries(["grid", "events", "published", "lines", "labels", "cross"].map(
    (name) => [name, draw("g", { class: `mm-${name}` })]));
  const drawing = draw("svg", { role: "img", class: "mm-drawing", "aria-label": spec.title });
  drawing.append(...Object.values(layers));
  const chart = { spec, run, layers, drawing, lines: new Map(), paths: new Map(), top: 0, width: 0, height: 0, index: null };
  const many = spec.series.length > 1;
  chart.fit = (scale) => {
    const margin = many ? { ...MARGIN, right: SERIES_MARGIN } : MARGIN;
    chart.scale = scale;
    chart.margin = Object.fromEntries(Object.entries(margin).map(([side, size]) => [side, size * scale]));
  };
  chart.fit(1);
  for (const who of WHO) {
    chart.paths.set(who, spec.series.map((_, k) => draw("path",
      { class: `mm-line mm-${who}${many ? ` mm-series mm-series-${k % MOST_COLOURS}` : ""}` })));
    layers.lines.append(...chart.paths.get(who));
  }
  chart.x = (index) => chart.margin.left
    + ((chart.width - chart.margin.left - chart.margin.right) * index) / Math.max(run.days, 1);
  chart.y = (value) => chart.height - chart.margin.bottom - ((chart.height - chart.margin.top - chart.margin.bottom) * value) / chart.top;
  chart.draw = (lines) => drawLines(chart, lines);
  chart.point = (index) => drawCross(chart, index);
  chart.words = () => (chart.index === null ? peakWords(chart) : valuesAt(chart, chart.index));
  chart.table = (daily) => dayTable(chart, daily);
  return chart;
}

/** Give a chart its size in pixels; return whether it changed. */
function sizeChart(chart, width, height, scale = 1) {
  if (Math.abs(width - chart.width) < 1 && height === chart.height) return false;
  chart.fit?.(scale);
  Object.assign(chart, { width, height, stale: true });
  chart.drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  chart.drawing.setAttribute("height", height);
  return true;
}

/** Draw lines; the axis only moves where a line leaves it, or fills less than half of it. */
function drawLines(chart, lines) {
  if (chart.width < 80) return;
  const changed = new Set(WHO.filter((who) => !sameParts(lines.get(who), chart.lines.get(who))));
  chart.lines = new Map(lines);
  let most = 0;
  for (const parts of lines.values()) for (const values of parts) for (const value of values) if (value > most) most = value;
  for (const point of chart.spec.published) most = Math.max(most, point.high);
  const wanted = chart.spec.unit === "person" ? Math.ceil(roundUp(most)) : roundUp(most);
  if (chart.stale || wanted > chart.top || wanted < chart.top / 2) {
    chart.top = wanted;
    chart.stale = false;
    drawFrame(chart);
    WHO.forEach((who) => changed.add(who));
  }
  for (const who of changed) {
    chart.paths.get(who).forEach((path, k) => {
      const values = lines.get(who)?.[k];
      path.setAttribute("d", values ? linePath(values, chart.x, chart.y, chart.width) : "");
    });
  }
  if (changed.size) drawLabels(chart);
  drawCross(chart, chart.index);
}

/** Draw what lines lie on: grid, axes, events, published points. */
function drawFrame(chart) {
  const { layers, x, y, top, spec, run } = chart;
  const left = chart.margin.left;
  const right = chart.width - chart.margin.right;
  const foot = chart.height - chart.margin.bottom;
  layers.grid.replaceChildren();
  const steps = spec.unit === "person" && top < AXIS_STEPS ? top : AXIS_STEPS;
  for (let k = 0; k <= steps; k += 1) {
    const value = (top * k) / steps;
    layers.grid.append(draw("line", { x1: left, x2: right, y1: y(value), y2: y(value) }),
      draw("text", { x: left - 5, y: y(value) + 4, "text-anchor": "end" }, inUnit(value, spec.unit === "person" ? "" : spec.unit)));
  }
  for (const [index, text] of monthTicks(run.start, run.days, (right - left) / chart.scale)) {
    const at = x(index);
    layers.grid.append(draw("line", { x1: at, x2: at, y1: foot, y2: foot + 4 }));
    if (at < right - 12) layers.grid.append(draw("text", { x: at, y: chart.height - 6, "text-anchor": "middle" }, text));
  }
  const events = run.events.map((event) => {
    const line = draw("line", { x1: x(event.day), x2: x(event.day), y1: chart.margin.top - 4, y2: foot });
    line.append(draw("title", {}, `${dayWords(event.date)}: ${event.text}`));
    return line;
  });
  layers.events.replaceChildren(...events, ...eventLabels(run.events, x).map((label) =>
    draw("text", { x: label.x, y: chart.margin.top - 7, "text-anchor": "middle" }, label.text)));
  layers.published.replaceChildren(...spec.published.map((point) => {
    const group = draw("g");
    group.append(draw("title", {}, point.text));
    if (point.high > point.low) group.append(draw("line", { x1: x(point.day), x2: x(point.day), y1: y(point.low), y2: y(point.high) }));
    group.append(draw("circle", { cx: x(point.day), cy: y((point.low + point.high) / 2), r: 4 }));
    return group;
  }));
}

/** Return the numbers of events; those that would lie on each other are one label: "3\u20137". */
function eventLabels(events, x) {
  const groups = [];
  events.forEach((event, k) => {
    const last = groups[groups.length - 1];
    if (last && x(event.day) - last.to < EVENT_GAP) Object.assign(last, { to: x(event.day), end: k + 1 });
    else groups.push({ from: x(event.day), to: x(event.day), begin: k + 1, end: k + 1 });
  });
  return groups.map(({ from, to, begin, end }) => ({ x: (from + to) / 2, text: begin === end ? String(begin) : `${begin}\u2013${end}` }));
}

/** Write the names of lines at their ends: case, now, pins; of many series, their titles. */
function drawLabels(chart) {
  const at = chart.width - chart.margin.right + 4;
  const foot = chart.height - chart.margin.bottom + 4;
  const height = (values) => chart.y(lastOf(values)) + 4;
  if (chart.spec.series.length > 1) {
    const labels = (chart.lines.get("now") ?? []).map((values, k) => ({ k, y: height(values), text: chart.spec.series[k].title }));
    chart.layers.labels.replaceChildren(...spread(labels, chart.margin.top, foot, LABEL_GAP * chart.scale).map((label) =>
      draw("text", { x: at, y: label.y, class: `mm-series-${label.k % MOST_COLOURS}` }, cutText(label.text, SERIES_MARGIN - 4))));
  } else {
    // The names of lines that lie on each other stand below one another, so that none reaches over the lines.
    const labels = jointNames([...chart.lines].map(([who, parts]) => [who, parts[0]])).flatMap(({ names, values }) => names.map((who, k) => ({
      y: height(values) + k, text: WORDS[`series_${who}`] + (k < names.length - 1 ? " =" : ""), who: names.includes("now") ? "now" : who })));
    chart.layers.labels.replaceChildren(...spread(labels, chart.margin.top + 6, foot, LABEL_GAP * chart.scale).map((label) =>
      draw("text", { x: at, y: label.y, class: `mm-${label.who}` }, label.text)));
  }
  chart.drawing.setAttribute("aria-label", chartWords(chart));
}

/** Draw the crosshair at a day; null takes it away. */
function drawCross(chart, index) {
  chart.index = index;
  const { layers, x, y } = chart;
  if (index === null || chart.width < 80) {
    layers.cross.replaceChildren();
    return;
  }
  const marks = [...chart.lines].flatMap(([who, parts]) => parts.filter((values) => !Number.isNaN(values[index])).map(
    (values) => draw("circle", { cx: x(index), cy: y(values[index]), r: 3.5, class: `mm-${who}` })));
  layers.cross.replaceChildren(
    draw("line", { x1: x(index), x2: x(index), y1: chart.margin.top, y2: chart.height - chart.margin.bottom }), ...marks);
}

/** Return the day under a pointer. */
function dayUnder(chart, event) {
  const box = chart.drawing.getBoundingClientRect();
  const at = ((event.clientX - box.left) / box.width) * chart.width;
  const share = (at - chart.margin.left) / (chart.width - chart.margin.left - chart.margin.right);
  return Math.round(Math.min(Math.max(share, 0), 1) * chart.run.days);
}
