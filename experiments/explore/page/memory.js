// The memory of the compiled model: rows are laid in it and read, and its functions called.

/**
 * @typedef {{at: number, shape: number[]}} Place where a table lies
 * @typedef {Record<string, Place>} Places
 */

const MEMORY_PAGE = 65536;

/** @param {number[]} numbers */
export const product = numbers => numbers.reduce((one, other) => one * other, 1);

export class Memory {
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
  }

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
