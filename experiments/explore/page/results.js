// What comes out: the sentence, charts with their tables, a hundred dots, groups, money, numbers.

import {bars, dots, lines, made, table} from "./charts.js";
import {aloneOf, keepFile, pngOf} from "./share.js";

/** @typedef {import("./words").Speech} Speech */
/** @typedef {import("./types").Picture} Picture */
/** @typedef {import("./types").Menu} Menu */

export const CHARTED = 3; // outcomes in the sentence, and in charts at the top
const FIRST_WEEKS = 8; // of a town that begins empty: few have come, so that means say little
const ROWS_EVERY = 13; // weeks, in a table

/** @param {string} id */
export const byId = id => /** @type {HTMLElement} */ (document.getElementById(id));

/** The sentence; what stands out, in bold.
 * @param {Picture} picture
 * @param {Speech} speech
 * @param {{isToday: boolean, isNew: boolean, isOff?: boolean}} how whether the town begins empty: then nobody waits yet;
 * and whether no lever moves */
export function showAnswer(picture, speech, {isToday, isNew, isOff = false}) {
  const names = Object.keys(picture.end).filter((name, i) => i < CHARTED || name === "waiting" && !isNew);
  const pieces = isToday ? [{text: speech.say(isOff ? "as it goes now, off" : "as it goes now"), bold: false}] : speech.answer(picture, names);
  byId("answer").replaceChildren(...pieces.map(({text, bold}) => bold ? made("strong", {}, text) : text));
}

/** The weeks of a line, and which of its points.
 * @param {Picture} picture
 * @param {"series" | "since"} axis
 * @param {boolean} isNew whether the town begins empty */
function pointsOf(picture, axis, isNew) {
  const [first] = Object.values(picture[axis]), every = picture.every ?? 1, n = first?.now.mean.length ?? 0;
  const weeks = Array.from({length: n}, (_, i) => axis === "since" ? i * every : (i + 1) * every);
  return weeks.map((week, i) => ({week, i})).filter(({week}) => axis === "since" || !isNew || week > FIRST_WEEKS);
}

/** @param {import("./types").Band} band
 * @param {{i: number}[]} points */
const cut = (band, points) => /** @type {import("./types").Band} */ (Object.fromEntries(
  Object.entries(band).map(([side, values]) => [side, points.map(({i}) => values[i])])));

/** @param {Picture} picture
 * @param {Speech} speech
 * @param {{axis: "series" | "since", isNew: boolean, begins?: number}} how with the week in which the choice begins */
export function showCharts(picture, speech, {axis, isNew, begins = 1}) {
  const points = pointsOf(picture, axis, isNew), weeks = points.map(({week}) => week);
  const open = new Set([...document.querySelectorAll("figure details[open]")].map(one => /** @type {HTMLElement} */ (one).dataset.of));
  const figures = Object.keys(picture[axis]).map(name => {
    const pair = {now: cut(picture[axis][name].now, points), then: cut(picture[axis][name].then, points)};
    const last = weeks.length - 1, head = speech.words.outcomes[name];
    const value = (/** @type {number | null} */ number) => speech.value(name, number);
    const title = `${head}. ${speech.say("chart", {week: weeks[last], now: value(pair.now.mean[last]), then: value(pair.then.mean[last])})}`;
    const chart = lines(pair, {name, weeks, axis: speech.say(axis === "since" ? "weeks since entry" : "weeks"), title, begins: axis === "since" ? 1 : begins}, speech);
    const rows = weeks.flatMap((week, i) => week % ROWS_EVERY && i < last && !picture.every ? [] : [[String(week), ...["now", "then"].flatMap(who => {
      const {mean, low, high, wide_low: wideLow, wide_high: wideHigh} = pair[/** @type {"now" | "then"} */ (who)];
      return [value(mean[i]), `${value(low[i])} – ${value(high[i])}`, `${value(wideLow[i])} – ${value(wideHigh[i])}`];
    })]]);
    const bands = [speech.say("narrow name"), speech.say("wide name")];
    const heads = [speech.say("week name"), speech.say("as now"), ...bands, speech.say("this choice"), ...bands];
    const save = made("div", {className: "acts"},
      ...["PNG", "SVG"].map(kind => made("button", {type: "button", onclick: () => saved(aloneOf(chart, head, speech), name.replace(":", "_"), kind), "aria-label": `${kind}: ${head}`}, kind)));
    return made("figure", {}, made("figcaption", {}, head), chart,
      made("details", open.has(name) ? {open: true, "data-of": name} : {"data-of": name}, made("summary", {"aria-label": `${speech.say("table")}: ${head}`}, speech.say("table")), table(head, heads, rows), save));
  });
  byId("charts").replaceChildren(...figures.slice(0, CHARTED));
  byId("more-charts").replaceChildren(...figures.slice(CHARTED));
  byId("more").hidden = figures.length <= CHARTED;
}

