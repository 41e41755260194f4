// Stands in for Python: answers by the protocol, when and how a test says. All numbers are made up.
window.standIn = (options = {}) => {
  const days = options.days ?? 731;
  const count = days + 1;
  const countries = [["thailand", "Thailand", 4], ["malaysia", "Malaysia", 10], ["indonesia", "Indonesia", 0]];
  const factors = [0, 0.25, 0.28, 0.32, 0.36, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, null,
    1.05, 1.1, 1.15, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4];
  const text = (value) => (value === null ? "as in the case" : value === 0 ? "none" : `${value} times the case`);
  const input = (k) => ({
    name: `input.k${k}`, group: `theme${k % 4}`, rank: k < 10 ? k + 1 : null, title: options.title ?? `Officers of kind ${k}`,
    description: "How many officers work.", unit: "officer", unit_words: "officers", kind: "multiple", operation: "scale",
    positions: factors.map((value) => ({ value, text: text(value) })), case: 17,
    absolute: { positions: [{ value: null, text: "as in the case (0)" }, ...[1, 2, 5, 10].map((value) => ({ value, text: String(value) }))], case: 0 },
    scale: 1, low: 0, high: 4, case_value: null, case_text: "Thailand 4, Malaysia 10, Indonesia 0", dates: true, whole: false, range: [0, 400],
    by_country: Object.fromEntries(countries.map(([name, , value]) => [name, { text: String(value), zero: value === 0 }])),
    range_text: "0 to 400 officers", quality: "assumption", source: options.sourceName ?? "S1", address: options.address ?? "https://example.org/",
    holds_for: "", evidence: "", effect: "One more officer sees two more people a day.", idle: k === 12 ? { text: "The scenario sets it.", place: "quick.yaml:9" } : null,
  });
  const shareOf = (one) => ({ ...one, title: "Individual decision before regularisation", unit: "share", unit_words: "%", kind: "absolute", operation: "set",
    scale: 100, absolute: null, case: 1, case_value: 0.5, case_text: "50", positions: [0, null, 1].map((value) => ({ value, text: value === null ? "as in the case (50 %)" : `${100 * value} %` })),
    by_country: Object.fromEntries(countries.map(([name]) => [name, { text: "50 %", zero: false }])) });
  const use = (name, title) => ({ name, group: "levers", title, description: "Does something.", paragraphs: [], evidence: "None.", strength: "weak",
    source: "S1", address: "", side_effects: [], not_modelled: [], members: [], countries: true, dates: true, idle: null });
  const chart = (v, title, k) => ({ key: `${v}_${k}`, title: `${title}`, unit: "person", unit_words: "people", subtitle: "people, each day", kind: "line",
    x: "day", series: [{ key: "one", title }], source: "Model" });
  const several = { ...chart("countries", "Without shelter by country", 0), series: countries.map(([key, title]) => ({ key, title })) };
  const bars = { ...chart("costs", "Costs by payer", 0), kind: "bar", x: ["Host governments", "Donors", "Families"], unit: "USD", unit_words: "USD" };
  const titles = ["Adrift", "Ashore", "Without shelter", "Waiting for a decision"];
  const views = [["people", "People"], ["waits", "Waits"], ["places", "Places"], ["outcomes", "Outcomes"]].map(([key, title]) => ({
    key, title, charts: titles.map((one, k) => chart(key, `${one} (${title})`, k)) }));
  views.push({ key: "costs", title: "Costs", charts: [bars] }, { key: "countries", title: "Countries", charts: [several] });
  const none = { scenario: "as_it_happened", levers: [], changes: [] };
  const hello = {
    type: "hello", version: 1, schema: 1, digest: "0".repeat(64), case: "made_up", title: options.title ?? "A made-up case, 2015",
    question: options.title ?? "What would have changed?", summary: "", start: "2015-01-01", end: "2017-01-01", days, route: "sea",
    baseline: "as_it_happened", scenario: "as_it_happened", may: { save: true, report: true }, solver: "", kernel: options.kernel ?? true,
    countries: countries.map(([name, title]) => ({ name, title })),
    scenarios: [{ name: "as_it_happened", title: "As it happened", description: "", digest: "", state: none },
      { name: "quick", title: options.title ?? "Quick disembarkation", description: "", digest: "",
        state: { scenario: "quick", levers: [], changes: [{ parameter: "input.k1", add: 6, start: "2015-05-01", reason: "Agreed." }] } }],
    groups: [0, 1, 2, 3].map((k) => ({ name: `theme${k}`, title: `Theme ${k}` })), inputs: [...Array(24).keys()].map(input).map((one) => (one.name === "input.k2" ? shareOf(one) : one)),
    levers: [use("sar", "Search and rescue"), use("law", "Law")], presets: [{ ...use("plan", "A plan"), members: ["Search and rescue"] }],
    rows: [["refused", "People refused disembarkation", "people", "breach"], ["deaths", "Deaths and missing", "people", "harm"],
      ["shelter", "Time without shelter", "person-days", "harm"], ["wait", "Median wait", "days", "headline"], ["cost", "Cost", "USD", "cost"]].map(
      ([key, title, unit, kind]) => ({ key, title, unit, unit_words: unit, kind, better: "lower", description: "", basis: "", case: "0" })),
    views, first_view: "people",
    events: [{ date: "2015-05-01", day: 120, text: options.title ?? "Boats are abandoned" }, { date: "2015-05-20", day: 139, text: "Ministers agree" }],
    published: [{ view: "people", chart: "people_0", date: "2015-06-01", day: 151, low: 900, high: 1100, text: "Published: 1,000", source: "S1", address: options.address ?? "https://example.org/" }],
    words: {},
  };
  const lines = (view, size) => {
    const all = [];
    hello.views.find((one) => one.key === view).charts.forEach((one, c) => one.series.forEach((_, s) => {
      if (one.x !== "day") all.push(...one.x.map((_label, k) => 1000 * (k + 1) * size));
      else for (let k = 0; k <= hello.days; k += 1) all.push(size * (c + 1) * (s + 1) * 800 * (1 + Math.sin(k / 70 + c + s)) * Math.min(1, k / 60));
    }));
    return new Float32Array(all).buffer;
  };
  const numbers = (size) => new Float64Array([size > 2 ? 50 * size : 0, 400 * size, 9000 * size, 30 / Math.max(size, 0.1), 1]).buffer;
  const sizeOf = (state) => Math.max(0, 1 + (state?.changes ?? []).reduce((sum, one) => sum + ((one.scale ?? 1) - 1) / (one.countries ? 3 : 1), 0) + (state?.levers ?? []).length * 0.2);
  const round = (value) => String(Math.round(value));
  const words = (s) => ({
    strip: options.strip ?? [{ key: "adds", text: s > 2 ? `Breaches added: people refused disembarkation (0 \u2192 ${round(50 * s)}).` : "Breaches added: none.", alarm: s > 2 },
      { key: "leaves", text: "Breaches that remain: 999 identified children detained.", alarm: false },
      { key: "harms", text: `Harms: deaths ${round(400 * s)}, time without shelter ${round(9000 * s)} days.`, alarm: false }],
    warnings: s < 0.2 ? ["Fewer people are screened: 7,210 become 0."] : [], ranked: s <= 2, better_on_all: false,
    sentence: s > 2 ? "Not ranked: it adds people refused disembarkation." : s === 1 ? "Baseline." : `Worse on: deaths (${round(400 * s)}).`,
    rows: [[s > 2 ? round(50 * s) : "0", "", s > 2 ? "adds" : ""], [round(400 * s), `${round(400 * (s - 1))}`, s > 1 ? "worse" : ""],
      ["13,900,000", "7,470 fewer person-years; 878 fewer person-years because 321 fewer people live", "better"], ["30", "", ""], ["\u2026", "", ""]],
    state: "Exact.", cautions: [], changes: [],
  });
  const digest = (state) => [...JSON.stringify(state ?? none)].reduce((sum, one) => (sum * 31 + one.charCodeAt(0)) >>> 0, 7).toString(16).padStart(12, "0").repeat(5);
  const control = { delay: options.delay ?? 15, mute: false, fault: null, faults: {}, sent: [], hello };
  let hear = () => {};
  let change = () => {};
  control.run = (header) => hear({ type: "run", seq: header.seq, digest: digest(header.state), view: header.view, set: 0, ms: { all: 12 }, idle: {},
    words: words(sizeOf(header.state)) }, [lines(header.view, sizeOf(header.state)), numbers(sizeOf(header.state))]);
  const answers = {
    ping: ({ id }) => hear({ type: "pong", id }, []),
    hello: ({ id }) => hear({ base: words(1), ...hello, id, digest: digest(none) }, [lines("people", 1), numbers(1)]),
    idle: ({ state }) => hear({ type: "costs", digest: digest(state), rows: { cost: ["USD 12 m", "+1 m", ""] } }, []),
    set: (header) => (control.fault ? hear({ type: "fault", seq: header.seq, ...control.fault }, []) : control.run(header)),
    lines: ({ id, view, state }) => hear({ type: "lines", id, view, digest: digest(state), words: words(sizeOf(state)) }, [lines(view, sizeOf(state)), numbers(sizeOf(state))]),
    drives: ({ id, chart: key }) => hear({ type: "drives", id, chart: key, title: "What drives this", sentences: ["More people arrive.", "Few officers work."] }, []),
    copy: ({ id, form }) => hear({ type: "copied", id, form, text: "schema: 1\n" }, []),
    save: ({ id, name, title }) => hear({ type: "saved", id, name, title, file: `scenarios/${name}.yaml`, digest: "", command: `mixedmig run made_up ${name}` }, []),
  };
  control.transport = {
    kind: options.kind ?? "app",
    first: {},
    send(header) {
      control.sent.push(JSON.parse(JSON.stringify(header)));
      const failed = control.faults[header.type];
      if (failed) setTimeout(() => hear({ type: "fault", id: header.id ?? 0, lever: "", text: failed, allowed: "" }, []), 1);
      else if (!control.mute && answers[header.type]) setTimeout(() => answers[header.type](header), header.type === "set" ? control.delay : 1);
    },
    listen(heard, changed) {
      [hear, change] = [heard, changed];
      changed(true);
    },
    close() {},
  };
  return Object.assign(control, { hear: (...all) => hear(...all), up: () => change(true), down: () => change(false) });
};
