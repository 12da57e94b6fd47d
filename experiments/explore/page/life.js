// One client's life as it is shown: people with an invented name, and what happens to whom.

/** @typedef {import("./types").Menu} Menu */
/** @typedef {import("./types").RawLife} RawLife */
/** @typedef {import("./types").LifeEvent} LifeEvent */

const BY_ITSELF = "stops helping"; // is told of each member apart, for each has a reason

/** The invented name of who has this place in the network of a client.
 * @param {Menu} menu
 * @param {number} client
 * @param {number} place */
function nameOf(menu, client, place) {
  return menu.names[(client * menu.name_apart + place * menu.name_step) % menu.names.length];
}

/** The episodes that are told; what happens to several members in a week is told once.
 * @param {Menu} menu
 * @param {RawLife} raw
 * @returns {LifeEvent[]} */
function told({told: kinds}, {episodes}) {
  /** @type {LifeEvent[]} */
  const found = [];
  for (const {week, kind, detail, amount, tie, why} of episodes) {
    if (!(kind in kinds)) continue;
    const together = tie >= 0 && kind !== BY_ITSELF && found.find(one => one.week === week && one.key === kind);
    if (together) together.ties.push(tie);
    else found.push({week, key: kind, detail: kinds[kind] ? detail : "", amount, ties: tie >= 0 ? [tie] : [], why});
  }
  return found;
}

/** What is shown of a life.
 * @param {Menu} menu
 * @param {RawLife} raw
 * @returns {import("./types").Life} */
export function lifeOf(menu, raw) {
  const {episodes, ...shown} = raw;
  return {
    ...shown,
    ties: raw.ties.map(({kind, closeness}, place) => (
      {name: nameOf(menu, raw.client, place), kind: menu.kinds[kind], closeness})),
    events: told(menu, raw),
  };
}
