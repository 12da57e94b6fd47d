// What came of a town under a policy: sums, clients, and one client's life.

import {ROUTES, Run} from "./run.js";

/** @typedef {{week: number, kind: string, detail: string, amount: number, tie: number, why: string[]}} Episode */

/** What came of a town under a policy. */
export class Lived {
  /** @param {import("./model.js").Model} model
   * @param {import("./model.js").People} people
   * @param {Float64Array} goal
   * @param {number} weeks
   * @param {number} begins which of the starts that there are */
  constructor(model, people, goal, weeks, begins) {
    const {facts} = model, {start, clients} = facts.towns[people.town];
    this.model = model;
    this.people = people;
    this.turns = model.turns(people, goal, begins);
    this.weeks = weeks;
    this.start = start;
    const run = new Run(model, people, this.turns, start, start + weeks), {at} = run.places.clients;
    /** @type {Record<string, Float64Array>} by weeks since each client's own entry */
    this.since = Object.fromEntries(["present", ...facts.since].map(name => [name, new Float64Array(facts.followed + 1)]));
    const entry = model.reader("clients", at, "entry_week");
    const early = Array.from({length: clients}, (_, row) => row)
      .filter(row => entry(row) >= start && entry(row) < start + weeks - facts.followed);
    for (let week = start; week < start + weeks; week++) {
      run.goOn(week + 1);
      this.look(at, week, early);
    }
    const {size} = facts.rows.clients;
    this.rows = new DataView(new Uint8Array(model.code.memory.buffer, at, clients * size).slice().buffer);
    const names = Object.keys(facts.rows.weekly.columns), each = names.length;
    const sums = this.added(run, "weekly", ROUTES * each);
    const of = (/** @type {number[]} */ routes) => Object.fromEntries(names.map((name, i) =>
      [name, Float64Array.from({length: weeks}, (_, week) => routes.reduce((sum, route) => sum + sums[(ROUTES * week + route) * each + i], 0))]));
    /** @type {Record<string, Float64Array>} sums over the clients who have entered, week by week */
    this.weekly = of([0, 1]);
    /** Those over who came by a route. @param {string} route */
    this.ofRoute = route => of([facts.routes.indexOf(route)]);
    const money = this.added(run, "municipality", facts.municipal.length);
    /** @type {Record<string, Float64Array>} sums over teams, and money, week by week */
    this.municipal = Object.fromEntries(facts.municipal.map((/** @type {string} */ name, /** @type {number} */ i) =>
      [name, Float64Array.from({length: weeks}, (_, week) => money[facts.municipal.length * week + i])]));
  }

  /** Add up who has been here for how long. @param {number} at where clients lie
   * @param {number} week
   * @param {number[]} rows of those who are followed */
  look(at, week, rows) {
    const {model, since} = this, {facts} = model;
    const [entry, stage, left, supporters] = ["entry_week", "stage", "left_week", "supporters"].map(name => model.reader("clients", at, name));
    const others = facts.since.filter((/** @type {string} */ name) => name !== "alone")
      .map((/** @type {string} */ name) => [since[name], model.reader("clients", at, name)]);
    for (const row of rows) {
      const passed = week - entry(row);
      if (passed < 0 || passed > facts.followed || stage(row) === facts.codes.not_yet || left(row) >= 0) continue;
      since.present[passed]++;
      if (since.alone && supporters(row) === 0) since.alone[passed]++;
      for (const [sums, read] of others) sums[passed] += read(row);
    }
  }

  /** The books of all portions, added up in their order.
   * @param {Run} run
   * @param {string} name
   * @param {number} each numbers a week */
  added({portions}, name, each) {
    const sums = new Float64Array(this.weeks * each);
    for (const {books} of portions) {
      const own = this.model.numbers(books[name].at + 8 * this.start * each, sums.length);
      for (let i = 0; i < sums.length; i++) sums[i] += own[i];
    }
    return sums;
  }

  /** A column of the clients' rows, at the end. @param {string} name */
  clients(name) {
    const read = this.model.reader("clients", 0, name, this.rows);
    return Float64Array.from({length: this.rows.byteLength / this.model.facts.rows.clients.size}, (_, row) => read(row));
  }

  /** One client's life: it is lived again, week by week.
   * @param {number} client
   * @param {import("./types").Without} [without] reasons to stop that are silent from some week on */
  life(client, without) {
    const {model, people, start, weeks} = this, {places} = people;
    const run = new Run(model, people, this.turns, start, start + weeks, client);
    const own = (/** @type {string} */ name) => model.reader("clients", places.clients.at, name)(client);
    const first = own("first_tie"), rows = Array.from({length: own("n_ties")}, (_, place) => first + place);
    const ofTies = (/** @type {string} */ name) => rows.map(model.reader("ties", places.ties.at, name));
    const members = ofTies("member"), lived = [];
    for (let week = start; week < start + weeks; week++) {
      if (week - start + 1 === without?.week) this.silence(without.reasons);
      run.goOn(week + 1);
      lived.push({
        problems: own("problems"), stage: own("stage"), supporters: own("supporters"), professionals: own("professionals"),
        states: ofTies("state"), hours: ofTies("hours"), strain: members.map(model.reader("members", places.members.at, "strain")),
      });
    }
    const kinds = ofTies("kind"), closeness = ofTies("closeness");
    return {
      client, age: own("age"), children: own("children"), entry: own("entry_week") - start + 1,
      problems_at_entry: own("problems_at_entry"), cost: own("cost"),
      ties: rows.map((_, i) => ({kind: kinds[i], closeness: closeness[i]})),
      weeks: lived, episodes: this.episodes(run, client),
    };
  }

  /** Let reasons to stop do nothing, in the memory in which a life is lived. @param {string[]} reasons */
  silence(reasons) {
    const {model, people: {places}} = this, {columns} = model.facts.rows.parameters;
    for (const reason of reasons) model.numbers(places.parameters.at + columns[model.facts.silenced[reason]][0], 1)[0] = 0;
  }

  /** What happened to a client. @param {Run} run
   * @param {number} client
   * @returns {Episode[]} */
  episodes({portions: [{books}]}, client) {
    const {model} = this, {facts} = model, count = model.reader("episode_count", books.episode_count.at, "")(0);
    const [who, week, kind, detail, amount, tie, why] = ["client", "week", "kind", "detail", "amount", "tie", "why"]
      .map(name => model.reader("episodes", books.episodes.at, name));
    return Array.from({length: count}, (_, row) => row).filter(row => who(row) === client).map(row => ({
      week: week(row) - this.start + 1, kind: facts.episodes[kind(row)][0], detail: facts.episodes[kind(row)][1][detail(row)],
      amount: amount(row), tie: tie(row), why: facts.why.filter((/** @type {string} */ _, /** @type {number} */ i) => why(row) >> i & 1),
    }));
  }
}
