// Scenarios A, B and C beside each other, and beside how it goes now.

import {made, table} from "./charts.js";
import {byId} from "./results.js";

/** @typedef {import("./words").Speech} Speech */
/** @typedef {import("./types").Levers} Levers */
/** @typedef {import("./types").Picture} Picture */

const NAMES = ["a", "b", "c"];

/** Buttons to keep this choice, or to go back to one that was kept.
 * @param {Record<string, Levers>} kept
 * @param {Speech} speech
 * @param {{keep: (name: string) => void, use: (name: string) => void, drop: (name: string) => void, isOff: boolean}} does */
export function showKeep(kept, speech, {keep, use, drop, isOff}) {
  const button = (/** @type {string} */ key, /** @type {string} */ name, /** @type {(name: string) => void} */ does) =>
    made("button", {type: "button", disabled: isOff, onclick: () => does(name)}, speech.say(key, {name: name.toUpperCase()}));
  byId("keep").replaceChildren(...NAMES.flatMap(name => [
    button("keep as", name, keep), ...(name in kept ? [button("back to", name, use), button("drop", name, drop)] : [])]));
}

/** The scenarios that are kept, as columns.
 * @param {Record<string, Picture>} pictures
 * @param {Record<string, string>} about the levers of each in words
 * @param {Speech} speech */
export function showKept(pictures, about, speech) {
  const names = Object.keys(pictures);
  if (!names.length) return byId("kept").replaceChildren(made("p", {className: "note"}, speech.say("keep to compare")));
  const first = pictures[names[0]], of = (/** @type {(picture: Picture) => string} */ told) => names.map(name => told(pictures[name]));
  const rows = [
    [speech.say("levers that differ"), "–", ...names.map(name => about[name])],
    ...Object.keys(first.end).map(outcome => [speech.words.outcomes[outcome], speech.value(outcome, first.end[outcome].now),
      ...of(({end}) => `${speech.value(outcome, end[outcome].then)} (${speech.difference(outcome, end[outcome].difference)})`)]),
    [speech.say("better"), "–", ...of(({fates}) => speech.percent(fates.better))],
    [speech.say("worse"), "–", ...of(({fates}) => speech.percent(fates.worse))],
  ];
  byId("kept").replaceChildren(table(speech.say("side by side"), ["", speech.say("as now"), ...names.map(name => name.toUpperCase())], rows));
}
