// The page of the projector: the picture of the round. Teams stand by name, each next to no action; nothing is ranked.
const NONE = "ex-line-none";
const WIDE = 320, HIGH = 150, EDGE = 34;
const DASHES = ["", "6 3", "2 3", "8 3 2 3", "1 4", "10 4"];

/** Make the page of the projector. */
function makeProjectorPage(root) {
  const head = makeHead();
  const strips = make("div", { class: "ex-strips" });
  const pictures = make("div", { class: "ex-pictures" });
  root.append(make("div", { class: "ex-top" }, strips), head.node, section(SAYING.picture, make("p", {}, SAYING.pictureNote), pictures));
  const byTeam = new Map();
  let seen = "";
  return (page) => {
    document.documentElement.dataset.version = page.version;
    head.show(page, null);
    for (const one of page.strips) {
      if (!byTeam.has(one.team)) {
        byTeam.set(one.team, makeStripOf(one.team));
        strips.append(byTeam.get(one.team).node);
      }
      byTeam.get(one.team).show(one);
    }
    const text = JSON.stringify(page.pictures);
    if (text === seen) return;
    seen = text;
    const drawn = page.pictures.filter((one) => one.rounds.length);
    pictures.replaceChildren(...(drawn.length ? drawn.map(pictureOf) : [make("p", {}, SAYING.noPicture)]));
  };
}

/** Return the style of a line: that of a team, or that of no action, which comes last and lies on top, thin and dotted. */
function styleOf(names, n) {
  return n === names.length - 1 ? NONE : `ex-line-${n % 6}`;
}

/** Draw one breach or harm by round, with its table. */
function pictureOf(one) {
  const names = Object.keys(one.runs);
  const most = Math.max(0, ...Object.values(one.runs).flat());
  const shown = one.unit === "person" ? peopleNumber : plainNumber;
  const x = (k) => EDGE + (WIDE - 2 * EDGE) * (one.rounds.length === 1 ? 0.5 : k / (one.rounds.length - 1));
  const y = (value) => HIGH - EDGE + 10 - (HIGH - 2 * EDGE + 10) * (value / (most || 1));
  const drawing = draw("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": slots(SAYING.caption, one) });
  drawing.append(draw("line", { x1: EDGE, x2: WIDE - EDGE, y1: y(0), y2: y(0), class: "ex-axis" }));
  one.rounds.forEach((round, k) => drawing.append(draw("text", { x: x(k), y: HIGH - 4, class: "ex-tick-label" }, String(round))));
  drawing.append(draw("text", { x: 2, y: 12, class: "ex-top-label" }, shown(most)));
  names.forEach((name, n) => {
    const points = one.runs[name].map((value, k) => `${x(k)},${y(value)}`).join(" ");
    const style = styleOf(names, n);
    drawing.append(draw("polyline", { points, class: `ex-line ${style}`, "stroke-dasharray": style === NONE ? "2 4" : DASHES[n % 6] }));
    if (style !== NONE) one.runs[name].forEach((value, k) => drawing.append(draw("circle", { cx: x(k), cy: y(value), r: 3, class: `ex-dot ${style}` })));
  });
  const table = tableOf(slots(SAYING.caption, one), ["", ...one.rounds.map((round) => slots(SAYING.roundColumn, { round }))],
    names.map((name) => [name, ...one.runs[name].map(shown)]));
  const key = make("ul", { class: "ex-key" }, ...names.map((name, n) => make("li", { class: styleOf(names, n) }, name)));
  return make("figure", { class: `ex-picture ex-${one.kind}` }, make("h3", {}, `${one.title} (${one.unit_words})`), drawing, key, table);
}
