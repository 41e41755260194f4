// The page of the facilitator: the clock, all teams, all injects, and what only the facilitator may do.

/** Make the page of the facilitator. */
function makeFacilitatorPage(root, talk) {
  const head = makeHead();
  const strips = make("div", { class: "ex-strips" });
  const said = make("p", { class: "ex-said", role: "status" });
  const faults = make("ul", { class: "ex-faults", role: "alert" });
  const act = async (message) => {
    write(said, SAYING.working);
    fillList(faults, []);
    try {
      const found = await talk.move(message);
      write(said, found.ok ? slots(SAYING.done, { kind: message.kind }) : "");
      fillList(faults, found.ok ? [] : faultTexts(found));
    } catch {
      write(said, "");
      fillList(faults, [SAYING.lost]);
    }
  };
  let last = null;
  const clock = button(SAYING.start, () => act({ kind: "clock", running: !last?.clock.running }), { class: "ex-clockbutton" });
  const ask = make("p", { class: "ex-ask", role: "alertdialog", "aria-label": SAYING.advance, hidden: true });
  const advance = button(SAYING.advance, () => {
    const no = button(SAYING.no, () => { ask.hidden = true; advance.focus(); });
    ask.replaceChildren(slots(SAYING.advanceAsk, last.clock), " ",
      button(SAYING.yes, () => { ask.hidden = true; act({ kind: "advance" }); }, { class: "ex-yes" }), " ", no);
    ask.hidden = false;
    no.focus();
  }, { class: "ex-advance" });
  const undo = button(SAYING.undo, () => act({ kind: "undo" }));
  const to = make("select", {});
  const back = make("p", { class: "ex-field" }, field(SAYING.back, to), button(SAYING.goBack, () => act({ kind: "undo", round: Number(to.value) })));
  const cards = make("div", { class: "ex-cards" });
  const given = make("div", { class: "ex-teams" });
  const sheets = makeSheets();
  const observe = make("div");
  const gaps = make("ol", { class: "ex-gaps" });
  root.append(make("div", { class: "ex-top" }, strips), head.node,
    section(SAYING.round.split(" ")[0], clock, " ", advance, " ", undo, back, ask, said, faults),
    section(SAYING.injects, cards), section(SAYING.teams, given), section(SAYING.observe, observe),
    section(SAYING.gaps, make("p", {}, SAYING.gapsNote), gaps, gapForm(talk)), sheets);
  const byTeam = new Map(), byInject = new Map();
  return (page) => {
    document.documentElement.dataset.version = page.version;
    last = page;
    head.show(page, null);
    if (byTeam.size === 0) {
      for (const one of page.strips) {
        const list = make("ol", { class: "ex-given" });
        byTeam.set(one.team, { strip: makeStripOf(one.team), list });
        strips.append(byTeam.get(one.team).strip.node);
        given.append(make("div", {}, make("h3", {}, one.team), list));
      }
      observe.append(observeForm(talk, page));
    }
    page.strips.forEach((one) => byTeam.get(one.team).strip.show(one));
    for (const [team, lines] of Object.entries(page.given)) fillGiven(byTeam.get(team).list, lines);
    write(clock, page.clock.running ? SAYING.stop : SAYING.start);
    clock.disabled = advance.disabled = page.clock.finished;
    const rounds = Array.from({ length: page.clock.round }, (_, k) => String(k + 1));
    if (to.children.length !== rounds.length) to.replaceChildren(...rounds.map((one) => make("option", { value: one }, one)));
    for (const one of page.cards) {
      if (!byInject.has(one.card.inject)) {
        byInject.set(one.card.inject, facilitatorCard(act, page, one));
        cards.append(byInject.get(one.card.inject).node);
      }
      byInject.get(one.card.inject).show(one);
    }
    fillList(gaps, page.gaps.map((one) => slots(SAYING.gapLine, one)));
    fillSheets(sheets, page.sheets);
  };
}

/** Make an inject as the facilitator reads it. */
function facilitatorCard(act, page, one) {
  const state = make("p", { class: "ex-state" });
  const came = make("p", { class: "ex-answer" });
  const { card } = one;
  const summary = make("summary", {});
  const node = make("details", { class: "ex-card", "data-inject": card.inject },
    summary,
    card.note ? make("p", { class: "ex-note" }, card.note) : null, make("p", {}, card.text), make("p", {}, slots(SAYING.to, { roles: one.to.join(", ") })),
    card.asks ? make("p", {}, card.asks) : null, one.expected ? make("p", {}, slots(SAYING.expected, one)) : null, state, came,
    button(SAYING.release, () => act({ kind: "release", inject: card.inject })), " ",
    ...page.strips.flatMap((each) => [button(slots(SAYING.releaseTo, each), () => act({ kind: "release", inject: card.inject, team: each.team })), " "]));
  return {
    node,
    show(now) {
      write(summary, slots(now.released.length ? SAYING.cardReleased : SAYING.cardWaiting, { title: card.title, when: one.when, teams: now.released.join(", ") }));
      write(state, now.released.length ? slots(SAYING.released, { teams: now.released.join(", ") }) : SAYING.notReleased);
      write(came, now.answered.length ? slots(SAYING.came, { teams: now.answered.join(", ") }) : "");
    },
  };
}

/** Make the form of an observer. */
function observeForm(talk, page) {
  const team = choice(page.strips.map((one) => [one.team, one.team]));
  const objective = choice(Object.entries(page.objectives));
  const mark = choice(Object.entries(SAYING.marks));
  const note = make("textarea", { rows: 2, maxlength: 2000 });
  return moveForm(talk, [field(SAYING.team, team), field(SAYING.objective, objective), field(SAYING.mark, mark), field(SAYING.note, note)],
    SAYING.sendMark, () => ({ kind: "observe", team: team.value, objective: objective.value, mark: mark.value, note: note.value }),
    { clear: [note] });
}

/** Make the form of a gap: what lacks, which office, by when. */
function gapForm(talk) {
  const text = make("textarea", { rows: 2, maxlength: 2000 });
  const owner = make("input", { type: "text", maxlength: 120, autocomplete: "off" });
  const by = make("input", { type: "date" });
  return moveForm(talk, [field(SAYING.gap, text), field(SAYING.owner, owner), field(SAYING.by, by)],
    SAYING.sendGap, () => ({ kind: "gap", text: text.value, owner: owner.value, by: by.value }), { clear: [text, owner, by] });
}
