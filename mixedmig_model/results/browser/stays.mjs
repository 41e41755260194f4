/**
 * People detained over the limit, out of a run's daily totals: the arithmetic of `results/waits/queues.py` and
 * `stays.py` for one group and country at a time, where the kernel alone does not know that there are none.
 */

/** log(exp(one) + exp(other)); minus infinity is nothing. */
function added(one, other) {
  const most = Math.max(one, other);
  return most === -Infinity ? most : most + Math.log1p(Math.exp(Math.min(one, other) - most));
}

/** The hazard of loss (1/day) that makes a day's totals agree, by Newton's method; none where nobody is lost. */
function lossHazard(start, end, net, lost, fastest) {
  const mean = Math.max(0.5 * (start + end), 1e-12);
  if (!(lost > 0 && mean > 1e-9)) return 0;
  let hazard = Math.min(lost / mean, fastest);
  for (let turn = 0; turn < 40; turn += 1) {
    const before = hazard;
    const gone = Math.exp(-before);
    const middle = -Math.expm1(-before) / before;
    const slope = start * gone + (net * (middle - gone)) / before;
    const step = slope > 1e-12 ? (start * gone + net * middle - end) / slope : 0;
    hazard = Math.min(Math.max(before + step, 1e-9), fastest);
    if (!(Math.abs(hazard - before) > 1e-9 * before)) break;
  }
  return hazard;
}

/** Log of what persons a day add to a running total weighted by exp(H). */
function logIncrement(persons, loss, lost) {
  return Math.log(persons) + lost + (loss > 1e-9 ? Math.log(Math.expm1(loss) / loss) : 0);
}

/** Log of all entries up to an edge, which may lie within a day. Args: place, edges since the day before the run. */
function enteredBy(logEntered, place) {
  const last = logEntered.length - 1;
  const held = Math.min(Math.max(place, 0), last);
  const index = Math.min(Math.floor(held), last - 1);
  const share = held - index;
  return added(logEntered[index] + Math.log1p(-share), logEntered[index + 1] + Math.log(share));
}

/**
 * Persons of one group and country whose stay came to exceed the limit and its grace, each once.
 * @param {{entered: number[], released: number[], left: number[], inside: number[]}} totals a day; inside by edge
 * @param {(day: number) => number} limit in days, by day
 */
function crossed({ entered, released, left, inside }, limit, { grace, fastest }) {
  const days = entered.length;
  const logEntered = new Float64Array(days + 2).fill(-Infinity);
  let [lost, logServed, reached, passed, waiting, people] = [0, -Infinity, -Infinity, -Infinity, 0, 0];
  const edges = [];
  for (let k = 0; k <= days; k += 1) {
    const [came, served, gone] = k === 0
      ? [Math.max(inside[0], 0), 0, 0]
      : [entered[k - 1], released[k - 1], left[k - 1]].map((persons) => Math.max(persons, 0));
    const now = Math.max(inside[k], 0);
    const loss = lossHazard(waiting, now, came - served, gone, fastest);
    logEntered[k + 1] = added(logEntered[k], logIncrement(came, loss, lost));
    logServed = added(logServed, logIncrement(served, loss, lost));
    lost += loss;
    waiting = now;
    edges.push([lost, logServed]);
  }
  edges.forEach(([lostNow, servedNow], k) => {
    reached = Math.max(reached, k - limit(Math.max(k - 1, 0)) - grace);
    const before = Math.max(passed, servedNow);
    passed = enteredBy(logEntered, reached + 1);
    people += Math.max(Math.exp(passed - lostNow) - Math.exp(before - lostNow), 0);
  });
  return people;
}

/**
 * Persons whose stay came to exceed the limit and its grace, all groups and countries.
 * @param {Answer} answer of a run; its header holds the constants and who was inside at the opening
 * @param {Float64Array} limits in days, by day and country
 * @param {boolean} inForce whether the limit is law everywhere and throughout
 */
export function peopleOverLimit(answer, limits, inForce) {
  const { days, groups, countries, stays } = answer.header;
  const [entered, left, released] = ["entered", "left", "limit"].map((kind) => answer.byGroup(`detention/${kind}`).values);
  const lanes = groups.length * countries.length;
  const daily = (totals, lane) => Array.from({ length: days }, (_, day) => (
    totals[(day + 1) * lanes + lane] - totals[day * lanes + lane]));
  let people = 0;
  for (let lane = 0; lane < lanes; lane += 1) {
    const freed = daily(released, lane);
    const exits = daily(left, lane);
    const inside = Array.from({ length: days + 1 }, (_, day) => (
      stays.opening[lane] + entered[day * lanes + lane] - left[day * lanes + lane]));
    const country = lane % countries.length;
    people += crossed(
      { entered: daily(entered, lane), released: freed, left: exits.map((persons, day) => persons - freed[day]), inside },
      (day) => limits[day * countries.length + country], stays,
    );
  }
  if (inForce) people = Math.min(people, answer.overdue());
  return inForce && people < stays.accuracy ? 0 : people;
}
