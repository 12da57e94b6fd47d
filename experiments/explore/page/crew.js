// The workers that live the towns, so that the page never freezes; what they found is kept.

/** @typedef {import("./types").TownNumbers} TownNumbers */
/** @typedef {{town: string, set: string, levers: import("./types").Levers}} Asked */

const MOST_WORKERS = 8, MOST_KEPT = 80;

export class Crew {
  /** @param {Worker[]} workers
   * @param {number} drawn towns that are drawn */
  constructor(workers, drawn) {
    this.workers = workers;
    this.drawn = drawn;
    this.asked = 0;
    /** @type {Map<number, [(answer: any) => void, (error: Error) => void]>} */
    this.waiting = new Map();
    /** @type {Map<string, Promise<TownNumbers[]>>} */
    this.kept = new Map();
    for (const worker of workers)
      worker.onmessage = ({data: {id, answer, error}}) => {
        const [good, bad] = this.waiting.get(id) ?? [() => {}, () => {}];
        this.waiting.delete(id);
        if (error) bad(new Error(error));
        else good(answer);
      };
  }

  /** Workers with the model in them; none where a browser has no workers or no WebAssembly.
   * @param {string} code
   * @param {{module: Uint8Array, facts: any, menu: import("./types").Menu}} about */
  static async of(code, about) {
    const url = URL.createObjectURL(new Blob([code], {type: "text/javascript"}));
    const n = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 2));
    const crew = new Crew(Array.from({length: n}, () => new Worker(url)), about.menu.drawn);
    const silent = new Promise((_, no) => {
      for (const worker of crew.workers) worker.onerror = event => no(new Error(event.message));
    });
    await Promise.race([Promise.all(crew.workers.map((_, i) => crew.ask(i, "load", about))), silent]);
    return crew;
  }

  /** @param {number} worker
   * @param {string} asks
   * @param {any} about
   * @returns {Promise<any>} */
  ask(worker, asks, about) {
    return new Promise((good, bad) => {
      this.waiting.set(++this.asked, [good, bad]);
      this.workers[worker % this.workers.length].postMessage({id: this.asked, asks, about});
    });
  }

  /** What the first so many towns come to.
   * @param {Asked} asked
   * @param {number} [towns]
   * @returns {Promise<TownNumbers[]>} */
  towns(asked, towns = this.drawn) {
    const [key, all] = [towns, this.drawn].map(n => JSON.stringify([asked, n]));
    const known = this.kept.get(key) ?? this.kept.get(all)?.then(every => every.slice(0, towns));
    if (known) return known;
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    const n = this.workers.length;
    const parts = this.workers.map((_, i) => Array.from({length: towns}, (_, k) => k + 1).filter(seed => seed % n === i));
    const found = Promise.all(parts.map((seeds, i) => seeds.length ? this.ask(i, "towns", {...asked, seeds}) : []))
      .then(made => Array.from({length: towns}, (_, k) => made[(k + 1) % n][parts[(k + 1) % n].indexOf(k + 1)]));
    this.kept.set(key, found);
    return found;
  }
}
