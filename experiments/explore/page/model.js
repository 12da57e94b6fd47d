// The model itself: the functions that Python compiles, as WebAssembly, behind a few calls.
//
// How people and teams fare is not written here: this lays rows in memory, calls, and reads.

import {Lived} from "./lived.js";
import {Memory} from "./memory.js";
import {ROUTES, Run} from "./run.js";

/**
 * @typedef {import("./memory.js").Place} Place
 * @typedef {import("./memory.js").Places} Places
 * @typedef {Record<string, number>} Levers by name, those that differ from today's policy
 * @typedef {{town: string, seed: number, today: Float64Array, places: Places, books: number, bytes: Uint8Array}} People
 */

export class Model extends Memory {
  /** @param {any} code what the module exports
   * @param {any} facts what `experiments/explore/facts.py` makes */
  constructor(code, facts) {
    super(code, facts);
    this.domains = facts.rows.domains.columns.weight[2];
  }

  /** @param {BufferSource} module
   * @param {any} facts */
  static async load(module, facts) {
    const {instance} = await WebAssembly.instantiate(module, {});
    /** @type {any} */ (instance.exports)._initialize();
    return new Model(instance.exports, facts);
  }

  /** Draw the people of a town and live its past under today's policy. They are kept for every
   * policy that they will meet.
   * @param {{town: string, set: string, seed: number, today?: Levers}} asked
   * @returns {People} */
  settle({town, set, seed, today = {}}) {
    const about = this.facts.towns[town], n = about.clients, teams = about.teams.length;
    this.top = this.base;
    const {places, odds, contract, usual} = this.goesBy(about, set);
    places.clients = this.table("clients", n);
    const times = {at: this.room(8 * this.domains), shape: [this.domains]};
    const ties = this.call(
      "draw_clients", ...this.rows(places, "clients"), 0n, BigInt(n), BigInt(teams), ...this.taken(odds, 8),
      places.town.at, places.domains.at, places.parameters.at, ...this.taken(times, 8), BigInt(seed));
    places.teams = this.filled("teams", about.teams.length, about.teams.columns);
    places.professionals = this.filled("professionals", about.professionals.length,
      {...about.professionals.columns, contract, hours: contract, here: contract});
    this.call("draw_traits", ...this.rows(places, "professionals"), BigInt(seed));
    places.ties = this.table("ties", ties);
    places.members = this.table("members", ties);
    const members = this.call(
      "draw_networks", ...["clients", "ties", "members", "teams"].flatMap(name => this.rows(places, name)),
      places.town.at, places.kinds.at, BigInt(seed));
    places.members.shape = [members];
    places.policies = this.table("policies", ROUTES);
    places.others = this.table("policies", ROUTES);
    places.apart = {at: this.room(8 * teams), shape: [teams]};
    new BigInt64Array(this.code.memory.buffer, places.apart.at, teams).fill(-1n);
    this.lay(places.policies, new Float64Array(this.facts.unmet));
    const books = this.room(0), row = this.row(new Float64Array(this.facts.today), today);
    const people = {town, seed, today: row, places, books, bytes: this.kept(books)};
    const past = new Run(this, people, new Map([[0, row]]), 0, about.start);
    past.turn();
    if (about.reviews.length) this.findPace(past, about.reviews, usual);
    past.goOn(about.start);
    if (about.start) this.call("begin_here", ...this.rows(places, "clients"));
    return {...people, places: past.places, bytes: this.kept(books)};
  }

  /** Live on from there under today's policy with some levers changed.
   * @param {People} people
   * @param {Levers} levers
   * @param {number} weeks
   * @param {number} [start] which of the starts that there are */
  live(people, levers, weeks, start = 0) {
    return new Lived(this, people, this.row(people.today, levers), weeks, start);
  }

  // What people meet

  /** The row of a policy, of each route of entry behind each other: another one with some levers changed.
   * @param {Float64Array} from
   * @param {Levers} levers by name, behind a route of entry and a dot where they are of that alone */
  row(from, levers) {
    const row = from.slice(), {routes, rows: {policies: {columns, size}}} = this.facts;
    for (const [name, value] of Object.entries(levers)) {
      const [lever, route = ""] = name.split(".").reverse();
      if (!columns[lever]) throw new Error("no lever called " + lever);
      routes.forEach((/** @type {string} */ one, /** @type {number} */ i) => {
        if (!route || route === one) row[(i * size + columns[lever][0]) / 8] = value;
      });
    }
    return row;
  }

