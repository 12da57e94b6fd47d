// In a worker: lives towns and lives. People are drawn once a seed, and kept for every policy.

import {Model} from "./model.js";
import {townNumbers} from "./towns.js";

/** @typedef {import("./types").Menu} Menu */
/** @typedef {{town: string, set: string, levers: import("./types").Levers}} Asked */

const KEPT = 24; // towns

export class Engine {
  /** @param {Model} model
   * @param {Menu} menu */
  constructor(model, menu) {
    this.model = model;
    this.menu = menu;
    /** @type {Map<string, any>} */
    this.kept = new Map();
  }

  /** @param {Asked} asked
   * @param {number} seed */
  people({town, set: name}, seed) {
    const numbers = this.menu.sets.find(one => one.name === name)?.numbers ?? [];
    const set = String(numbers[(seed - 1) % numbers.length]);
    const key = [town, set, seed].join();
    if (!this.kept.has(key)) {
      if (this.kept.size >= KEPT) this.kept.clear();
      this.kept.set(key, this.model.settle({town, set, seed}));
    }
    return this.kept.get(key);
  }

  /** What towns come to under a policy.
   * @param {Asked & {seeds: number[]}} asked */
  towns(asked) {
    const town = this.menu.towns.find(one => one.name === asked.town);
    if (!town) throw new Error("no town " + asked.town);
    return asked.seeds.map(seed => townNumbers(this.menu, town, this.live(asked, seed)));
  }

  /** One client's life, in the first town.
   * @param {Asked & {client: number, without?: import("./types").Without}} asked */
  life(asked) {
    return this.live(asked, 1).life(asked.client, asked.without);
  }

  /** Live a town under a policy, whose words become the numbers that the model reads.
   * @param {Asked} asked
   * @param {number} seed */
  live(asked, seed) {
    const codes = Object.fromEntries(this.menu.levers.map(one => [one.name, one.options]));
    const {begins, ...levers} = Object.fromEntries(Object.entries(asked.levers).map(([name, value]) =>
      [name, typeof value === "string" ? codes[name][value] : value]));
    return this.model.live(this.people(asked, seed), levers, this.menu.weeks, begins);
  }
}

/** Answer what the page asks.
 * @param {any} scope of the worker */
export function serve(scope) {
  /** @type {Engine | undefined} */
  let engine;
  scope.onmessage = async (/** @type {MessageEvent} */ {data: {id, asks, about}}) => {
    try {
      if (asks === "load") engine = new Engine(await Model.load(about.module, about.facts), about.menu);
      const answer = asks === "load" ? true : /** @type {any} */ (engine)[asks](about);
      scope.postMessage({id, answer});
    } catch (error) {
      scope.postMessage({id, error: String(error)});
    }
  };
}
