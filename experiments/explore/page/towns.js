// What one town came to, from the sums that the model makes: the same as Python's `town_numbers`.

/** @typedef {import("./types").Menu} Menu */

/** @param {ArrayLike<number>} part
 * @param {ArrayLike<number>} whole */
const ratio = (part, whole) => Array.from(part, (sum, i) => whole[i] > 0 ? sum / whole[i] : null);

/** People whose need arises in a year; of a town that ran, in its last year.
 * @param {Menu} menu
 * @param {import("./types").Town} town
 * @param {any} lived
 * @param {number} start */
function peopleAYear(menu, town, lived, start) {
  const {weeks, year} = menu;
  if (!start) return Math.max(lived.weekly.entered[weeks - 1] / Math.min(town.entry_weeks, weeks) * year, 1);
  const looked = Math.min(year, weeks), end = start + weeks;
  const came = Array.from(lived.clients("entry_week")).filter(week => week >= end - looked && week < end).length;
  return Math.max(came / looked * year, 1);
}

/** What is booked, week by week, as it counts.
 * @param {Record<string, number>} counts
 * @param {any} lived
 * @param {number} weeks */
const counted = (counts, lived, weeks) => Array.from({length: weeks}, (_, week) =>
  Object.entries(counts).reduce((sum, [name, value]) => sum + value * lived.municipal[name][week], 0));

/** An outcome of the books, week by week.
 * @param {Menu} menu
 * @param {any} lived
 * @param {string} name
 * @param {number} people who come in a year */
function ofBooks({books, weeks, year}, lived, name, people) {
  const {part, whole} = books[name], sums = counted(part, lived, weeks);
  return Object.keys(whole).length ? ratio(sums, counted(whole, lived, weeks)) : sums.map(sum => sum * year / people);
}

/** The same over the weeks at the end that are looked at.
 * @param {Menu} menu
 * @param {any} lived
 * @param {string} name
 * @param {number} people
 * @param {number} looked */
function booksAtEnd({books, weeks, year}, lived, name, people, looked) {
  const {part, whole} = books[name];
  const sum = (/** @type {Record<string, number>} */ counts) => counted(counts, lived, weeks).slice(-looked).reduce((a, b) => a + b, 0);
  return Object.keys(whole).length ? sum(part) / Math.max(sum(whole), 1e-9) : sum(part) / looked * year / people;
}

/** The mean wait in working days of those who came in time for a plan.
 * @param {Menu} menu
 * @param {any} lived
 * @param {number} start
 * @param {number} looked */
function wait({weeks, plan_norm: norm, days}, lived, start, looked) {
  const [entry, stage, waited] = ["entry_week", "stage", "waited"].map(name => lived.clients(name)), end = start + weeks;
  const came = Array.from(entry, (_, i) => i).filter(i => stage[i] > 1 && entry[i] >= end - looked && entry[i] < end - norm);
  return came.length ? (came.reduce((sum, i) => sum + waited[i], 0) / came.length + 0.5) * days : null;
}

/** @param {Menu} menu
 * @param {import("./types").Town} town
 * @param {any} lived what the model's `live` gives
 * @returns {import("./types").TownNumbers} */
export function townNumbers(menu, town, lived) {
  const {weeks, year} = menu, start = town.weeks_before, people = peopleAYear(menu, town, lived, start);
  const looked = Math.min(menu.looked_at[start ? 0 : 1], weeks);
  const lineOf = (/** @type {string} */ name) => {
    if (name in menu.books) return ofBooks(menu, lived, name, people);
    const [base, route] = name.split(":"), sums = route ? lived.ofRoute(route) : lived.weekly;
    return sums[base] && ratio(sums[base], sums.entered);
  };
  const lines = menu.shown.map(name => /** @type {[string, (number | null)[]]} */ ([name, lineOf(name)]));
  const series = Object.fromEntries(lines.filter(([, line]) => line));
  const column = (/** @type {string} */ name) => lived.clients(name);
  const left = column("left_week"), past = column("past"), entry = column("entry_week");
  const clients = Object.fromEntries(menu.columns.map(name => [name, column(name)]));
  clients.here = Array.from(left, (week, i) => Number(week < 0 && !past[i]));
  clients.early = Array.from(entry, week => Number(week >= start && week < start + weeks - menu.followed));
  const paid = (/** @type {string} */ payer, /** @type {number} */ first) => {
    let sum = 0;
    for (const [name, counts] of Object.entries(menu.counts[payer]))
      for (let week = first; week < Math.min(first + year, weeks); week++) sum += counts * lived.municipal[name][week];
    return sum / people;
  };
  return {
    series,
    since: Object.fromEntries(menu.followed_too.map(name => [name, ratio(lived.since[name], lived.since.present)])),
    end: Object.fromEntries(menu.shown.map(name => [name,
      name in menu.books ? booksAtEnd(menu, lived, name, people, looked) : name in series ? series[name][weeks - 1] : wait(menu, lived, start, looked)])),
    clients,
    paid: Array.from({length: Math.ceil(weeks / year)}, (_, i) =>
      Object.fromEntries(menu.payers.map(payer => [payer, paid(payer, year * i)]))),
  };
}
