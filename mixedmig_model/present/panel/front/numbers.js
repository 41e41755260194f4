// Numbers and days in words: three significant digits, units in the plural, dates as a reader writes them.
const DIGITS = 3;
const WHOLE = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: DIGITS });
const SHORT_DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "short", year: "2-digit", timeZone: "UTC" });
const DAY_LENGTH = 86400000;
const MINUS = "\u2212";
const NOBODY = 0.05;

/** Return a number with three significant digits. */
function plain(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return "\u2013";
  if (!Number.isFinite(value)) return WORDS.endless;
  const text = WHOLE.format(Math.abs(value));
  return value < 0 && text !== "0" ? MINUS + text : text;
}

/** Return a number with its unit: "1 officer", "12 officers", "35 %". Args: many, the words of the unit in the plural. */
function withUnit(value, unit, many = null) {
  if (value === null || value === undefined || Number.isNaN(value)) return "\u2013";
  if (unit === "share") return `${plain(100 * value)} %`;
  if (!unit) return plain(value);
  const names = UNITS[unit];
  if (!names) return `${plain(value)} ${many ?? unit}`;
  return `${plain(value)} ${plain(value) === "1" ? names[0] : names[1]}`;
}

/** Return a difference with its sign, or an empty text where nothing is seen of it. Nobody is a part of a person. */
function signed(gap, unit) {
  if (gap === null || Number.isNaN(gap)) return "";
  if (unit === "person" && Math.abs(gap) < 1) return Math.abs(gap) < NOBODY ? "" : gap > 0 ? WORDS.less_than_one_more : WORDS.less_than_one_fewer;
  const text = inUnit(Math.abs(gap), unit);
  if (/^0( %)?$/.test(text)) return "";
  return (gap > 0 ? "+" : MINUS) + text;
}

/** Return the difference of two values as a reader sees them; of two that look the same, the one that there is. */
function gapShown(value, base) {
  const shown = Number(value.toPrecision(DIGITS)) - Number(base.toPrecision(DIGITS));
  return Math.abs(shown) > 0 && Number.isFinite(shown) ? shown : value - base;
}

/** Return a factor in words: "as in the case", "1.5 times the case". */
function times(factor) {
  if (factor === 1) return WORDS.as_in_case;
  return fill(WORDS.times_case, { factor: plain(factor) });
}

/** Return a number as a box has it: all its digits but those of rounding. */
function trimmed(value) {
  return String(Number(value.toPrecision(8)));
}

/** Put values into the named slots of a sentence. */
function fill(template, slots) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in slots ? String(slots[name]) : whole));
}

/** Return the day with a number, the first day of the run being 0. */
function dayAt(start, index) {
  return new Date(Date.parse(start) + index * DAY_LENGTH);
}

/** Return a day in words: "3 Jun 2015". */
function dayWords(day) {
  return SHORT_DAY.format(typeof day === "string" ? new Date(Date.parse(day)) : day);
}

/** Return the least round number from 1, 2, 2.5 or 5 times a power of ten that is not below a value. */
function roundUp(value) {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  for (const step of [1, 2, 2.5, 5, 10]) if (value <= step * power * (1 + 1e-9)) return step * power;
  return 10 * power;
}

/** Return the months whose first day is marked on an axis of some width: index of the day, and its text. */
function monthTicks(start, days, width) {
  const most = Math.max(2, Math.floor(width / 48));
  const firsts = [];
  for (let index = 0; index <= days; index += 1) {
    const day = dayAt(start, index);
    if (day.getUTCDate() === 1) firsts.push([index, day]);
  }
  const step = [1, 2, 3, 6, 12, 24, 60, 120].find((months) => (firsts.length - 1) / months <= most) ?? 120;
  const months = (day) => day.getUTCFullYear() * 12 + day.getUTCMonth();
  // Up to a year, months are those of the calendar; beyond, years are counted from the first.
  const origin = step > 12 ? months(firsts[0][1]) - firsts[0][1].getUTCMonth() : 0;
  return firsts.filter(([, day]) => (months(day) - origin) % step === 0).map(([index, day]) => [index, MONTH.format(day)]);
}

/** Read a number that a person typed: "1.5", "1,200", "35 %". Return null where it is none. */
function readNumber(text, unit) {
  const trimmed = text.trim().replace(/\s|,(?=\d{3}\b)/g, "").replace(",", ".").replace(MINUS, "-");
  const match = /^([+-]?\d*\.?\d+(?:e[+-]?\d+)?)(%?)$/i.exec(trimmed);
  if (!match) return null;
  const value = Number(match[1]);
  return match[2] || unit === "share" ? value / 100 : value;
}

/** Return a cell of a comma-separated file; one that a spreadsheet would read as a formula becomes a text. */
function csvCell(value) {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
