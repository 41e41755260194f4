// The strip on top, always in sight: breaches, warnings, harms. Its height never changes, whatever it says.

/** Make the strip. Its lines are sentences of Python: what is added, what is left, what harms. */
function makeStrip() {
  const lines = make("ul", { class: "mm-striplines" });
  const warnings = make("ul", { class: "mm-warnings" });
  const harms = make("ul", { class: "mm-striplines" });
  const node = make("section", { class: "mm-strip", "aria-label": WORDS.strip, tabindex: "0" }, lines, warnings, harms);
  const fillLines = (list, parts) => {
    fillList(list, parts.map((one) => one.text));
    parts.forEach((one, k) => {
      list.children[k].className = `mm-strip-${one.key}${one.alarm ? " mm-alarm" : ""}`;
    });
  };
  return {
    node,
    show({ strip = [], warnings: warned = [] }) {
      fillList(warnings, warned);
      fillLines(lines, strip.filter((one) => one.key !== "harms"));
      fillLines(harms, strip.filter((one) => one.key === "harms"));
      node.classList.toggle("mm-bad", strip.some((one) => one.alarm) || warned.length > 0);
    },
  };
}

/** Make the line that says what a person may know of the picture: solved how, which digest, or why it is old. */
function makeStateLine(panel) {
  const text = make("span", { class: "mm-statetext" }, WORDS.starting);
  const digest = make("code", { class: "mm-digest" });
  const again = button(WORDS.again, () => panel.reconnect(), { hidden: true });
  const bar = make("progress", { max: 1, hidden: true, "aria-label": WORDS.progress });
  const node = make("div", { class: "mm-stateline" }, text, " ", bar, again, digest);
  return {
    node,
    say(words, kind = "") {
      write(text, words);
      node.className = `mm-stateline${kind ? ` mm-is-${kind}` : ""}`;
      again.hidden = kind !== "dead";
      if (kind !== "progress") bar.hidden = true;
    },
    digest(value) {
      digest.title = value ?? "";
      write(digest, value ? fill(WORDS.digest, { digest: value.slice(0, 12) }) : "");
    },
    progress(done, of, words) {
      this.say(words, "progress");
      bar.hidden = false;
      if (of > 0) bar.value = done / of;
      else bar.removeAttribute("value");
    },
  };
}
