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

/** @param {Menu} menu
 * @param {import("./types").Town} town
 * @param {any} lived what the model's `live` gives
 * @returns {import("./types").TownNumbers} */
export function townNumbers(menu, town, lived) {
  const {weeks, year} = menu, start = town.weeks_before, people = peopleAYear(menu, town, lived, start);
  const series = Object.fromEntries(menu.shown.map(name => [name, ratio(lived.weekly[name], lived.weekly.entered)]));
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
    end: Object.fromEntries(menu.shown.map(name => [name, Number(series[name][weeks - 1])])),
    clients,
    paid: Array.from({length: Math.ceil(weeks / year)}, (_, i) =>
      Object.fromEntries(menu.payers.map(payer => [payer, paid(payer, year * i)]))),
  };
}
