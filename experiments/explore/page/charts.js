// Charts in SVG by hand: lines with a band, a hundred dots, bars by group; a table behind each.

/** @typedef {import("./words").Speech} Speech */

const SVG = "http://www.w3.org/2000/svg";
const BOX = {width: 300, height: 180, left: 50, right: 12, top: 8, bottom: 30};

/** An element of a drawing.
 * @param {string} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {(Node | string)[]} inside */
export function drawn(tag, attributes = {}, ...inside) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...inside);
  return made;
}

/** An element of the page.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [properties]
 * @param {(Node | string)[]} inside
 * @returns {HTMLElementTagNameMap[T]} */
export function made(tag, properties = {}, ...inside) {
  const one = document.createElement(tag);
  for (const [name, value] of Object.entries(properties))
    if (name.includes("-") || name === "role" || name === "for") one.setAttribute(name, value);
    else Object.assign(one, {[name]: value});
  one.append(...inside);
  return one;
}

/** Where lines of a scale stand: round numbers, six at most.
 * @param {number} low
 * @param {number} high */
export function ticks(low, high) {
  const size = 10 ** Math.floor(Math.log10((high - low) / 2 || 1));
  const step = [1, 2, 5, 10].map(m => m * size).find(one => (high - low) / one <= 5) ?? size;
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({length: Math.floor(high / step + 1e-9) - first + 1}, (_, i) => (first + i) * step);
}

/** @param {(number | null)[]} values
 * @returns {number[]} */
const known = values => /** @type {number[]} */ (values.filter(value => value !== null));

/** The line of today, dashed, and of the choice, each with its bands: of one set, and over sets.
 * @param {import("./types").Pair} pair
 * @param {{name: string, weeks: number[], axis: string, title: string, begins: number}} about
 * @param {Speech} speech
 * @returns {SVGElement} */
export function lines(pair, {name, weeks, axis, title, begins}, speech) {
  const {width, height, left, right, top, bottom} = BOX;
  const all = [pair.now, pair.then].flatMap(({mean, ...ends}) => [mean, ...Object.values(ends)].flatMap(known));
  const lowest = Math.min(...all), highest = Math.max(...all, lowest + 1e-9);
  const from = lowest < 0.5 * highest ? 0 : lowest - 0.1 * (highest - lowest);
  const to = highest + 0.05 * (highest - from), end = weeks[weeks.length - 1];
  const x = (/** @type {number} */ week) => left + (width - left - right) * week / end;
  const y = (/** @type {number} */ value) => top + (height - top - bottom) * (to - value) / (to - from);
  const path = (/** @type {(number | null)[]} */ values) => values
    .map((value, i) => value === null ? "" : `${x(weeks[i]).toFixed(1)} ${y(value).toFixed(1)}`)
    .filter(Boolean);
  const chart = drawn("svg", {viewBox: `0 0 ${width} ${height}`, role: "img", class: "chart", "aria-label": title});
  for (const value of ticks(from, to)) {
    chart.append(
      drawn("line", {class: "grid", x1: left, x2: width - right, y1: y(value), y2: y(value)}),
      drawn("text", {class: "tick", x: left - 6, y: y(value) + 4, "text-anchor": "end"}, speech.tick(name, value, to - from)));
  }
  for (let week = 0; week <= end; week += end > 130 ? 52 : end > 60 ? 26 : 13)
    chart.append(drawn("text", {class: "tick", x: x(week), y: height - 14, "text-anchor": "middle"}, String(week)));
  chart.append(drawn("text", {class: "tick", x: (left + width - right) / 2, y: height - 1, "text-anchor": "middle"}, axis));
  if (begins > 1)
    chart.append(
      drawn("line", {class: "begin", x1: x(begins - 1), x2: x(begins - 1), y1: top, y2: height - bottom}),
      drawn("text", {class: "tick", x: x(begins - 1) + 4, y: top + 10}, speech.say("begins")));
  const sides = Object.entries(pair), between = (/** @type {string} */ kind, /** @type {string} */ who, /** @type {(number | null)[]} */ low, /** @type {(number | null)[]} */ high) =>
    drawn("path", {class: `band ${kind} ${who}`, d: `M${path(low).join("L")}L${path(high).reverse().join("L")}Z`});
  chart.append( // what lies behind comes first
    ...sides.map(([who, band]) => between("wide", who, band.wide_low, band.wide_high)),
    ...sides.map(([who, band]) => between("narrow", who, band.low, band.high)),
    ...sides.map(([who, band]) => drawn("path", {class: "line " + who, d: `M${path(band.mean).join("L")}`})));
  return chart;
}

