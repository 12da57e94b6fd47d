// What the page says, in the language that is spoken: sentences filled in, numbers as it writes them.

/** @typedef {import("./types").Words} Words */
/** @typedef {import("./types").Menu} Menu */

const LOCALES = {nl: "nl-NL", en: "en-GB"};
const EUR = "EUR", SHARE = "share"; // units; of all others there are two decimals

export class Speech {
  /** @param {Words} words what is said, by key
   * @param {"nl" | "en"} lang */
  constructor(words, lang) {
    this.words = words;
    this.lang = lang;
  }

  /** A sentence with its places filled in; `supporters.one` where a number is 1.
   * @param {string} key
   * @param {Record<string, string | number>} [filled] */
  say(key, filled = {}) {
    const text = this.words.said[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (/** @type {string} */ whole, /** @type {string} */ name) =>
      name in filled ? String(filled[name]) : whole);
  }

  /** So many of something, in the plural where that is right.
   * @param {string} key
   * @param {number} n */
  count(key, n) {
    return this.say(n === 1 ? key + ".one" : key, {n: this.number(n)});
  }

  /** @param {number} value
   * @param {number} [decimals] */
  number(value, decimals = 0) {
    const format = {minimumFractionDigits: decimals, maximumFractionDigits: decimals};
    return new Intl.NumberFormat(LOCALES[this.lang], format).format(value);
  }

  /** @param {number} share
   * @param {number} [decimals] */
  percent(share, decimals = 0) {
    return this.number(100 * share, decimals) + "%";
  }

  /** @param {number} value */
  euro(value) {
    return (this.lang === "nl" ? "€\u00a0" : "€") + this.number(value);
  }

  /** The value of an outcome; a dash where there is none.
   * @param {string} name
   * @param {number | null} value */
  value(name, value) {
    if (value === null) return "–";
    const unit = this.words.units[name];
    return unit === SHARE ? this.percent(value) : unit === EUR ? this.euro(value) : this.number(value, 2);
  }

  /** A value of an outcome beside a scale that goes so far.
   * @param {string} name
   * @param {number} value
   * @param {number} span */
  tick(name, value, span) {
    const unit = this.words.units[name];
    if (unit === SHARE) return this.percent(value, span < 0.04 ? 1 : 0);
    return this.number(value, unit === EUR || span >= 4 ? 0 : span < 0.4 ? 2 : 1);
  }

  /** A difference, with its sign.
   * @param {string} name
   * @param {number | null} value */
  difference(name, value) {
    return value === null ? "–" : this.signed(value, size => this.value(name, size));
  }

  /** @param {number} value
   * @param {(size: number) => string} said */
  signed(value, said) {
    const text = said(Math.abs(value));
    return (text === said(0) ? "" : value < 0 ? "−" : "+") + text;
  }

  /** The value of a lever, with its unit.
   * @param {import("./types").Lever} lever
   * @param {import("./types").Value} value */
  lever(lever, value) {
    if (typeof value === "string") return this.words.levers[lever.name].options[value];
    if (lever.share) return this.percent(value);
    const text = this.number(value, Number.isInteger(value) ? 0 : Number.isInteger(value * 10) ? 1 : 2);
    return [text, this.words.levers[lever.name].unit].filter(Boolean).join(" ");
  }

  /** What differs from today, in words.
   * @param {import("./types").Menu} menu
   * @param {import("./types").Levers} levers */
  levers(menu, levers) {
    const moved = menu.levers.filter(one => one.name in levers);
    return moved.map(one => `${this.words.levers[one.name].label}: ${this.lever(one, levers[one.name])}`).join("; ") || this.say("as now");
  }

  /** After how long: "after two years".
   * @param {number} weeks */
  after(weeks) {
    if (weeks === 104) return this.say("after two years");
    return weeks % 52 || weeks < 104 ? this.say("after weeks", {weeks}) : this.say("after years", {years: weeks / 52});
  }

  /** The one sentence that answers.
   * @param {import("./types").Picture} picture
   * @param {string[]} names of outcomes
   * @returns {{text: string, bold: boolean}[]} pieces, some of them to stand out */
  answer(picture, names) {
    const pieces = [{text: this.after(picture.weeks) + " ", bold: false}];
    names.forEach((name, i) => {
      const {now, then, difference, low, high} = picture.end[name];
      const open = low !== null && high !== null && low <= 0 && high >= 0 && difference !== 0;
      pieces.push({text: (i ? "; " : "") + this.words.answers[name] + " " + this.value(name, now) + " → ", bold: false});
      pieces.push({text: this.value(name, then), bold: true});
      if (open) pieces.push({text: " " + this.say(picture.over_sets ? "either way" : "could be equal"), bold: false});
    });
    pieces.push({text: ". " + this.fates(picture.fates), bold: false});
    return pieces;
  }

  /** Who is better and worse off, of a hundred.
   * @param {import("./types").Fates} fates */
  fates(fates) {
    return this.say("fates", {better: Math.round(100 * fates.better), worse: Math.round(100 * fates.worse)});
  }

  /** What happens to a client, in words; empty where there is nothing to say.
   * @param {import("./types").LifeEvent} event
   * @param {import("./types").Life} life */
  event(event, life) {
    const {key, ties, detail, amount} = event;
    const said = this.words.events[key + ":" + detail] ?? this.words.events[key] ?? "";
    const who = ties.map(tie => this.person(life, tie)).join(", ");
    const filled = /** @type {Record<string, string>} */ ({who, what: this.words.details[detail] ?? detail, n: this.number(amount)});
    return said.replace(/\{(\w+)\}/g, (/** @type {string} */ _, /** @type {string} */ name) => filled[name] ?? "");
  }

  /** Why a supporter stopped: without what (s)he had gone on in that week.
   * @param {import("./types").LifeEvent} event
   * @param {import("./types").Life} life */
  why({ties: [tie], why}, life) {
    const {name} = life.ties[tie], reasons = why.map(one => this.words.why[one]);
    if (!why.length) return this.say("stops anyway", {name});
    if (why.includes("parted")) return this.say("parted", {name});
    return this.say("had gone on", {name, reasons: reasons.join("; ")});
  }

  /** A person in a network: a name and what (s)he is to the client.
   * @param {import("./types").Life} life
   * @param {number} tie */
  person(life, tie) {
    return `${life.ties[tie].name} (${this.words.kinds[life.ties[tie].kind]})`;
  }
}
