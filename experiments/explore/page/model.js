// The model itself: the functions that Python compiles, as WebAssembly, behind a few calls.
//
// How people and teams fare is not written here: this lays rows in memory, calls, and reads.

/**
 * @typedef {Record<string, number>} Levers by name, those that differ from today's policy
 * @typedef {{at: number, shape: number[]}} Place where a table lies
 * @typedef {Record<string, Place>} Places
 * @typedef {{town: string, seed: number, today: Float64Array, places: Places, books: number, bytes: Uint8Array}} People
 * @typedef {{week: number, kind: string, detail: string, amount: number, tie: number, why: string[]}} Episode
 */

const MEMORY_PAGE = 65536, ROUTES = 2;

/** @param {number[]} numbers */
const product = numbers => numbers.reduce((one, other) => one * other, 1);

export class Model {
  /** @param {any} code what the module exports
   * @param {any} facts what `experiments/explore/facts.py` makes */
  constructor(code, facts) {
    this.code = code;
    this.facts = facts;
    /** @type {number} */
    this.top = code.__heap_base.value;
    this.results = this.room(64);
    this.error = this.room(16);
    this.base = this.room(0);
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
   * @param {number} weeks */
  live(people, levers, weeks) {
    return new Lived(this, people, this.row(people.today, levers), weeks);
  }

  // What people meet

  /** The row of a policy: another one with some levers changed.
   * @param {Float64Array} from
   * @param {Levers} levers */
  row(from, levers) {
    const row = from.slice(), {columns} = this.facts.rows.policies;
    for (const [lever, value] of Object.entries(levers)) {
      if (!columns[lever]) throw new Error("no lever called " + lever);
      row[columns[lever][0] / 8] = value;
    }
    return row;
  }

  /** What people meet from which week on, on their way from today's policy to another.
   * @param {People} people
   * @param {Float64Array} goal
   * @returns {Map<number, Float64Array>} */
  turns({town, today}, goal) {
    const {start, steps} = this.facts.towns[town], lever = this.facts.rows.policies.columns.outside_guidance_capacity[0] / 8;
    if (goal.every((value, i) => value === today[i])) return new Map();
    const ahead = goal[lever] > today[lever] ? steps.hiring : steps.usual;
    return new Map(ahead.map((/** @type {number[]} */ [week, share, hired]) =>
      [start + week, this.onTheWay(today, goal, share, hired)]));
  }

  /** @param {Float64Array} today
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

  /** Lay down one policy for both routes of entry. @param {Place} place
   * @param {Float64Array} row */
  lay(place, row) {
    for (let route = 0; route < ROUTES; route++) this.numbers(place.at + 8 * route * row.length, row.length).set(row);
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

  // Memory

  /** Room, all zeros, on top of what there is. @param {number} bytes */
  room(bytes) {
    const {memory} = this.code, at = Math.ceil(this.top / 16) * 16;
    this.top = at + bytes;
    const lacking = this.top - memory.buffer.byteLength;
    if (lacking > 0) memory.grow(Math.ceil(lacking / MEMORY_PAGE));
    new Uint8Array(memory.buffer, at, bytes).fill(0);
    return at;
  }

  /** @param {string} name of its rows
   * @param {number[]} shape
   * @returns {Place} */
  table(name, ...shape) {
    return {at: this.room(product(shape) * this.facts.rows[name].size), shape};
  }

  /** @param {string} name of its rows
   * @param {number} length
   * @param {Record<string, number[]>} columns in which something stands */
  filled(name, length, columns) {
    const place = this.table(name, length), {size, columns: known} = this.facts.rows[name];
    for (const [column, values] of Object.entries(columns))
      values.forEach((value, row) => this.write(place.at + row * size + known[column][0], known[column][1], value));
    return place;
  }

  /** All that lies in memory, up to some place. */
  kept(end = this.top) {
    return new Uint8Array(this.code.memory.buffer, this.base, end - this.base).slice();
  }

  /** Let memory be as it was. @param {Uint8Array} bytes */
  put(bytes) {
    new Uint8Array(this.code.memory.buffer, this.base, bytes.length).set(bytes);
  }

  get view() {
    return new DataView(this.code.memory.buffer);
  }

  /** @param {number} at
   * @param {number} length */
  numbers(at, length) {
    return new Float64Array(this.code.memory.buffer, at, length);
  }

  /** @param {number} at
   * @param {string} type
   * @param {number} value */
  write(at, type, value) {
    if (type === "f8") this.view.setFloat64(at, value, true);
    else if (type === "i8") this.view.setBigInt64(at, BigInt(value), true);
    else this.view.setInt8(at, value);
  }

  /** Reads a column of a table, until memory grows.
   * @param {string} name of the rows
   * @param {number} first where the table lies
   * @param {string} column
   * @param {DataView} [view]
   * @returns {(row: number) => number} */
  reader(name, first, column, view = this.view) {
    const {size, columns} = this.facts.rows[name];
    if (!columns[column]) throw new Error(`${name} have no ${column}`);
    const [offset, type] = columns[column], at = first + offset;
    if (type === "f8") return row => view.getFloat64(at + row * size, true);
    if (type === "f4") return row => view.getFloat32(at + row * size, true);
    if (type === "i8") return row => Number(view.getBigInt64(at + row * size, true));
    if (type === "i4") return row => view.getInt32(at + row * size, true);
    if (type === "i2") return row => view.getInt16(at + row * size, true);
    return row => view.getInt8(at + row * size);
  }

  // Calls

  /** @param {string} name
   * @param {(number | bigint)[]} given
   * @returns {number} the first number that comes back */
  call(name, ...given) {
    if (this.code[name](this.results, this.error, ...given)) throw new Error(name + " stopped with an error");
    return Number(this.view.getBigInt64(this.results, true));
  }

  /** The two numbers that come back of a call. @param {string} name
   * @param {(number | bigint)[]} given */
  pair(name, ...given) {
    this.call(name, ...given);
    return this.numbers(this.results, 2).slice();
  }

  /** A table as compiled code takes it. The two zeros count who else holds it: nobody.
   * @param {Place} place
   * @param {number} size of a row */
  taken({at, shape}, size) {
    const strides = shape.map((_, i) => size * product(shape.slice(i + 1)));
    return [0, 0, BigInt(product(shape)), BigInt(size), at, ...shape.map(BigInt), ...strides.map(BigInt)];
  }

  /** @param {Places} places
   * @param {string} name */
  rows(places, name) {
    return this.taken(places[name], this.facts.rows[name].size);
  }

  /** A world as compiled code takes it.
   * @param {Places} places
   * @param {number} seed
   * @returns {(number | bigint)[]} */
  world(places, seed) {
    return this.facts.world.flatMap((/** @type {[string, number]} */ [name, dimensions]) =>
      name === "seed" ? [BigInt(seed)] : dimensions ? this.rows(places, name) : [places[name].at]);
  }
}

/** People who live weeks, portion of teams by portion, each with books of its own, as in Python: so
 * sums are made in one order. */
class Run {
  /** @param {Model} model
   * @param {People} people
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

/** What came of a town under a policy. */
class Lived {
  /** @param {Model} model
   * @param {People} people
   * @param {Float64Array} goal
   * @param {number} weeks */
  constructor(model, people, goal, weeks) {
    const {facts} = model, {start, clients} = facts.towns[people.town];
    this.model = model;
    this.people = people;
    this.turns = model.turns(people, goal);
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
    /** @type {Record<string, Float64Array>} sums over the clients who have entered, week by week */
    this.weekly = Object.fromEntries(names.map((name, i) =>
      [name, Float64Array.from({length: weeks}, (_, week) => sums[ROUTES * each * week + i] + sums[(ROUTES * week + 1) * each + i])]));
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

  /** One client's life: it is lived again, week by week. @param {number} client */
  life(client) {
    const {model, people, start, weeks} = this, {places} = people;
    const run = new Run(model, people, this.turns, start, start + weeks, client);
    const own = (/** @type {string} */ name) => model.reader("clients", places.clients.at, name)(client);
    const first = own("first_tie"), rows = Array.from({length: own("n_ties")}, (_, place) => first + place);
    const ofTies = (/** @type {string} */ name) => rows.map(model.reader("ties", places.ties.at, name));
    const members = ofTies("member"), lived = [];
    for (let week = start; week < start + weeks; week++) {
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