  /** What people meet from which week on, on their way from today's policy to another.
   * @param {People} people
   * @param {Float64Array} goal
   * @param {number} begins which of the starts that there are
   * @returns {Map<number, Float64Array>} */
  turns({town, today}, goal, begins) {
    const {start, steps} = this.facts.towns[town], {columns, size} = this.facts.rows.policies, n = size / 8;
    if (goal.every((value, i) => value === today[i])) return new Map();
    const hires = goal.some((value, i) => i % n === columns.outside_guidance_capacity[0] / 8 && value > today[i]);
    return new Map(steps[begins][hires ? "hiring" : "usual"].map((/** @type {number[]} */ [week, share, hired]) => {
      const row = goal.slice();
      for (let first = 0; first < row.length; first += n)
        row.set(this.onTheWay(today.subarray(first, first + n), goal.subarray(first, first + n), share, hired), first);
      return [start + week, row];
    }));
  }

  /** One route's row on its way. @param {Float64Array} today
   * @param {Float64Array} goal
   * @param {number} share
   * @param {number} hired */
  onTheWay(today, goal, share, hired) {
    const n = goal.length, top = this.top, at = this.room(4 * 8 * n);
    this.numbers(at + 8 * n, n).set(today);
    this.numbers(at + 16 * n, n).set(goal);
    new BigInt64Array(this.code.memory.buffer, at + 24 * n, n).set(this.facts.ways.map(BigInt));
    this.call("on_the_way", ...[0, 1, 2, 3].flatMap(i => this.taken({at: at + 8 * n * i, shape: [n]}, 8)), share, hired);
    this.top = top;
    return this.numbers(at, n).slice();
  }

  /** Lay down the policy of each route of entry. @param {Place} place
   * @param {Float64Array} row */
  lay(place, row) {
    this.numbers(place.at, row.length).set(row);
  }

  // What a town goes by

  /** Live a past in which it comes out what cases ask, so that the waiting list is today's.
   * @param {Run} past
   * @param {number[]} reviews the weeks after which that is looked at
   * @param {Place} usual strengths */
  findPace(past, reviews, usual) {
    const {town, parameters} = past.places, paces = {at: this.room(8 * reviews.length), shape: [0]};
    const workAt = (/** @type {number} */ pace) => {
      const [length, hours] = this.pair("times_usual", town.at, pace);
      this.call("work_at", parameters.at, usual.at, length, hours);
    };
    let pace = 1, waited = 0;
    for (const week of reviews) {
      past.goOn(week);
      [pace, waited] = this.pair("pace_asked", ...past.world(), BigInt(week), waited, pace);
      this.numbers(paces.at + 8 * paces.shape[0]++, 1)[0] = pace;
      workAt(pace);
    }
    workAt(this.pair("pace_found", ...this.taken(paces, 8))[0]);
  }

  /** Lay down what the weeks of a town go by with a set of strengths.
   * @param {any} about the town
   * @param {string} set
   * @returns {{places: Places, odds: Place, contract: number[], usual: Place}} with the log odds of a
   * further problem, the workers' hours, and the strengths before a past changes them */
  goesBy(about, set) {
    if (!about.sets[set]) throw new Error("no strengths called " + set);
    const values = [...about.usual], [where, what] = about.sets[set];
    where.forEach((/** @type {number} */ place, /** @type {number} */ i) => { values[place] = what[i]; });
    /** @type {Places} */
    const places = {};
    let next = 0;
    for (const [name, dimensions] of this.facts.world) {
      if (dimensions || name === "seed") continue;
      places[name] = this.table(name, 1);
      if (name === "extensions") {  // a page has none
        new Uint8Array(this.code.memory.buffer, places[name].at, this.facts.rows[name].size).fill(0);
        continue;
      }
      for (const [offset, type, count] of Object.values(this.facts.rows[name].columns))
        for (let i = 0; i < count; i++) this.write(places[name].at + offset + 8 * i, type, values[next++]);
    }
    const odds = {at: this.room(8 * ROUTES), shape: [ROUTES]};
    this.numbers(odds.at, ROUTES).set(values.slice(next, next + ROUTES));
    next += ROUTES;
    const contract = values.slice(next, next + about.professionals.length), rest = values.slice(next + contract.length);
    const usual = {at: this.room(8 * rest.length), shape: [1]};
    this.numbers(usual.at, rest.length).set(rest);
    return {places, odds, contract, usual};
  }
}
