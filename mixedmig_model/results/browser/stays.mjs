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
  const [losses, servings] = [new Float64Array(days + 1), new Float64Array(days + 1)];
  let [lost, logServed, waiting] = [0, -Infinity, 0];
  for (let k = 0; k <= days; k += 1) {
    const came = Math.max(k === 0 ? inside[0] : entered[k - 1], 0);
    const served = k === 0 ? 0 : Math.max(released[k - 1], 0);
    const gone = k === 0 ? 0 : Math.max(left[k - 1], 0);
    const now = Math.max(inside[k], 0);
    const loss = lossHazard(waiting, now, came - served, gone, fastest);
    logEntered[k + 1] = came > 0 ? added(logEntered[k], logIncrement(came, loss, lost)) : logEntered[k];
    logServed = served > 0 ? added(logServed, logIncrement(served, loss, lost)) : logServed;
    lost += loss;
    waiting = now;
    losses[k] = lost;
    servings[k] = logServed;
  }
  let [reached, passed, people] = [-Infinity, -Infinity, 0];
  for (let k = 0; k <= days; k += 1) {
    reached = Math.max(reached, k - limit(Math.max(k - 1, 0)) - grace);
    const before = Math.max(passed, servings[k]);
    passed = enteredBy(logEntered, reached + 1);
    people += Math.max(Math.exp(passed - losses[k]) - Math.exp(before - losses[k]), 0);
  }
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
  const most = inForce ? answer.overdue() : Infinity;
  if (most < stays.accuracy) return 0;
  const [entered, left, released] = ["entered", "left", "limit"].map((kind) => answer.byGroup(`detention/${kind}`).values);
  const lanes = groups.length * countries.length;
  const moved = { entered: new Float64Array(days), released: new Float64Array(days), left: new Float64Array(days), inside: new Float64Array(days + 1) };
  let people = 0;
  for (let lane = 0; lane < lanes; lane += 1) {
    const country = lane % countries.length;
    for (let day = 0, at = lane; day <= days; day += 1, at += lanes) {
      moved.inside[day] = stays.opening[lane] + entered[at] - left[at];
      if (day === days) break;
      const freed = released[at + lanes] - released[at];
      moved.entered[day] = entered[at + lanes] - entered[at];
      moved.released[day] = freed;
      moved.left[day] = left[at + lanes] - left[at] - freed;
    }
    people += crossed(moved, (day) => limits[day * countries.length + country], stays);
  }
  people = Math.min(people, most);
  return inForce && people < stays.accuracy ? 0 : people;
}
