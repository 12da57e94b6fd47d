// What is chosen: presets, levers with where they stand now, strengths, town.

import {made} from "./charts.js";
import {byId} from "./results.js";
import {fitting} from "./scenario.js";

/** @typedef {import("./words").Speech} Speech */
/** @typedef {import("./types").Menu} Menu */
/** @typedef {import("./types").Scenario} Scenario */

/** @param {import("./types").Levers} one
 * @param {import("./types").Levers} other */
export const alike = (one, other) => [one, other].every(side => Object.keys(side).every(name => one[name] === other[name]));

/** Build the controls for a scenario.
 * @param {Menu} menu
 * @param {Scenario} scenario
 * @param {Speech} speech
 * @param {{choose: (change: Partial<Scenario>, moving?: boolean) => void, isOff: boolean}} about */
export function showControls(menu, scenario, speech, {choose, isOff}) {
  byId("presets").replaceChildren(...menu.presets.map(({levers, ...name}) => made("button", {
    type: "button", "aria-pressed": String(alike(levers, scenario.levers)), onclick: () => choose({levers: {...levers}}),
  }, name[scenario.lang])));
  byId("levers").replaceChildren(...menu.levers.map(lever => slider(menu, lever, scenario, speech, {choose, isOff})));
  options("sets", menu.sets.map(({name}) => [name, speech.words.sets[name]]), scenario.strengths, strengths => choose({strengths}), isOff);
  options("towns", menu.towns.map(({name}) => [name, speech.words.towns[name] ?? name]), scenario.town, town => choose({town, client: -1}), isOff);
}

/** A lever with a slider, or with its words to choose from: where it stands now, and why it can do
 * nothing where that is so.
 * @param {Menu} menu
 * @param {import("./types").Lever} lever
 * @param {Scenario} scenario
 * @param {Speech} speech
 * @param {{choose: (change: Partial<Scenario>, moving?: boolean) => void, isOff: boolean}} about */
function slider(menu, lever, scenario, speech, {choose, isOff}) {
  const {name, low, high, step, base, options: words} = lever, value = scenario.levers[name] ?? base;
  const note = made("small", {id: "note-" + name}), about = {id: "lever-" + name, disabled: isOff, "aria-describedby": "note-" + name};
  const label = made("label", {for: "lever-" + name}, speech.words.levers[name].label);
  const box = (/** @type {Node[]} */ ...inside) => made("div", {className: "lever", "data-lever": name}, label, ...inside, note);
  if (Object.keys(words).length) {
    const select = made("select", about, ...Object.keys(words).map(word => new Option(speech.lever(lever, word), word)));
    select.onchange = () => choose({levers: moved(menu, name, select.value)});
    return box(select);
  }
  const input = made("input", {type: "range", ...about, min: String(low), max: String(high), step: String(step)});
  input.value = String(value);
  input.oninput = () => choose({levers: moved(menu, name, Number(input.value))}, true);
  input.onchange = () => choose({levers: moved(menu, name, Number(input.value))});
  return box(made("output", {for: "lever-" + name}), input);
}

/** The levers as all controls stand, one of them moved.
 * @param {Menu} menu
 * @param {string} name
 * @param {import("./types").Value} value */
function moved(menu, name, value) {
  /** @type {import("./types").Levers} */
  const levers = {};
  for (const lever of menu.levers) {
    const {value: stands, dataset} = /** @type {HTMLInputElement} */ (byId("lever-" + lever.name));
    const at = lever.name === name ? value : typeof lever.base === "string" ? stands : Number(dataset.exact ?? stands);
    levers[lever.name] = at;
  }
  return fitting(menu, levers, name);
}

/** Let what stands at the sliders follow the scenario, without building them anew.
 * @param {Menu} menu
 * @param {Scenario} scenario
 * @param {Speech} speech */
export function followControls(menu, scenario, speech) {
  for (const lever of menu.levers) {
    const {name, base} = lever, value = scenario.levers[name] ?? base, text = speech.lever(lever, value);
    const input = /** @type {HTMLInputElement | HTMLSelectElement} */ (byId("lever-" + name)), box = /** @type {HTMLElement} */ (input.parentElement);
    const idle = menu.idle.find(one => one.lever === name && (scenario.levers[one.while_lever] ?? baseOf(menu, one.while_lever)) === one.at);
    input.value = String(value);
    input.dataset.exact = String(value); // a value of a link need not be a step
    if (typeof base === "number") {
      input.setAttribute("aria-valuetext", text);
      /** @type {HTMLElement} */ (box.querySelector("output")).textContent = text;
    }
    box.classList.toggle("idle", Boolean(idle));
    const about = [speech.say("now is", {value: speech.lever(lever, base)})];
    if (idle) about.push(speech.say("does nothing", {why: speech.words.idle[idle.why]}));
    else if (lever.running && scenario.town !== menu.running) about.push(speech.say("takes a running town"));
    const shares = menu.together.find(one => name in one) ?? {};
    if (menu.levers.filter(one => one.name in shares).length > 1) about.push(speech.say("shares of one"));
    /** @type {HTMLElement} */ (box.querySelector("small")).textContent = about.join(" · ");
  }
  [...byId("presets").children].forEach((button, i) => button.setAttribute("aria-pressed", String(alike(menu.presets[i].levers, scenario.levers))));
}

/** @param {Menu} menu
 * @param {string} name */
const baseOf = (menu, name) => menu.levers.find(lever => lever.name === name)?.base;

/** @param {string} id
 * @param {string[][]} every
 * @param {string} chosen
 * @param {(value: string) => void} choose
 * @param {boolean} isOff */
function options(id, every, chosen, choose, isOff) {
  const select = /** @type {HTMLSelectElement} */ (byId(id));
  select.replaceChildren(...every.map(([value, text]) => new Option(text, value, false, value === chosen)));
  select.onchange = () => choose(select.value);
  select.disabled = isOff;
}
