// The page of a team: its breaches on top, then each role with its own returns, levers and messages.

/** Make the page of a team. */
function makeTeamPage(root, talk) {
  const head = makeHead();
  const strip = makeStripOf();
  const tabs = make("nav", { class: "ex-tabs", "aria-label": SAYING.roles });
  const places = make("div", { class: "ex-roles" });
  const held = make("section", { class: "ex-part ex-held", "aria-label": SAYING.held, hidden: true });
  const given = make("ol", { class: "ex-given" });
  const sheets = makeSheets();
  const words = make("textarea", { rows: 2, maxlength: 2000 });
  const sentence = section(SAYING.sentence, moveForm(talk, [field(SAYING.sentence, words)], SAYING.sendSentence,
    () => ({ kind: "sentence", text: words.value }), { clear: [words] }));
  root.append(strip.node, head.node, held, tabs, places, section(SAYING.decisions, given), sentence, sheets);
  const roles = new Map();
  let heldShown = "";
  const choose = (name) => {
    for (const [key, one] of roles) {
      one.node.hidden = key !== name;
      one.tab.setAttribute("aria-pressed", String(key === name));
    }
  };
  return (page) => {
    document.documentElement.dataset.version = page.version;
    head.show(page, page.strip.team);
    strip.show(page.strip);
    if (roles.size === 0) {
      for (const role of page.roles) {
        const made = makeRole(talk, page, role);
        made.tab = button(role.title, () => choose(role.role));
        roles.set(role.role, made);
        tabs.append(made.tab);
        places.append(made.node);
      }
      choose(page.roles[0].role);
    }
    for (const role of page.roles) roles.get(role.role).show(page, role);
    fillGiven(given, page.given);
    const waiting = page.given.filter((one) => one.held.length);
    const key = JSON.stringify(waiting);
    if (key !== heldShown) {
      heldShown = key;
      held.replaceChildren(...waiting.map((one) => heldOrder(talk, page, one)));
      held.hidden = waiting.length === 0;
    }
    fillSheets(sheets, page.sheets);
  };
}

/** Make what a held order shows: the breach, and who signs. */
function heldOrder(talk, page, one) {
  const role = choice(page.roles.map((each) => [each.role, each.title]));
  role.value = one.role;
  const reason = make("textarea", { rows: 2, maxlength: 2000 });
  return make("div", { class: "ex-heldorder" },
    make("h2", {}, SAYING.held), make("p", {}, one.text), make("ul", {}, ...one.held.map((text) => make("li", {}, text))),
    moveForm(talk, [field(SAYING.signAs, role), field(SAYING.reason, reason)], SAYING.sign,
      () => ({ kind: "sign", order: one.number, role: role.value, reason: reason.value })));
}

