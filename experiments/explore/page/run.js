// People who live weeks.

import {product} from "./memory.js";

/** @typedef {import("./memory.js").Places} Places */

export const ROUTES = 2;

/** People who live weeks, portion of teams by portion, each with books of its own, as in Python: so
 * sums are made in one order. */
export class Run {
  /** @param {import("./model.js").Model} model
   * @param {import("./model.js").People} people
   * @param {Map<number, Float64Array>} turns what they meet from which week on
   * @param {number} start
   * @param {number} end
   * @param {number} [client] only the portion of this one, whose episodes are kept */
  constructor(model, people, turns, start, end, client = -1) {
    const {portions, teams} = model.facts.towns[people.town], ends = teams.columns.end_client;
    this.model = model;
    this.seed = people.seed;
    this.places = {...people.places};
    this.turns = new Map(turns);
    this.week = start;
    model.top = people.books;
    model.put(people.bytes);
    /** @type {{first: number, last: number, books: Places, given: (number | bigint)[]}[]} */
    this.portions = [];
    for (const [first, last] of portions) {
      const from = first ? ends[first - 1] : 0, n = ends[last - 1] - from;
      if (client >= 0 && (client < from || client >= from + n)) continue;
      const room = client < 0 ? 0 : n * (model.facts.most_a_week + 2 * (end - start));
      this.portions.push({first, last, books: this.books(start, end, room), given: []});
    }
    this.lookUp();
  }

  /** Books for some weeks. What comes before them is never written.
   * @param {number} start
   * @param {number} end
   * @param {number} room for episodes
   * @returns {Places} */
  books(start, end, room) {
    const {model} = this, {rows} = model.facts;
    const weekly = (/** @type {string} */ name, /** @type {number[]} */ ...each) => {
      const {at} = model.table(name, end - start, ...each);
      return {at: at - start * product(each) * rows[name].size, shape: [end, ...each]};
    };
    return {
      weekly: weekly("weekly", ROUTES), spread: weekly("spread", ROUTES, model.domains + 1),
      municipality: weekly("municipality"), episodes: model.table("episodes", room), episode_count: model.table("episode_count", 1),
    };
  }

  /** See where everything lies, once for many weeks. */
  lookUp() {
    for (const portion of this.portions) portion.given = this.world(portion.books);
  }

  /** All of it, as compiled code takes it. */
  world(books = this.portions[0].books) {
    return this.model.world({...this.places, ...books}, this.seed);
  }

  /** Meet what is to be met from this week on. */
  turn() {
    const row = this.turns.get(this.week), {model, places} = this;
    if (!row) return;
    this.turns.delete(this.week);
    model.lay(places.others, model.row(row, {begins: this.week}));
    model.call("meet_policies", ...this.world(),
      ...model.taken(places.others, model.facts.rows.policies.size), ...model.taken(places.apart, 8));
    [places.policies, places.others] = [places.others, places.policies];
    this.lookUp();
  }

  /** Live up to a week. @param {number} end */
  goOn(end) {
    const {model} = this;
    while (this.week < end) {
      this.turn();
      const next = Math.min(end, ...[...this.turns.keys()].filter(week => week > this.week));
      for (const {first, last, given} of this.portions) {
        const weeks = [first, last, this.week, this.week, next].map(BigInt);
        if (model.call("live", ...given, ...weeks) < last) throw new Error("no room for episodes");
      }
      this.week = next;
    }
  }
}
