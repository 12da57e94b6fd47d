// The picture: what a choice changes, as plain numbers. The same as Python's, from the same towns.

/** @typedef {import("./types").Menu} Menu */
/** @typedef {import("./types").TownNumbers} TownNumbers */
/** @typedef {import("./types").Series} Series */
/** @typedef {import("./types").Picture} Picture */

const BAND = [0.1, 0.9], SURE = [0.025, 0.975];

/** @param {number[]} values */
const meanOf = values => values.reduce((sum, value) => sum + value, 0) / values.length;

/** A quantile, between neighbours by proportion.
 * @param {number[]} sorted
 * @param {number} share */
function quantile(sorted, share) {
  const at = (sorted.length - 1) * share, below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
}

/** The mean over towns, and between what eight of ten lie; null where one has nobody. The narrow band
 * tells how far chance alone takes towns from their mean: it lies round the mean of those that are chosen.
 * @param {Series[]} chosen
 * @param {Series[]} narrow
 * @param {Series[]} wide
 * @returns {import("./types").Band} */
function bandsOf(chosen, narrow, wide) {
  const mean = acrossTowns(chosen, meanOf);
  const [low, high] = BAND.map(share => acrossTowns(narrow, values => quantile(values, share) - meanOf(values))
    .map((far, i) => far === null ? null : Math.max(0, Number(mean[i]) + far)));
  const [wideLow, wideHigh] = BAND.map(share => acrossTowns(wide, values => quantile(values, share)));
  return {mean, low, high, wide_low: wideLow, wide_high: wideHigh};
}

/** A number of all towns, week by week, from their sorted values.
 * @param {Series[]} towns
 * @param {(values: number[]) => number} of
 * @returns {Series} */
const acrossTowns = (towns, of) => towns[0].map((_, i) => {
  const values = towns.map(town => town[i]);
  return values.includes(null) ? null : of(/** @type {number[]} */ (values).sort((a, b) => a - b));
});

/** Before, after, and the paired difference with the 95% interval of its mean, or with where 95% of the
 * sets lie; null where there is nobody.
 * @param {(number | null)[]} before
 * @param {(number | null)[]} after
 * @param {number[]} studentT by degrees of freedom
 * @param {boolean} overSets whether each has a set of its own
 * @returns {import("./types").End} */
function end(before, after, studentT, overSets) {
  if ([...before, ...after].includes(null)) return {now: null, then: null, difference: null, low: null, high: null};
  const [now, then] = /** @type {number[][]} */ ([before, after]), differences = then.map((value, i) => value - now[i]), n = differences.length;
  const difference = meanOf(differences), means = {now: meanOf(now), then: meanOf(then), difference};
  if (overSets) {
    const [low, high] = SURE.map(share => quantile([...differences].sort((a, b) => a - b), share));
    return {...means, low, high};
  }
  const squares = differences.reduce((sum, value) => sum + (value - difference) ** 2, 0);
  const telling = differences.filter(Boolean).length; // towns in which nothing differs say nothing of a spread
  const half = n > 1 ? studentT[Math.max(1, telling - 1)] * Math.sqrt(squares / (n - 1) / n) : NaN;
  return {...means, low: difference - half, high: difference + half};
}

/** Who ends with fewer, as many and more problems, each compared with him- or herself.
 * @param {TownNumbers[]} now
 * @param {TownNumbers[]} then
 * @param {(clients: TownNumbers["clients"], i: number) => boolean} chosen */
function fates(now, then, chosen) {
  let better = 0, worse = 0, n = 0;
  now.forEach((town, k) => {
    const before = town.clients, after = then[k].clients;
    for (let i = 0; i < before.problems.length; i++) {
      if (!before.here[i] || !after.here[i] || !chosen(before, i)) continue;
      n++;
      if (after.problems[i] < before.problems[i]) better++;
      else if (after.problems[i] > before.problems[i]) worse++;
    }
  });
  const whole = Math.max(n, 1);
  return {clients: n / now.length, better: better / whole, worse: worse / whole, same: (n - better - worse) / whole};
}