/** A hundred clients: better off, as many problems, worse off. Told apart by form as well.
 * @param {import("./types").Fates} fates
 * @param {string} title
 * @returns {SVGElement} */
export function dots(fates, title) {
  const better = Math.round(100 * fates.better), worse = Math.round(100 * fates.worse);
  const chart = drawn("svg", {viewBox: "0 0 212 212", role: "img", class: "dots", "aria-label": title});
  for (let i = 0; i < 100; i++) {
    const x = 11 + 21 * (i % 10), y = 11 + 21 * Math.floor(i / 10);
    if (i < better)
      chart.append(
        drawn("circle", {class: "better", cx: x, cy: y, r: 8.5}),
        drawn("path", {class: "tick-mark", d: `M${x - 4} ${y}l3 3.5l5-7`}));
    else if (i < 100 - worse) chart.append(drawn("circle", {class: "same", cx: x, cy: y, r: 5}));
    else chart.append(drawn("path", {class: "worse", d: `M${x - 6} ${y - 6}l12 12m0-12l-12 12`}));
  }
  return chart;
}

/** Bars of who is better and who is worse off, by group.
 * @param {{label: string, better: number, worse: number}[]} groups
 * @param {string} title
 * @returns {SVGElement} */
export function bars(groups, title) {
  const row = 24, middle = 240, most = Math.max(0.05, ...groups.flatMap(one => [one.better, one.worse]));
  const width = (/** @type {number} */ share) => 60 * share / most;
  const chart = drawn("svg", {viewBox: `0 0 350 ${row * groups.length + 6}`, role: "img", class: "bars", "aria-label": title});
  groups.forEach(({label, better, worse}, i) => {
    const y = row * i + 4, pc = (/** @type {number} */ share) => Math.round(100 * share) + "%";
    chart.append(
      drawn("text", {class: "tick", x: 0, y: y + 13}, label),
      drawn("rect", {class: "worse-bar", x: middle - width(worse), y, width: width(worse), height: 17}),
      drawn("rect", {class: "better-bar", x: middle, y, width: width(better), height: 17}),
      drawn("text", {class: "tick", x: middle - width(worse) - 5, y: y + 13, "text-anchor": "end"}, pc(worse)),
      drawn("text", {class: "tick", x: middle + width(better) + 5, y: y + 13}, pc(better)));
  });
  chart.append(drawn("line", {class: "axis", x1: middle, x2: middle, y1: 0, y2: row * groups.length + 4}));
  return chart;
}

/** A table: a head, and rows that each begin with what they are about.
 * @param {string} caption
 * @param {string[]} head
 * @param {string[][]} rows */
export function table(caption, head, rows) {
  return made("div", {}, made("p", {className: "note", "aria-hidden": "true"}, caption),
    made("div", {className: "wide", role: "group", tabIndex: 0, "aria-label": caption}, made("table", {"aria-label": caption},
      made("thead", {}, made("tr", {}, ...head.map(text => made(text ? "th" : "td", text ? {scope: "col"} : {}, text)))),
      made("tbody", {}, ...rows.map(([first, ...rest]) => made("tr", {},
        made("th", {scope: "row"}, first), ...rest.map(text => made("td", {}, text))))))));
}