/** Make the part of one role. */
function makeRole(talk, page, role) {
  const returns = make("div", { class: "ex-returns" });
  const cards = make("div", { class: "ex-cards" });
  const made = new Map();
  const levers = new Map(role.levers.map((one) => [one.key, one]));
  const key = choice(role.levers.map((one) => [one.key, one.title]));
  const value = make("input", { type: "number", step: "any", required: true });
  const hint = make("small", {});
  const why = make("textarea", { rows: 2, maxlength: 2000 });
  const countries = make("fieldset", {}, make("legend", {}, SAYING.countries),
    ...role.countries.map((name) => [name, page.countries[name]]).map(([name, title]) => make("label", { class: "ex-tick" },
      make("input", { type: "checkbox", value: name }), ` ${title}`)));
  const expected = expectedFields(page.quantities, page.clock.rounds, true);
  const forecast = expectedFields(page.quantities, page.clock.rounds, false);
  const hintNow = () => {
    const one = levers.get(key.value);
    if (one) write(hint, slots(SAYING.limits, { ...one, least: plainNumber(one.least), most: plainNumber(one.most), ordered: plainNumber(one.ordered) }));
  };
  key.addEventListener("change", hintNow);
  const order = moveForm(talk, [
    field(SAYING.lever, key), field(SAYING.value, value, hint), field(SAYING.why, why), countries, ...expected.fields,
  ], SAYING.send, () => ({
    kind: "order", role: role.role, key: key.value, value: numberOf(value), why: why.value,
    countries: [...countries.querySelectorAll("input:checked")].map((one) => one.value), ...expected.read(),
  }), { saying: (found) => (found.events[0]?.breaches ? SAYING.heldNow : null), clear: [value, why, ...expected.clear] });
  const node = make("div", { class: "ex-role", "data-role": role.role },
    make("details", { class: "ex-brief" }, make("summary", {}, SAYING.brief), make("pre", {}, role.brief)),
    section(SAYING.messages, cards), section(SAYING.returns, make("p", {}, SAYING.late), returns),
    ...(role.levers.length ? [section(SAYING.order, order)] : []),
    section(SAYING.forecast, moveForm(talk, forecast.fields, SAYING.sendForecast,
      () => ({ kind: "forecast", role: role.role, ...forecast.read() }), { clear: forecast.clear })));
  let seen = "", round = 0;
  return {
    node,
    show(now, one) {
      one.levers.forEach((lever) => levers.set(lever.key, lever));
      hintNow();
      if (now.clock.round !== round) {
        round = now.clock.round;
        expected.at.value = forecast.at.value = String(round);
      }
      const text = JSON.stringify([one.returns, one.cash]);
      if (text !== seen) {
        seen = text;
        returns.replaceChildren(...roleTables(one));
      }
      for (const card of one.injects) {
        if (!made.has(card.inject)) {
          made.set(card.inject, makeCard(talk, role.role, card));
          cards.prepend(made.get(card.inject).node);
        }
        made.get(card.inject).show(card);
      }
      if (made.size === 0) cards.textContent = SAYING.noMessage;
      else if (cards.firstChild.nodeType === Node.TEXT_NODE) cards.firstChild.remove();
      [...cards.childNodes].filter((each) => each.nodeType === Node.TEXT_NODE && made.size).forEach((each) => each.remove());
    },
  };
}

/** Return the tables of a role: returns and money. */
function roleTables(role) {
  const tables = [];
  if (role.returns.length) {
    const rounds = role.returns[0].values.length;
    const heads = [SAYING.quantity, SAYING.unit, ...Array.from({ length: rounds }, (_, k) => (k ? slots(SAYING.roundColumn, { round: k }) : SAYING.before))];
    tables.push(tableOf(SAYING.returns, heads, role.returns.map((one) => [one.title, one.unit, ...one.values.map(one.unit === "person" ? peopleNumber : plainNumber)])));
  }
  if (role.cash.length) {
    tables.push(tableOf(SAYING.money, [SAYING.payer, SAYING.given, SAYING.committed],
      role.cash.map((one) => [one.title, plainNumber(one.given), plainNumber(one.committed)])));
  }
  return tables;
}

/** Make a message with its answer. */
function makeCard(talk, role, card) {
  const text = make("textarea", { rows: 2, maxlength: 2000 });
  const answer = card.asks ? moveForm(talk, [field(SAYING.answer, text)], SAYING.sendAnswer,
    () => ({ kind: "answer", role, inject: card.inject, text: text.value }), { clear: [text] }) : null;
  const said = make("p", { class: "ex-answer" });
  const node = make("article", { class: "ex-card", "data-inject": card.inject },
    make("h3", {}, `${card.title} (${card.channel})`), card.note ? make("p", { class: "ex-note" }, slots(SAYING.notePrefix, card)) : null,
    make("p", {}, card.text), card.asks ? make("p", {}, card.asks) : null, card.due ? make("p", {}, slots(SAYING.due, card)) : null, said, answer);
  return {
    node,
    show(now) {
      write(said, now.answer ? slots(SAYING.answered, now) : "");
      if (answer) answer.hidden = Boolean(now.answer);
    },
  };
}
