// One client, two lives: who is told of, and a guess before it shows.

import {made} from "./charts.js";
import {lifeOf} from "./life.js";
import {casesIn} from "./picture.js";
import {byId} from "./results.js";
import {player} from "./ring.js";

/** @typedef {import("./words").Speech} Speech */
/** @typedef {import("./types").Menu} Menu */
/** @typedef {import("./types").Life} Life */
/** @typedef {import("./crew").Crew} Crew */
/** @typedef {{town: string, set: string, now: import("./types").Levers, then: import("./types").Levers}} Told */

const CASES = ["carries", "wears", "declines", "worse"];

export class Lives {
  /** @param {Menu} menu
   * @param {Crew} crew
   * @param {(client: number) => void} follow
   * @param {(text: string) => void} announce */
  constructor(menu, crew, follow, announce) {
    this.menu = menu;
    this.crew = crew;
    this.follow = follow;
    this.announce = announce;
    this.shown = "";
    this.client = 0;
    this.guessing = false;
    /** @type {Record<string, number>} */
    this.cases = {};
    /** @type {import("./types").TownNumbers | undefined} */
    this.town = undefined;
    this.playing = {stop() {}};
  }

  /** The cases that one can choose, in words.
   * @param {Speech} speech */
  choices(speech) {
    const select = /** @type {HTMLSelectElement} */ (byId("case"));
    select.replaceChildren(new Option(speech.say("choose case"), ""), ...CASES.map(name => new Option(speech.say("case " + name), name)));
    select.onchange = () => {
      const client = this.cases[select.value] ?? -1, wanted = select.value;
      select.value = "";
      if (client < 0) byId("who").textContent = speech.say(wanted && "nobody like that");
      else this.tell(client);
    };
    byId("another").onclick = () => this.tell(this.next());
  }

  /** Follow somebody, and let guess first.
   * @param {number} client */
  tell(client) {
    this.guessing = true;
    this.shown = "";
    this.follow(client);
  }

  /** The next client of whom there is something to tell. */
  next() {
    const {early, problems_at_entry: problems, n_ties: ties, here} = this.town?.clients ?? {};
    if (!early) return 0;
    for (let i = 1; i <= early.length; i++) {
      const one = (this.client + i) % early.length;
      if (early[one] && here[one] && problems[one] >= 4 && ties[one] >= 5) return one;
    }
    return 0;
  }

  /** Who is told of where nobody is chosen: somebody whom the network carries. Who opens a
   * link that names somebody guesses first.
   * @param {number} chosen
   * @param {import("./types").TownNumbers[]} now
   * @param {import("./types").TownNumbers[]} then */
  clientOf(chosen, now, then) {
    this.cases = casesIn(now[0], then[0]);
    this.town = then[0];
    if (chosen < 0) this.guessing = false;
    else if (!this.shown) this.guessing = true;
    const client = chosen >= 0 && chosen < then[0].clients.here.length ? chosen : this.cases.carries;
    this.client = client >= 0 ? client : this.next();
    return this.client;
  }

  /** Live and show both lives.
   * @param {Told} told
   * @param {number} client
   * @param {Speech} speech
   * @param {() => boolean} isStale whether something else has been asked meanwhile */
  async show(told, client, speech, isStale) {
    const key = JSON.stringify([told, client, speech.lang]);
    if (key === this.shown) return;
    const asked = {town: told.town, set: told.set, client};
    const raw = await Promise.all([told.now, told.then].map((levers, i) => this.crew.ask(i, "life", {...asked, levers})));
    if (isStale()) return;
    this.shown = key;
    this.client = client;
    const lives = raw.map(one => lifeOf(this.menu, one)), [life] = lives;
    byId("who").textContent = speech.say("who", {
      client: client + 1, age: life.age, children: speech.count("children", life.children),
      problems: speech.count("problems", life.problems_at_entry), people: speech.count("people", life.ties.length),
    });
    const play = (/** @type {number | undefined} */ from) => {
      this.playing.stop();
      this.playing = player(byId("lives"), lives, speech, {from, announce: this.announce, again: (i, event) =>
        this.again(lives[i], {...asked, levers: i ? told.then : told.now}, {event, side: i}, speech, () => play(event.week))});
    };
    if (this.guessing) this.guess(lives, speech, play);
    else {
      byId("guess").hidden = true;
      play(undefined);
    }
  }

  /** Play a life again, beside how it went, without the reasons why a supporter stops.
   * @param {Life} life
   * @param {any} asked
   * @param {{event: import("./types").LifeEvent, side: number}} stop
   * @param {Speech} speech
   * @param {() => void} back */
  async again(life, asked, {event: {week, why, ties: [tie]}, side}, speech, back) {
    const raw = await this.crew.ask(side, "life", {...asked, without: {week, reasons: why}});
    const title = speech.say(side ? "this choice" : "as now");
    const titles = [title, speech.say("without title", {title, week, name: life.ties[tie].name})];
    this.playing.stop();
    this.playing = player(byId("lives"), [life, lifeOf(this.menu, raw)], speech, {from: week, announce: this.announce, titles});
    const button = made("button", {type: "button", onclick: back}, speech.say("both lives"));
    byId("lives").prepend(made("div", {className: "acts"}, button));
    button.focus();
  }

  /** Guess before it shows.
   * @param {Life[]} lives
   * @param {Speech} speech
   * @param {(from?: number) => void} play */
  guess(lives, speech, play) {
    this.playing.stop();
    byId("lives").replaceChildren();
    const [now, then] = lives.map(life => life.weeks[life.weeks.length - 1]);
    const truth = Math.sign(then.problems - now.problems), host = byId("guess");
    const answer = (/** @type {number | null} */ guessed) => {
      this.guessing = false; // until then nothing that is chosen shows the answer, nor another language
      const said = speech.say(guessed === null ? "guess none" : guessed === truth ? "guess right" : "guess wrong");
      const end = speech.say("guess end", {now: speech.count("problems", now.problems), then: speech.count("problems", then.problems)});
      host.replaceChildren(made("p", {id: "guess-head", tabIndex: -1}, `${said} ${end}`));
      byId("guess-head").focus();
      play(Math.max(1, lives[0].entry));
    };
    const buttons = /** @type {[number | null, string][]} */ ([[-1, "fewer"], [0, "as many"], [1, "more"], [null, "just show"]]);
    host.replaceChildren(made("p", {id: "guess-head"}, speech.say("guess")),
      made("div", {className: "acts"}, ...buttons.map(([guessed, key]) =>
        made("button", {type: "button", onclick: () => answer(guessed)}, speech.say("guess " + key)))));
    host.hidden = false;
  }
}
