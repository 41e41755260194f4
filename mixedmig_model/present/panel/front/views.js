// The views: charts that share one crosshair, each with a table of the same numbers, a file, its source, what drives it.
const CHART_HEIGHT = 190;
const LARGE_HEIGHT = 400;
const PRESENT_SCALE = 1.55;

/** Return the lines of a view out of a buffer: for each chart a list of its series. */
function splitLines(view, buffer, days) {
  const all = new Float32Array(buffer);
  let at = 0;
  return new Map(view.charts.map((chart) => {
    const count = chart.x === "day" ? days + 1 : chart.x.length;
    return [chart.key, chart.series.map(() => all.subarray(at, (at += count)))];
  }));
}

/** Make the figure of one chart. */
function makeFigure(panel, spec) {
  const isLine = spec.x === "day";
  const chart = (isLine ? makeLineChart : makeBarChart)(spec, panel.run);
  const readout = make("p", { class: "mm-readout" });
  const table = make("div", { class: "mm-twin", hidden: true, tabindex: "0", role: "region", "aria-label": fill(WORDS.table_of, { title: spec.title }) });
  const larger = button(WORDS.larger, () => panel.views.enlarge(figure), { "aria-pressed": "false" });
  const twin = button(WORDS.table, () => figure.showTable(table.hidden), { "aria-pressed": "false" });
  const tools = make("div", { class: "mm-tools" }, larger, twin, panel.schema.may.drives === false ? null : button(WORDS.drives, () => panel.views.askDrives(spec)),
    button(WORDS.csv, () => download(`${panel.schema.case}_${spec.key}.csv`, chartCsv(chart))));
  for (const control of tools.children) control.setAttribute("aria-label", `${control.textContent}: ${spec.title}`);
  const published = [...new Map(spec.published.filter((point) => point.source).map((point) => [point.source, point])).values()]
    .map((point) => dress(link(WORDS.published_source, point.address), { title: point.source }));
  const node = make("figure", { class: "mm-figure", "data-chart": spec.key },
    make("figcaption", {}, make("strong", {}, spec.title), " ", make("small", {}, spec.subtitle || spec.unit_words)),
    readout, make("div", { class: "mm-frame" }, chart.drawing, table), tools,
    make("p", { class: "mm-source", title: spec.source }, published.length ? WORDS.published : "", ...published, published.length ? "). " : "",
      spec.source ? `${WORDS.source}${spec.source}` : ""));
  const figure = {
    node, chart, spec,
    draw(linesOfAll) {
      const same = linesOfAll.size === chart.lines.size && [...linesOfAll].every(([who, parts]) => sameParts(parts, chart.lines.get(who)));
      if (same && !chart.stale) return;
      chart.draw(linesOfAll);
      write(readout, chart.words());
      if (!table.hidden) fillTwin(table, chart);
    },
    point(index) {
      chart.point(index);
      write(readout, chart.words());
    },
    size(width, wanted) {
      const height = Math.max(wanted, chart.least ?? 0);
      if (!sizeChart(chart, width, height, panel.presenting ? PRESENT_SCALE : 1)) return;
      table.style.height = `${height}px`;
      panel.views.draw(panel.shown);
    },
    showTable(on) {
      table.hidden = !on;
      chart.drawing.toggleAttribute("hidden", on);
      twin.setAttribute("aria-pressed", String(on));
      if (!on) return;
      fillTwin(table, chart);
      table.focus({ preventScroll: true });
    },
    showLarge(on) {
      node.classList.toggle("mm-large", on);
      larger.setAttribute("aria-pressed", String(on));
    },
  };
  if (isLine) {
    chart.drawing.addEventListener("pointermove", (event) => panel.views.point(dayUnder(chart, event)));
    chart.drawing.addEventListener("pointerleave", () => panel.views.point(null));
  }
  chart.drawing.addEventListener("click", () => panel.views.enlarge(figure));
  return figure;
}

/** Make what asks for the causes of a chart, and shows them. */
function makeDrives(panel) {
  const node = make("section", { class: "mm-drives", "aria-label": WORDS.drives, tabindex: "-1", hidden: true });
  const title = make("h3", {});
  const close = button(WORDS.close, () => {
    node.hidden = true;
  });
  const show = (...contents) => node.replaceChildren(title, ...contents, close);
  return {
    node,
    ask(spec) {
      node.hidden = false;
      write(title, fill(WORDS.drives_of, { title: spec.title }));
      show(make("p", {}, WORDS.asking));
      node.focus({ preventScroll: false });
      panel.ask("drives", { state: panel.state(), view: panel.views.chosen, chart: spec.key, series: spec.series[0].key }, (header) => {
        if (header.type !== "drives") {
          show(make("p", { class: "mm-fault", role: "alert" }, faultText(header)));
          return;
        }
        if (header.title) write(title, header.title);
        show(make("ol", {}, ...header.sentences.map((text) => make("li", {}, text))));
      });
    },
  };
}