/** Keep a chart as a picture.
 * @param {{text: string, width: number, height: number}} chart
 * @param {string} name
 * @param {string} kind */
async function saved(chart, name, kind) {
  if (kind === "SVG") keepFile(`kring_${name}.svg`, chart.text, "image/svg+xml");
  else keepFile(`kring_${name}.png`, await pngOf(chart), "image/png");
}

/** A hundred clients.
 * @param {Picture} picture
 * @param {Speech} speech */
export function showFates({fates}, speech) {
  const better = Math.round(100 * fates.better), worse = Math.round(100 * fates.worse);
  const counts = {better, same: 100 - better - worse, worse};
  byId("fates").replaceChildren(dots(fates, speech.fates(fates)), made("ul", {className: "counts"},
    ...Object.entries(counts).map(([side, n]) => made("li", {className: side}, speech.say("dots " + side, {n})))),
    made("p", {className: "note"}, speech.say("with oneself")));
}

/** The numbers with how sure they are.
 * @param {Picture} picture
 * @param {Speech} speech */
export function showNumbers({end, over_sets: overSets}, speech) {
  const rows = Object.entries(end).map(([name, {now, then, difference, low, high}]) => [
    speech.words.outcomes[name], speech.value(name, now), speech.value(name, then), speech.difference(name, difference),
    `${speech.difference(name, low)} – ${speech.difference(name, high)}`]);
  const heads = ["", speech.say("as now"), speech.say("this choice"), speech.say("difference"), speech.say(overSets ? "interval of sets" : "interval")];
  byId("numbers").replaceChildren(table(speech.say(overSets ? "at the end of sets" : "at the end"), heads, rows));
}

/** Winners and losers by group.
 * @param {Picture} picture
 * @param {Speech} speech */
export function showGroups({groups}, speech) {
  const shown = groups.filter(one => one.clients >= 1);
  const named = shown.map(one => ({...one, label: speech.words.groups[one.group]}));
  const heads = ["", speech.say("clients in a town"), speech.say("better"), speech.say("same"), speech.say("worse")];
  const rows = named.map(one => [one.label, speech.number(one.clients), ...[one.better, one.same, one.worse].map(share => speech.percent(share))]);
  byId("groups").replaceChildren(
    made("p", {className: "note"}, speech.say("bars")), bars(named, speech.say("who wins")),
    made("details", {}, made("summary", {"aria-label": `${speech.say("table")}: ${speech.say("who wins")}`}, speech.say("table")), table(speech.say("who wins"), heads, rows)));
}

/** Money by payer and year.
 * @param {Picture} picture
 * @param {Speech} speech */
export function showMoney({money}, speech) {
  const euro = (/** @type {number} */ value) => speech.euro(value);
  const rows = money.map(({year, payer, now, then}) => [
    `${speech.words.payers[payer]}, ${speech.say("year", {year})}`, euro(now), euro(then), speech.signed(then - now, euro)]);
  const heads = ["", speech.say("as now"), speech.say("this choice"), speech.say("difference")];
  byId("money").replaceChildren(table(speech.say("money about"), heads, rows));
}
