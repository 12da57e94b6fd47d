// A scenario: what the page asks for. All of it fits in a link, and in a study file.

/** @typedef {import("./types").Menu} Menu */
/** @typedef {import("./types").Scenario} Scenario */
/** @typedef {import("./types").Levers} Levers */

const KEPT = ["a", "b", "c"];

/** A plain decimal number; nothing else that a language would take for one.
 * @param {string | null | undefined} text
 * @returns {number | null} */
export function plainNumber(text) {
  return text && text.length < 13 && /^-?[0-9]+(\.[0-9]*)?$/.test(text) ? Number(text) : null;
}

/** A word as it is, or a number without powers of ten and trailing zeros.
 * @param {number | string} value */
export function plain(value) {
  if (typeof value === "string") return value;
  const text = value.toFixed(6).replace(/0+$/, "").replace(/\.$/, "");
  return text === "-0" ? "0" : text;
}

/** The levers that are known, clamped to their range; those that stand as today left out.
 * @param {Menu} menu
 * @param {Map<string, string>} pairs
 * @returns {Levers} */
function leversOf(menu, pairs) {
  /** @type {Levers} */
  const found = {};
  for (const {name, low, high, options} of menu.levers) {
    const text = pairs.get(name) ?? "", value = plainNumber(text), isWord = Object.keys(options).length > 0;
    if (isWord && Object.hasOwn(options, text)) found[name] = text;
    else if (!isWord && value !== null) found[name] = Math.min(high, Math.max(low, value));
  }
  return fitting(menu, found);
}

/** These levers, of which shares of one whole are one at most, but for those of today.
 * @param {Menu} menu
 * @param {Levers} levers
 * @param {string} [stays] the one that does not give way
 * @returns {Levers} */
export function fitting({levers: every, together}, levers, stays = "") {
  const fitted = {...levers};
  for (const shares of together) {
    const names = Object.keys(shares), at = (/** @type {string} */ name) => Number(levers[name] ?? shares[name]);
    const over = names.reduce((sum, name) => sum + at(name), 0) - 1;
    const gives = names.filter(name => name !== stays && every.some(one => one.name === name)).pop();
    if (over > 1e-9 && gives) fitted[gives] = Number((at(gives) - over).toFixed(6));
  }
  return Object.fromEntries(every.filter(({name, base}) => name in fitted && fitted[name] !== base).map(({name}) => [name, fitted[name]]));
}

/** The scenario of a link: what is not known is left out, what is out of range is clamped.
 * @param {Menu} menu
 * @param {string} hash
 * @returns {Scenario} */
export function scenarioOf(menu, hash) {
  const pairs = new Map(new URLSearchParams(hash.replace(/^#+/, "")));
  const town = pairs.get("town") ?? "", strengths = pairs.get("strengths") ?? "";
  const client = pairs.get("client") ?? "", lang = pairs.get("lang");
  /** @type {Scenario["kept"]} */
  const kept = {};
  for (const name of KEPT) {
    const text = pairs.get(name);
    if (text === undefined) continue;
    kept[name] = leversOf(menu, new Map(text.split(";").map(part => {
      const [lever, ...rest] = part.split(":");
      return /** @type {[string, string]} */ ([lever, rest.join(":")]);
    })));
  }
  return {
    levers: leversOf(menu, pairs),
    town: menu.towns.some(one => one.name === town) ? town : menu.towns[0].name,
    strengths: menu.sets.some(one => one.name === strengths) ? strengths : menu.sets[0].name,
    client: /^[0-9]{1,6}$/.test(client) ? Number(client) : -1,
    lang: lang === "en" ? "en" : "nl",
    kept,
  };
}

/** The link, without the `#`: only what differs from what the page begins with.
 * @param {Menu} menu
 * @param {Scenario} scenario */
export function linkOf(menu, scenario) {
  const levers = (/** @type {Levers} */ at, /** @type {string} */ is, /** @type {string} */ and) =>
    menu.levers.filter(one => one.name in at).map(one => one.name + is + encodeURIComponent(plain(at[one.name]))).join(and);
  const parts = [levers(scenario.levers, "=", "&")];
  if (scenario.town !== menu.towns[0].name) parts.push("town=" + encodeURIComponent(scenario.town));
  if (scenario.strengths !== menu.sets[0].name) parts.push("strengths=" + encodeURIComponent(scenario.strengths));
  if (scenario.client >= 0) parts.push("client=" + scenario.client);
  if (scenario.lang !== "nl") parts.push("lang=" + scenario.lang);
  for (const name of KEPT)
    if (name in scenario.kept) parts.push(name + "=" + levers(scenario.kept[name], ":", ";"));
  return parts.filter(Boolean).join("&");
}

/** The town that is lived: a running one where a lever needs it and there is one.
 * @param {Menu} menu
 * @param {Scenario} scenario */
export function townLived(menu, scenario) {
  const needs = menu.levers.some(one => one.running && one.name in scenario.levers);
  return needs && menu.towns.some(one => one.name === menu.running) ? menu.running : scenario.town;
}

/** A value as a study file has it.
 * @param {number | string} value */
const written = value => typeof value === "string" ? JSON.stringify(value) : plain(value);

/** A study file that asks the same: what `kring run` makes of it are the page's numbers.
 * @param {Menu} menu
 * @param {Scenario} scenario */
export function tomlOf(menu, scenario) {
  const town = menu.towns.find(one => one.name === townLived(menu, scenario));
  const numbers = menu.sets.find(one => one.name === scenario.strengths)?.numbers ?? [];
  const policy = (/** @type {string} */ name, /** @type {string} */ nl, /** @type {Levers} */ levers) => {
    const ofRoutes = menu.toml.map(({levers: own}) => own
      .map(one => ({...one, value: one.name in levers ? written(levers[one.name]) : one.today}))
      .filter(({value, usual}) => value !== usual).map(({key, value}) => `${key} = ${value}`));
    const [lines, ofConference] = ofRoutes, begins = menu.starts[levers.begins] ?? [];
    return ["", "[[policies]]", `name = "${name}"`, `nl = "${nl}"`, ...begins, ...lines,
      ...(ofConference ? [`conference = { ${[menu.first, ...ofConference].join(", ")} }`] : [])];
  };
  return [
    'question = "What does this choice do?"',
    'question_nl = "Wat doet deze keuze?"',
    `outcomes = [${menu.shown.map(written).join(", ")}]`,
    `weeks = ${menu.weeks}`,
    `seeds = ${numbers.length === 1 ? menu.drawn : 1}`,
    "",
    "[town]",
    ...(town?.toml ?? []),
    "",
    "[parameters]",
    `set = ${numbers.length === 1 ? numbers[0] : `[${numbers.join(", ")}]`}`,
    ...policy("as now", "zoals nu", {}),
    ...policy("this choice", "deze keuze", scenario.levers),
    "",
  ].join("\n");
}
