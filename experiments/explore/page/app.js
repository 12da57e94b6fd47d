// The page: a scenario from the link, what it comes to, and back into the link.

import {alike, followControls, showControls} from "./controls.js";
import {made} from "./charts.js";
import {Crew} from "./crew.js";
import {showKeep, showKept} from "./kept.js";
import {Lives} from "./lives.js";
import {pictureOf, previewOf} from "./picture.js";
import {byId, showAnswer, showCharts, showFates, showGroups, showMoney, showNumbers} from "./results.js";
import {linkOf, scenarioOf, tomlOf, townLived} from "./scenario.js";
import {csvOf, keepFile, reportOf} from "./share.js";
import {Speech} from "./words.js";

/** @typedef {import("./types").Picture} Picture */
/** @typedef {import("./types").Scenario} Scenario */

const PREVIEW = 2; // towns, while a lever moves

/** Bytes that lie in the page, packed.
 * @param {string} text
 * @returns {Promise<Uint8Array>} */
async function unpacked(text) {
  const packed = Uint8Array.from(atob(text), sign => sign.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

class Page {
  /** @param {any} data what lies in the page: menu, words, presets, facts, module, worker */
  constructor(data) {
    this.data = data;
    /** @type {import("./types").Menu} */
    this.menu = data.menu;
    if (!location.hash) { // it opens with a question that is answered; how things are now is a click away
      const {levers} = this.menu.presets[this.menu.presets.length - 1];
      history.replaceState(null, "", "#" + linkOf(this.menu, {...scenarioOf(this.menu, ""), levers}));
    }
    this.scenario = scenarioOf(this.menu, location.hash);
    this.speech = new Speech(data.words[this.scenario.lang], this.scenario.lang);
    this.axis = /** @type {"series" | "since"} */ ("series");
    this.asked = 0;
    this.isOff = false; // without a model: only what was computed before
    /** @type {Crew | undefined} */
    this.crew = undefined;
    /** @type {Lives | undefined} */
    this.lives = undefined;
    /** @type {Picture | undefined} */
    this.picture = undefined;
    /** @type {{of: string, picture: Picture} | undefined} what was last lived in all towns */
    this.whole = undefined;
  }

  /** Begin: what was computed before is shown at once, until the model is there. */
  async begin() {
    byId("language").onclick = () => this.choose({lang: this.scenario.lang === "nl" ? "en" : "nl"});
    byId("present").onclick = () => this.present();
    addEventListener("hashchange", () => this.follow());
    addEventListener("keydown", event => event.key === "Escape" && document.body.classList.contains("present") && this.present());
    for (const one of document.querySelectorAll("input[name=axis]"))
      one.addEventListener("change", event => this.turn(/** @type {HTMLInputElement} */ (event.target).value));
    this.takeAlong();
    this.speak();
    this.showPrecomputed();
    try {
      const [module, facts] = await Promise.all([unpacked(this.data.module), unpacked(this.data.facts)]);
      const about = {module, facts: JSON.parse(new TextDecoder().decode(facts)), menu: this.menu};
      this.crew = await Crew.of(this.data.worker, about);
      this.lives = new Lives(this.menu, this.crew, client => this.choose({client}), text => this.announce(text));
      this.speak();
      await this.ask(false);
    } catch (error) {
      this.isOff = true;
      console.warn(error);
      this.speak();
      this.showPrecomputed();
    }
    document.body.dataset.ready = this.isOff ? "presets" : "model";
  }

  /** What a preset comes to, computed when the page was made, where the scenario is one. */
  showPrecomputed() {
    const {levers, town, strengths} = this.scenario, text = JSON.stringify(levers);
    const isFirst = town === this.menu.towns[0].name && strengths === this.menu.sets[0].name;
    const place = isFirst ? this.menu.presets.findIndex(one => JSON.stringify(one.levers) === text) : -1;
    if (place >= 0) {
      this.picture = this.data.presets[place];
      this.show();
    } else if (this.isOff) { // nothing else can be shown than an example
      this.scenario = {...this.scenario, levers: {}, town: this.menu.towns[0].name, strengths: this.menu.sets[0].name};
      this.speak();
      this.showPrecomputed();
    }
  }

  /** Say everything in the language that is spoken. */
  speak() {
    const {lang} = this.scenario, {menu} = this;
    this.speech = new Speech(this.data.words[lang], lang);
    document.documentElement.lang = lang;
    document.title = "Kring: " + menu.title[lang];
    byId("title").textContent = menu.title[lang];
    for (const one of document.querySelectorAll("[data-say]"))
      one.textContent = this.speech.say(/** @type {HTMLElement} */ (one).dataset.say ?? "");
    const other = byId("language");
    other.textContent = lang === "nl" ? "English" : "Nederlands";
    other.lang = lang === "nl" ? "en" : "nl";
    showControls(menu, this.scenario, this.speech, {choose: (change, moving) => this.choose(change, moving), isOff: this.isOff});
    this.lives?.choices(this.speech);
    byId("off").hidden = !this.isOff;
    byId("axis").hidden = menu.weeks <= menu.followed || !menu.followed_too.length; // nobody could be followed so long
    byId("one").hidden = byId("beside").hidden = this.isOff;
    byId("absent").textContent = this.speech.words.absent;
    byId("terms").replaceChildren(...Object.values(this.speech.words.terms).flatMap(([term, text]) => [made("dt", {}, term), made("dd", {}, text)]));
    byId("off").textContent = this.isOff ? this.speech.say("sliders off") : "";
    this.stand();
  }

  /** Let controls and link follow the scenario. */
  stand() {
    const {menu, scenario, speech} = this, lived = townLived(menu, scenario);
    followControls(menu, scenario, speech);
    byId("chosen").textContent = this.chosen(lived);
    byId("switched").hidden = lived === scenario.town;
    byId("switched").textContent = speech.say("switched");
    showKeep(scenario.kept, speech, {
      keep: name => this.choose({kept: {...scenario.kept, [name]: {...scenario.levers}}}),
      use: name => this.choose({levers: {...scenario.kept[name]}}),
      drop: name => this.choose({kept: Object.fromEntries(Object.entries(scenario.kept).filter(([other]) => other !== name))}),
      isOff: this.isOff,
    });
    if (!Object.keys(scenario.kept).length) showKept({}, {}, speech);
  }

  /** What is chosen, for who sees no controls.
   * @param {string} lived the town that is shown */
  chosen(lived) {
    const {menu, speech, scenario: {levers, lang, strengths}} = this, {sets, towns} = speech.words;
    const [name, told] = [menu.presets.find(one => alike(one.levers, levers))?.[lang], speech.levers(menu, levers)];
    const town = `${speech.say("which town")} ${towns[lived] ?? lived}.`;
    return `${speech.say("chosen")} ${name ? `${name} (${told})` : told}. ${town} ${speech.say("strengths")} ${sets[strengths]}.`;
  }

  /** Something is chosen.
   * @param {Partial<Scenario>} change
   * @param {boolean} [moving] whether a lever still moves */
  choose(change, moving = false) {
    const speaks = change.lang && change.lang !== this.scenario.lang;
    this.scenario = {...this.scenario, ...change};
    const link = "#" + linkOf(this.menu, this.scenario);
    if (!moving) history.pushState(null, "", link);
    if (speaks) this.speak();
    else this.stand();
    if (this.crew) this.ask(moving);
    else this.showPrecomputed();
  }

  /** The link has changed: by hand, or by going back. */
  follow() {
    this.scenario = scenarioOf(this.menu, location.hash);
    this.speak();
    if (this.crew) this.ask(false);
    else this.showPrecomputed();
  }

  /** Ask the model; a preview of few towns first where a lever moves.
   * @param {boolean} moving */
  async ask(moving) {
    const turn = ++this.asked, {menu, scenario} = this;
    const isStale = () => turn !== this.asked;
    const town = townLived(menu, scenario), set = scenario.strengths, of = [town, set].join(), {whole} = this;
    if (moving && whole?.of === of) {
      const few = await this.pair(set, scenario.levers, PREVIEW);
      if (isStale()) return;
      this.picture = previewOf(menu, whole.picture, few);
      return this.show(true);
    }
    const [first, ...bands] = this.towns(scenario.levers, moving ? PREVIEW : menu.drawn), chosen = await first;
    if (isStale()) return;
    this.tell(pictureOf(menu, chosen, chosen, chosen, this.overSets), true); // the sentence needs no bands
    const [narrow, wide] = await Promise.all(bands), [now, then] = chosen;
    if (isStale()) return;
    this.picture = pictureOf(menu, chosen, narrow, wide, this.overSets);
    this.show(moving);
    if (moving) return;
    this.whole = {of, picture: this.picture};
    this.announce(byId("answer").textContent ?? "");
    const lives = /** @type {Lives} */ (this.lives), client = lives.clientOf(scenario.client, now, then);
    await lives.show({town, set, now: {}, then: scenario.levers}, client, this.speech, isStale);
    if (isStale()) return;
    await this.compare(now);
    document.body.dataset.shown = String(turn);
  }

  /** Towns as now and under these levers: with the strengths that are chosen, and those of both bands.
   * @param {import("./types").Levers} levers
   * @param {number} drawn
   * @returns {Promise<import("./types").Towns>[]} */
  towns(levers, drawn) {
    const {menu, scenario: {strengths}} = this, bands = menu.sets.find(one => one.name === strengths)?.bands ?? [];
    return [strengths, ...bands].map(set => this.pair(set, levers, drawn));
  }

  /** Towns with a set of strengths, as now and under these levers.
   * @param {string} set
   * @param {import("./types").Levers} levers
   * @param {number} drawn
   * @returns {Promise<import("./types").Towns>} */
  pair(set, levers, drawn) {
    const crew = /** @type {Crew} */ (this.crew), town = townLived(this.menu, this.scenario);
    return Promise.all([{}, levers].map(at => crew.towns({town, set, levers: at}, drawn)));
  }

  /** Show the picture that there is.
   * @param {boolean} [early] whether it is a preview */
  show(early = false) {
    const {picture, speech, isNew} = this;
    if (!picture) return;
    this.tell(picture, early);
    showCharts(picture, speech, {axis: this.axis, isNew, begins: this.begins});
    if (early) return;
    showNumbers(picture, speech);
    showGroups(picture, speech);
    showMoney(picture, speech);
  }

  /** The sentence and the dots of a picture.
   * @param {Picture} picture
   * @param {boolean} early whether there is more to come */
  tell(picture, early) {
    const {speech, isNew} = this;
    showAnswer(picture, speech, {isToday: !Object.keys(this.scenario.levers).length, isNew, isOff: this.isOff});
    byId("answer").classList.toggle("early", early);
    showFates(picture, speech);
  }

  /** Put the scenarios that are kept beside each other.
   * @param {import("./types").TownNumbers[]} now */
  async compare(now) {
    const {menu, scenario} = this, crew = /** @type {Crew} */ (this.crew);
    const asked = {town: townLived(menu, scenario), set: scenario.strengths};
    /** @type {Record<string, Picture>} */
    const pictures = {};
    /** @type {Record<string, string>} */
    const about = {};
    for (const [name, levers] of Object.entries(scenario.kept)) {
      const both = [now, await crew.towns({...asked, levers})];
      pictures[name] = pictureOf(menu, both, both, both, this.overSets);
      about[name] = this.speech.levers(menu, levers);
    }
    showKept(pictures, about, this.speech);
  }

  /** The other axis of time.
   * @param {string} axis */
  turn(axis) {
    this.axis = axis === "since" ? "since" : "series";
    if (this.picture) showCharts(this.picture, this.speech, {axis: this.axis, isNew: this.isNew, begins: this.begins});
  }

  /** Whether each town has a set of strengths of its own. */
  get overSets() {
    return (this.menu.sets.find(one => one.name === this.scenario.strengths)?.numbers.length ?? 0) > 1;
  }

  /** The week in which the choice begins. */
  get begins() {
    return Number.parseInt(String(this.scenario.levers.begins ?? 1));
  }

  /** Whether the town that is shown begins empty. */
  get isNew() {
    return !this.menu.towns.find(one => one.name === townLived(this.menu, this.scenario))?.weeks_before;
  }

  /** Say it to who listens; only what stays.
   * @param {string} text */
  announce(text) {
    byId("announced").textContent = text;
  }

  /** Without controls, and larger; or back. */
  present() {
    const isOn = document.body.classList.toggle("present");
    byId("present").textContent = this.speech.say(isOn ? "present end" : "present");
  }

  /** What can be taken along. */
  takeAlong() {
    byId("link").onclick = async () => {
      const text = /** @type {HTMLInputElement} */ (byId("link-text"));
      text.value = location.href.replace(/#.*/, "") + "#" + linkOf(this.menu, this.scenario);
      byId("shown-link").hidden = false;
      try {
        await navigator.clipboard.writeText(text.value);
        this.announce(this.speech.say("link copied"));
      } catch {
        text.select();
      }
    };
    byId("toml").onclick = () => keepFile("kring.toml", tomlOf(this.menu, this.scenario), "application/toml");
    byId("csv").onclick = () => this.picture && keepFile("kring.csv", csvOf(this.picture), "text/csv");
    byId("print").onclick = () => window.print();
    byId("report").onclick = () => keepFile(this.scenario.lang === "nl" ? "kring_verslag.html" : "kring_report.html", this.report(), "text/html");
  }

  /** The page as it stands, as a page of its own. */
  report() {
    const sections = ["answer", "fates", "numbers", "groups", "money", ...Object.keys(this.scenario.kept).length ? ["kept"] : []];
    const parts = sections.map(id => {
      const copy = /** @type {HTMLElement} */ (byId(id).closest("section")?.cloneNode(true));
      for (const one of copy.querySelectorAll("button, details, fieldset, .acts, [role=status]")) one.remove();
      return copy.outerHTML;
    });
    const {speech, menu, scenario} = this, title = menu.title[scenario.lang];
    const safe = (/** @type {string} */ text) => text.replace(/[&<>]/g, sign => `&#${sign.charCodeAt(0)};`);
    parts.unshift(`<h1>${safe(title)}</h1>`);
    parts.push(`<p>${safe(speech.say("doubt"))}</p>`, `<pre>${safe(tomlOf(menu, scenario))}</pre>`);
    return reportOf({lang: scenario.lang, title: safe(title), parts, style: document.querySelector("style")?.textContent ?? ""});
  }
}

new Page(JSON.parse(document.getElementById("data")?.textContent ?? "{}")).begin();
