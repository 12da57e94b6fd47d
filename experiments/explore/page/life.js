// One client's life as it is shown: people with an invented name, and what happens to whom.

/** @typedef {import("./types").Menu} Menu */
/** @typedef {import("./types").RawLife} RawLife */
/** @typedef {import("./types").LifeEvent} LifeEvent */

/** The invented name of who has this place in the network of a client.
 * @param {Menu} menu
 * @param {number} client
 * @param {number} place */
function nameOf(menu, client, place) {
  return menu.names[(client * menu.name_apart + place * menu.name_step) % menu.names.length];
}

/** What ties come to from week to week.
 * @param {Menu} menu
 * @param {RawLife} raw
 * @returns {LifeEvent[]} */
function turned(menu, raw) {
  const {gone, unmapped} = menu.states;
  /** @type {LifeEvent[]} */
  const events = [];
  let before = raw.ties.map(() => unmapped);
  raw.weeks.forEach(({states}, i) => {
    states.forEach((now, tie) => {
      const was = before[tie];
      if (i === 0 && raw.entry < 1) return; // what was so before week 1
      let key = now === gone && was !== gone ? "tie ends" : menu.turns[was + ">" + now];
      if (key === "says yes" && i + 1 <= raw.entry) key = "helps already";
      if (key) events.push({week: i + 1, key, tie});
    });
    before = states;
  });
  return events;
}

/** What is shown of a life.
 * @param {Menu} menu
 * @param {RawLife} raw
 * @returns {import("./types").Life} */
export function lifeOf(menu, raw) {
  const {episodes, ...shown} = raw;
  const told = episodes.filter(one => one.kind in menu.told).map(one => (
    {week: one.week, key: one.kind, detail: menu.told[one.kind] ? one.detail : "", amount: one.amount}));
  return {
    ...shown,
    ties: raw.ties.map(({kind, closeness}, place) => (
      {name: nameOf(menu, raw.client, place), kind: menu.kinds[kind], closeness})),
    events: [...told, ...turned(menu, raw)].sort((a, b) => a.week - b.week),
  };
}
