// Forms: each field has a label; faults and results are read out.

/** Make a labelled field. */
function field(label, control, hint = null) {
  const id = control.id || freshId("field");
  control.id = id;
  if (hint) {
    hint.id = hint.id || freshId("hint");
    control.setAttribute("aria-describedby", hint.id);
  }
  return make("p", { class: "ex-field" }, make("label", { for: id }, label), control, hint);
}

/** Make a choice out of pairs of value and text. */
function choice(pairs, attributes = {}) {
  return make("select", attributes, ...pairs.map(([value, text]) => make("option", { value }, text)));
}

/** Make a form that sends one move and says what came of it. */
function moveForm(talk, fields, submit, message, { saying = null, clear = [] } = {}) {
  const said = make("p", { class: "ex-said", role: "status" });
  const faults = make("ul", { class: "ex-faults", role: "alert" });
  const send = make("button", { type: "submit" }, submit);
  return make("form", {
    novalidate: true,
    onsubmit: async (event) => {
      event.preventDefault();
      send.disabled = true;
      write(said, SAYING.working);
      fillList(faults, []);
      try {
        const found = await talk.move(message());
        write(said, found.ok ? (saying?.(found) ?? slots(SAYING.done, { kind: submit })) : "");
        fillList(faults, found.ok ? [] : faultTexts(found));
        if (found.ok) clear.forEach((one) => { one.value = ""; });
      } catch {
        write(said, "");
        fillList(faults, [SAYING.lost]);
      } finally {
        send.disabled = false;
      }
    },
  }, ...fields, send, said, faults);
}

/** Read a number field; null where it is empty or no number. */
function numberOf(control) {
  const value = Number(control.value);
  return control.value.trim() === "" || !Number.isFinite(value) ? null : value;
}

/** Make the three fields of what is expected. */
function expectedFields(quantities, rounds, mayLack) {
  const quantity = choice([...(mayLack ? [["", SAYING.none]] : []), ...Object.entries(quantities)]);
  const low = make("input", { type: "number", step: "any" });
  const high = make("input", { type: "number", step: "any" });
  const at = choice(Array.from({ length: rounds }, (_, k) => [String(k + 1), String(k + 1)]));
  return {
    at,
    fields: [field(mayLack ? SAYING.expect : SAYING.foretold, quantity), field(SAYING.low, low), field(SAYING.high, high), field(SAYING.at, at)],
    clear: [low, high],
    read: () => (quantity.value ? { quantity: quantity.value, low: numberOf(low), high: numberOf(high), round: Number(at.value) } : {}),
  };
}
