// The list of levers: the ten with the largest effect first, then by theme, then the catalogue; and a search over all.
const MOST_FOUND = 30;

/** Make the list of levers; groups are filled when they are first opened. */
function makeLevers(panel) {
  const { schema } = panel;
  const rows = new Map();
  const row = (input) => {
    if (!rows.has(input.name)) rows.set(input.name, makeLever(panel, input));
    return rows.get(input.name);
  };
  const ten = schema.inputs.filter((input) => input.rank !== null).sort((one, other) => one.rank - other.rank);
  const groups = [leverGroup(panel, WORDS.largest, ten, row, true)];
  for (const theme of schema.groups) {
    const inputs = schema.inputs.filter((input) => input.rank === null && input.group === theme.name);
    if (inputs.length) groups.push(leverGroup(panel, theme.title, inputs, row, false));
  }
  const catalogue = makeCatalogue(panel);
  const found = make("div", { hidden: true });
  const count = make("p", { class: "mm-count", role: "status" });
  const search = make("input", { type: "search", placeholder: WORDS.search, "aria-label": WORDS.search });
  const lists = make("div", {}, ...groups.map((group) => group.node), ...catalogue.nodes);
  const themes = new Map(schema.groups.map((theme) => [theme.name, theme.title]));
  const seek = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const hits = words.length ? schema.inputs.filter((input) => words.every((word) =>
      [input.title, input.name, input.description, themes.get(input.group)].join(" ").toLowerCase().includes(word))) : [];
    found.hidden = !words.length;
    lists.hidden = Boolean(words.length);
    found.replaceChildren(...hits.slice(0, MOST_FOUND).map((input) => row(input).node));
    write(count, words.length ? fill(WORDS.found, { count: hits.length }) : "");
    if (!words.length) for (const group of groups) group.place();
    list.refresh(panel.state(), panel.idles);
  };
  search.addEventListener("input", seek);
  const list = {
    node: make("section", { class: "mm-levers", "aria-label": WORDS.levers }, make("h2", {}, WORDS.levers), search, count, found, lists),
    refresh(state, idles) {
      for (const one of rows.values()) if (one.node.isConnected) one.refresh(state, idles);
      for (const group of groups) group.count(state);
      catalogue.refresh(state);
    },
    /** Say at a lever what is wrong, and nothing at all others; return whether it is in sight. */
    say(name, text) {
      const input = schema.inputs.find((one) => one.name === name);
      if (input) row(input);
      for (const one of rows.values()) one.say(one.input.name === name ? text : null);
      catalogue.say(name, text);
    },
  };
  return list;
}

/** Make a group of levers, with how many of them are moved. */
function leverGroup(panel, title, inputs, row, open) {
  const number = make("span", { class: "mm-number" });
  const body = make("div", {});
  const node = make("details", { class: "mm-group", open }, make("summary", {}, title, " ", number), body);
  const group = {
    node,
    place() {
      if (node.open) body.replaceChildren(...inputs.map((input) => row(input).node));
    },
    count(state) {
      const moved = inputs.filter((input) => changesOf(state, input.name).length).length;
      write(number, moved ? fill(WORDS.set_count, { count: moved }) : "");
    },
  };
  group.place();
  node.addEventListener("toggle", () => {
    group.place();
    panel.levers?.refresh(panel.state(), panel.idles);
  });
  return group;
}