/** Make the slider with which all charts show one day. */
function makeDaySlider(panel) {
  const slider = make("input", { type: "range", min: 0, max: panel.run.days, value: 0, class: "mm-day", "aria-label": WORDS.day_of_charts,
    "aria-valuetext": WORDS.no_day });
  const said = make("output", {}, WORDS.no_day);
  slider.addEventListener("input", () => panel.views.point(Number(slider.value)));
  return {
    node: make("div", { class: "mm-crossrow" }, make("span", { "aria-hidden": "true" }, WORDS.day), slider, said),
    show(index) {
      if (index !== null) slider.value = String(index);
      const text = index === null ? WORDS.no_day : dayWords(dayAt(panel.run.start, index));
      write(said, text);
      slider.setAttribute("aria-valuetext", text);
    },
  };
}

/** Make the views of a case. */
function makeViews(panel) {
  const { schema } = panel;
  const id = freshId("charts");
  const grid = make("div", { class: "mm-charts", id, role: "tabpanel" });
  const tabs = make("div", { class: "mm-tabs", role: "tablist", "aria-label": WORDS.views });
  const daySlider = makeDaySlider(panel);
  const drives = makeDrives(panel);
  const made = new Map();
  const figuresOf = (key) => {
    const view = schema.views.find((one) => one.key === key);
    if (!made.has(key)) {
      made.set(key, view.charts.map((chart) => makeFigure(panel,
        { ...chart, published: schema.published.filter((point) => point.view === key && point.chart === chart.key) })));
    }
    return made.get(key);
  };
  const place = (key) => {
    views.placed = key;
    grid.replaceChildren(...figuresOf(key).map((figure) => figure.node));
    grid.setAttribute("aria-label", schema.views.find((one) => one.key === key).title);
    grid.classList.toggle("mm-single", figuresOf(key).length === 1);
    grid.classList.toggle("mm-many", figuresOf(key).length > 4);
    views.fit();
  };
  const views = {
    chosen: schema.first_view, placed: null, large: null, askDrives: drives.ask,
    figures: () => (views.placed ? figuresOf(views.placed) : []),
    choose(key) {
      if (views.large) views.enlarge(null);
      views.chosen = key;
      for (const tab of tabs.children) {
        const on = tab.dataset.key === key;
        tab.setAttribute("aria-selected", String(on));
        tab.setAttribute("tabindex", on ? "0" : "-1");
      }
      panel.needLines();
      views.draw(panel.shown);
    },
    /** Draw what is shown; the charts of another view come when all their lines are there. */
    draw(shown) {
      const key = views.chosen;
      if (!shown?.base.lines[key] || !shown.now.lines[key]) return;
      if (views.placed !== key) place(key);
      const all = [["case", shown.base], ...shown.pins.map((pin) => [pin.name, pin]), ["now", shown.now]].filter(([, one]) => one.lines[key]);
      for (const figure of views.figures()) {
        if (views.large && views.large !== figure) continue;
        figure.draw(new Map(all.map(([who, one]) => [who, one.lines[key].get(figure.spec.key)])));
      }
    },
    point(index) {
      daySlider.show(index);
      for (const figure of views.figures()) figure.point(index);
    },
    enlarge(figure) {
      views.large = views.large === figure ? null : figure;
      grid.classList.toggle("mm-one", views.large !== null);
      for (const one of views.figures()) one.showLarge(one === views.large);
      views.fit();
      views.draw(panel.shown);
    },
    fit() {
      const height = !views.large ? CHART_HEIGHT : panel.presenting ? presentHeight() : LARGE_HEIGHT;
      for (const figure of views.figures()) {
        if (views.large && views.large !== figure) continue;
        if (figure.node.clientWidth) figure.size(figure.node.clientWidth, height);
      }
    },
  };
  tabs.append(...schema.views.map((view) => button(view.title, () => views.choose(view.key), { role: "tab", "data-key": view.key, "aria-controls": id })));
  tabs.addEventListener("keydown", (event) => moveAlong(event, tabs));
  const events = panel.run.events.map((event) => make("li", {}, `${dayWords(event.date)}: ${event.text}`));
  views.node = make("section", { class: "mm-views", "aria-label": WORDS.charts }, make("h2", { class: "mm-hidden" }, WORDS.charts), tabs, grid, daySlider.node,
    events.length ? make("details", { class: "mm-events-said" }, make("summary", {}, WORDS.events), make("ol", { class: "mm-eventlist" }, ...events)) : null,
    drives.node);
  views.watch = new ResizeObserver(() => views.fit());
  views.watch.observe(grid);
  return views;
}

/** Move the focus among tabs with arrow keys, Home and End. */
function moveAlong(event, tabs) {
  const list = [...tabs.children];
  const at = list.indexOf(event.target);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: list.length - 1 }[event.key];
  if (to === undefined || at < 0) return;
  event.preventDefault();
  const tab = list[(to + list.length) % list.length];
  tab.click();
  tab.focus();
}
