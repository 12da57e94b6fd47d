// Take along: files that the page writes, and pictures of its charts.

import {drawn} from "./charts.js";

/** Offer a file to keep.
 * @param {string} name
 * @param {string | Blob} content
 * @param {string} type */
export function keepFile(name, content, type) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], {type}));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** The table as CSV: the numbers as they are, without rounding.
 * @param {import("./types").Picture} picture */
export function csvOf(picture) {
  const rows = [["outcome", "as_now", "this_choice", "difference", "low", "high"]];
  for (const [name, {now, then, difference, low, high}] of Object.entries(picture.end))
    rows.push([name, ...[now, then, difference, low, high].map(String)]);
  for (const name of /** @type {const} */ (["better", "same", "worse"]))
    rows.push(["share_" + name, "", String(picture.fates[name]), "", "", ""]);
  for (const {year, payer, now, then} of picture.money)
    rows.push([`paid_by_${payer}_year_${year}`, String(now), String(then), String(then - now), "", ""]);
  return rows.map(row => row.join(",")).join("\r\n") + "\r\n";
}

const DRAWN_BY = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-family", "font-weight", "text-anchor"];

const ABOVE = 30, BELOW = 48; // room for what it is, and for what lines and bands are

/** A drawing that stands by itself: what the page's style says of it goes into it, and its words.
 * @param {SVGElement} chart
 * @param {string} title
 * @param {import("./words").Speech} speech
 * @returns {{text: string, width: number, height: number}} */
export function aloneOf(chart, title, speech) {
  const copy = /** @type {SVGElement} */ (chart.cloneNode(true));
  const [, , width, high] = (chart.getAttribute("viewBox") ?? "0 0 300 180").split(" ").map(Number);
  const inside = [...chart.querySelectorAll("*")], height = high + ABOVE + BELOW;
  [...copy.querySelectorAll("*")].forEach((one, i) => {
    const style = getComputedStyle(inside[i]);
    for (const name of DRAWN_BY) one.setAttribute(name, style.getPropertyValue(name));
    one.removeAttribute("class");
  });
  const body = getComputedStyle(document.body), colour = (/** @type {string} */ name) => body.getPropertyValue(name).trim();
  const words = (/** @type {string} */ text, /** @type {Record<string, string | number>} */ at) =>
    drawn("text", {"font-family": body.fontFamily, "font-size": 13, fill: colour("--ink"), ...at}, text);
  const low = height - 34, line = (/** @type {number} */ x, /** @type {Record<string, string>} */ how) =>
    drawn("line", {x1: x, x2: x + 26, y1: low, y2: low, "stroke-width": 3, ...how});
  const alone = drawn("svg", {xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height},
    drawn("rect", {width: "100%", height: "100%", fill: colour("--paper")}),
    words(title, {x: 8, y: 20, "font-weight": 700}),
    drawn("g", {transform: `translate(0 ${ABOVE})`}, ...copy.childNodes),
    line(8, {stroke: colour("--now"), "stroke-dasharray": "7 5"}), words(speech.say("as now"), {x: 40, y: low + 4}),
    line(width / 2, {stroke: colour("--then")}), words(speech.say("this choice"), {x: width / 2 + 32, y: low + 4}),
    ...["narrow", "wide"].map((kind, i) => words(speech.say(kind + " band"), {x: 8, y: height - 18 + 12 * i, "font-size": 9})));
  return {text: new XMLSerializer().serializeToString(alone), width, height};
}

/** A drawing as PNG, large enough for a slide.
 * @param {{text: string, width: number, height: number}} drawing
 * @param {number} [scale]
 * @returns {Promise<Blob>} */
export async function pngOf({text, width, height}, scale = 4) {
  const image = new Image(), url = URL.createObjectURL(new Blob([text], {type: "image/svg+xml"}));
  try {
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = width * scale;
    canvas.height = height * scale;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((good, bad) =>
      canvas.toBlob(blob => blob ? good(blob) : bad(new Error("no picture")), "image/png"));
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** A page of its own that holds what is shown, without any script.
 * @param {{lang: string, title: string, parts: string[], style: string}} about */
export function reportOf({lang, title, parts, style}) {
  const shut = "default-src 'none'; style-src 'unsafe-inline'";
  return `<!doctype html>\n<html lang="${lang}">\n<head>\n<meta charset="utf-8">\n`
    + `<meta http-equiv="Content-Security-Policy" content="${shut}">\n`
    + `<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>${title}</title>\n`
    + `<style>${style}</style>\n</head>\n<body class="report">\n<main>\n${parts.join("\n")}\n</main>\n</body>\n</html>\n`;
}
