// Present: large type, one chart and the strip; a cover that asks for a guess first; and the moves once more, in order.
const REPLAY_PAUSE = 2500;
const ABOUT_THE_SAME = 0.02;

/** Return the height of the chart of a presentation. */
function presentHeight() {
  return Math.max(240, Math.min(620, window.innerHeight - 500));
}

/** Say whether a guess was right: higher, lower or about the same as the case at the highest point. */
function guessWords(guess, chart) {
  const peak = (who) => chart.lines.get(who).reduce((sum, values) => Math.max(sum, ...values.filter((value) => !Number.isNaN(value))), 0);
  const [now, base] = [peak("now"), peak("case")];
  const gap = base > 0 ? (now - base) / base : now > 0 ? 1 : 0;
  const found = Math.abs(gap) < ABOUT_THE_SAME ? "same" : gap > 0 ? "more" : "fewer";
  const { unit, unit_words: many, title } = chart.spec;
  return fill(found === guess ? WORDS.guess_right : WORDS.guess_other, {
    found: WORDS[`guess_${found}`], title, now: withUnit(now, unit, many), base: withUnit(base, unit, many) });
}

/** Make the controls of a presentation. */
function makePresenting(panel) {
  const said = make("p", { class: "mm-guesssaid", role: "status" });
  const guesses = make("div", { class: "mm-guesses", hidden: true }, make("span", {}, WORDS.guess_ask),
    ...["more", "same", "fewer"].map((guess) => button(WORDS[`guess_${guess}`], () => {
      const figure = panel.views.large ?? panel.views.figures()[0];
      cover(false);
      write(said, guessWords(guess, figure.chart));
    })));
  const coverButton = button(WORDS.guess_first, () => cover(guesses.hidden), { "aria-pressed": "false" });
  let timer = null;
  const replay = button(WORDS.replay, () => (timer === null ? play(0) : stop()));
  const cover = (on) => {
    panel.root.classList.toggle("mm-covered", on);
    coverButton.setAttribute("aria-pressed", String(on));
    guesses.hidden = !on;
    if (on) write(said, "");
  };
  const stop = () => {
    clearTimeout(timer);
    timer = null;
    write(replay, WORDS.replay);
  };
  const play = (k) => {
    const { moves } = panel.history;
    write(replay, WORDS.stop);
    panel.goTo(k);
    write(said, fill(WORDS.move_of, { number: k + 1, all: moves.length, move: moves[k].words }));
    timer = setTimeout(() => (k + 1 < moves.length ? play(k + 1) : stop()), REPLAY_PAUSE);
  };
  const next = button(WORDS.next_chart, () => {
    const figures = panel.views.figures();
    panel.views.enlarge(figures[(figures.indexOf(panel.views.large) + 1) % figures.length]);
  });
  const node = make("div", { class: "mm-presenting", role: "group", "aria-label": WORDS.presenting, hidden: true },
    coverButton, replay, next, button(WORDS.end_present, () => panel.present(false)), guesses, said);
  return {
    node,
    show(on) {
      node.hidden = !on;
      if (on) return;
      stop();
      cover(false);
      write(said, "");
    },
  };
}