/** All that the page shows of a choice: the same towns under today's policy and the other, with the
 * strengths that are chosen, with one set, and with a set for each town.
 * @param {Menu} menu
 * @param {import("./types").Towns} chosen
 * @param {import("./types").Towns} narrow
 * @param {import("./types").Towns} wide
 * @param {boolean} overSets whether the towns that are chosen have a set each
 * @returns {Picture} */
export function pictureOf(menu, chosen, narrow, wide, overSets) {
  const [now, then] = chosen;
  const pairs = (/** @type {"series" | "since"} */ part) => Object.fromEntries(Object.keys(now[0][part]).map(name => {
    const bands = (/** @type {number} */ who) =>
      bandsOf(...(/** @type {[Series[], Series[], Series[]]} */ ([chosen, narrow, wide].map(every => every[who].map(town => town[part][name])))));
    return [name, {now: bands(0), then: bands(1)}];
  }));
  return {
    weeks: Object.values(now[0].series)[0].length,
    towns: now.length,
    over_sets: overSets,
    series: pairs("series"),
    since: pairs("since"),
    end: Object.fromEntries(menu.shown.map(name =>
      [name, end(now.map(town => town.end[name]), then.map(town => town.end[name]), menu.student_t, overSets)])),
    fates: fates(now, then, () => true),
    groups: menu.groups.map(({key, column, low, high}) => ({
      group: key,
      ...fates(now, then, (clients, i) => clients[column][i] >= low && clients[column][i] <= high),
    })),
    money: now[0].paid.flatMap((_, year) => menu.payers.map(payer => ({
      year: year + 1,
      payer,
      now: meanOf(now.map(town => town.paid[year][payer])),
      then: meanOf(then.map(town => town.paid[year][payer])),
    }))),
  };
}

/** A preview while a lever moves: today as it was, and the choice as far from it as in a few of the
 * towns. Its bands come when all have been lived.
 * @param {Menu} menu
 * @param {Picture} whole of the same towns
 * @param {import("./types").Towns} few of them
 * @returns {Picture} */
export function previewOf(menu, whole, few) {
  const moved = pictureOf(menu, few, few, few, whole.over_sets);
  const from = (/** @type {number | null} */ now, /** @type {number | null} */ a, /** @type {number | null} */ b) =>
    now === null || a === null || b === null ? null : Math.max(0, now + b - a);
  const pairs = (/** @type {"series" | "since"} */ part) => Object.fromEntries(Object.entries(whole[part]).map(([name, {now}]) => {
    const {now: before, then: after} = moved[part][name];
    const mean = now.mean.map((value, i) => from(value, before.mean[i], after.mean[i]));
    return [name, {now, then: {mean, low: mean, high: mean, wide_low: mean, wide_high: mean}}];
  }));
  const end = Object.fromEntries(Object.entries(moved.end).map(([name, {now, then, difference}]) =>
    [name, {now: whole.end[name].now, then: from(whole.end[name].now, now, then), difference, low: null, high: null}]));
  return {...moved, series: pairs("series"), since: pairs("since"), end};
}

/** Lives worth telling: of whom the network carries, wears out, who declines, who ends worse off.
 * @param {TownNumbers} now
 * @param {TownNumbers} then the same town under the other policy
 * @returns {Record<string, number>} rows of clients, -1 where there is none */
export function casesIn(now, then) {
  const a = now.clients, b = then.clients, clients = Array.from(a.problems, (_, i) => i);
  const told = clients.filter(i => b.early[i] && b.here[i] && b.problems_at_entry[i] >= 4 && b.n_ties[i] >= 6);
  /** @param {(i: number) => number} score */
  const best = score => {
    let found = -1, most = 0;
    for (const i of told) if (score(i) > most) { most = score(i); found = i; }
    return found;
  };
  const carried = (/** @type {number} */ i) => 3 * (a.problems[i] - b.problems[i]) + b.supporters[i] - a.supporters[i];
  return {
    carries: best(i => b.supporters[i] >= 2 && b.problems[i] < a.problems[i] ? carried(i) : 0),
    wears: best(i => b.supporters[i] <= 1 ? b.counted_on[i] - b.supporters[i] : 0),
    declines: best(i => b.proposed[i] && !b.accepted[i] ? b.problems_at_entry[i] : 0),
    worse: best(i => b.problems[i] - a.problems[i]),
  };
}
