// The ring: who is round one client in a week, and two lives that play beside each other.

import {drawn, made} from "./charts.js";

/** @typedef {import("./types").Life} Life */
/** @typedef {import("./words").Speech} Speech */

const STATES = ["hidden", "found", "asked", "helps", "stopped", "gone"];
const HIDDEN = 0, HELPS = 3;
const SIZE = {width: 400, height: 340, x: 200, y: 168};
const OVERBURDENED = 1; // hours of help for each spare hour, from which it wears
const TICK = 160; // milliseconds a week, while it plays
const SIGNS = ["", "", "?", "✓", "✕", ""];

/** Draw a network in a week.
 * @param {Life} life
 * @param {number} week from 1
 * @param {string} title
 * @param {Speech} speech
 * @returns {SVGElement} */
export function ring(life, week, title, speech) {
  const {width, height, x, y} = SIZE, {states, hours, strain, problems, supporters} = life.weeks[week - 1];
  const label = `${title}, ${speech.say("week", {week})}: ${speech.count("problems", problems)}, ${speech.count("supporters", supporters)}`;
  const picture = drawn("svg", {viewBox: `0 0 ${width} ${height}`, role: "img", class: "ring", "aria-label": label});
  const people = drawn("g");
  life.ties.forEach(({name, closeness}, i) => {
    const angle = 2 * Math.PI * i / life.ties.length - Math.PI / 2, state = states[i];
    const far = 142 - 62 * closeness + (state > HELPS ? 14 : 0);
    const at = {x: x + far * 1.12 * Math.cos(angle), y: y + far * Math.sin(angle)};
    const heavy = state === HELPS && strain[i] > OVERBURDENED;
    if (state !== HIDDEN && state <= HELPS)
      picture.append(drawn("line", {
        class: "tie " + STATES[state], x1: x, y1: y, x2: at.x, y2: at.y,
        "stroke-width": state === HELPS ? 1.5 + Math.min(9, hours[i]) : 1.2,
      }));
    people.append(drawn("circle", {class: "person " + STATES[state], cx: at.x, cy: at.y, r: state === HIDDEN ? 7 : 13}));
    if (heavy) people.append(drawn("circle", {class: "heavy", cx: at.x, cy: at.y, r: 17.5}));
    people.append(drawn("text", {class: "sign " + STATES[state], x: at.x, y: at.y + 5, "text-anchor": "middle"}, SIGNS[state]));
    if (state === HIDDEN) return;
    const side = Math.cos(angle), anchor = side > 0.3 ? "start" : side < -0.3 ? "end" : "middle";
    const out = anchor === "middle" ? {x: 0, y: Math.sin(angle) < 0 ? -23 : 32} : {x: side > 0 ? 20 : -20, y: 5};
    people.append(drawn("text", {class: "name " + STATES[state], x: at.x + out.x, y: at.y + out.y, "text-anchor": anchor}, name));
  });
  picture.append(people,
    drawn("circle", {class: "client", cx: x, cy: y, r: 24}),
    drawn("text", {class: "client-number", x, y: y + 7, "text-anchor": "middle"}, String(problems)));
  return picture;
}

/** Problems and supporters through the weeks, on one scale for both lives.
 * @param {Life} life
 * @param {number} week
 * @param {number} most
 * @param {string} title
 * @returns {SVGElement} */
function thread(life, week, most, title) {
  const width = 400, height = 64, last = life.weeks.length;
  const x = (/** @type {number} */ at) => 4 + (width - 8) * (at - 1) / (last - 1);
  const y = (/** @type {number} */ value) => height - 5 - (height - 12) * value / most;
  const path = (/** @type {number[]} */ values) => "M" + values.map((value, i) => `${x(i + 1).toFixed(1)} ${y(value).toFixed(1)}`).join("L");
  return drawn("svg", {viewBox: `0 0 ${width} ${height}`, role: "img", class: "thread", "aria-label": title},
    drawn("path", {class: "of-problems", d: path(life.weeks.map(one => one.problems))}),
    drawn("path", {class: "of-supporters", d: path(life.weeks.map(one => one.supporters))}),
    drawn("line", {class: "here", x1: x(week), x2: x(week), y1: 2, y2: height - 2}));
}

/** What the signs in a ring mean.
 * @param {Speech} speech */
function legend(speech) {
  const sign = (/** @type {string} */ state, /** @type {string} */ mark) => drawn("svg", {viewBox: "0 0 40 40", class: "ring key", "aria-hidden": "true"},
    drawn("circle", {class: "person " + state, cx: 20, cy: 20, r: 13}),
    ...(state === "heavy" ? [drawn("circle", {class: "person helps", cx: 20, cy: 20, r: 12}), drawn("circle", {class: "heavy", cx: 20, cy: 20, r: 17})] : []),
    drawn("text", {class: "sign " + state, x: 20, y: 26, "text-anchor": "middle"}, mark));
  const keys = [["found", ""], ["asked", "?"], ["helps", "✓"], ["heavy", ""], ["stopped", "✕"], ["gone", ""]];
  return made("ul", {className: "legend"}, ...keys.map(([state, mark]) =>
    made("li", {}, sign(state, mark), speech.say("state " + state))));
}

/** Two lives of the same client, that play, pause and step.
 * @param {HTMLElement} host
 * @param {Life[]} lives under today's policy, and under the other
 * @param {Speech} speech
 * @param {{
 *   from?: number, announce: (text: string) => void, titles?: string[],
 *   again?: (life: number, event: import("./types").LifeEvent) => void,
 * }} more `again` plays a life without the reasons why somebody stops */
export function player(host, lives, speech, {from, announce, again, titles = ["as now", "this choice"].map(key => speech.say(key))}) {
  const last = lives[0].weeks.length;
  const most = Math.max(1, ...lives.flatMap(life => life.weeks.flatMap(one => [one.problems, one.supporters])));
  let week = Math.min(last, Math.max(1, from ?? lives[0].entry + 26));
  /** @type {number | undefined} */
  let timer;
  const play = made("button", {type: "button", className: "play"});
  const back = made("button", {type: "button", "aria-label": speech.say("week back")}, "‹");
  const next = made("button", {type: "button", "aria-label": speech.say("week on")}, "›");
  const slide = made("input", {type: "range", min: "1", max: String(last), "aria-label": speech.say("which week")});
  const shown = made("output", {});
  const views = lives.map((life, i) => {
    const view = {
      life, title: titles[i], picture: made("div", {}), line: made("p", {className: "stand"}),
      thread: made("div", {}), log: made("ol", {className: "log"}),
    };
    return {...view, box: made("section", {className: "life " + (i ? "then" : "now"), "aria-label": view.title},
      made("h3", {}, view.title), view.picture, view.line, view.thread, view.log)};
  });

  /** @param {number} to */
  function show(to) {
    week = Math.min(last, Math.max(1, to));
    slide.value = String(week);
    shown.textContent = speech.say("week", {week});
    slide.setAttribute("aria-valuetext", shown.textContent);
    views.forEach(({life, title, picture, line, thread: threadHost, log}, i) => {
      const now = life.weeks[week - 1];
      picture.replaceChildren(ring(life, week, title, speech));
      line.textContent = [speech.words.stages[now.stage], speech.count("problems", now.problems),
        speech.count("supporters", now.supporters), speech.count("professionals", now.professionals)].join(" · ");
      threadHost.replaceChildren(thread(life, week, most, `${title}: ${speech.say("thread")}`));
      const past = life.events.filter(one => one.week <= week && speech.event(one, life)).slice(-6).reverse();
      log.replaceChildren(...past.map(one => told(i, one)));
    });
  }

  /** A line of the log; of who stopped one can ask why.
   * @param {number} i
   * @param {import("./types").LifeEvent} event */
  function told(i, event) {
    const life = lives[i], line = made("li", {}, `${speech.say("week", {week: event.week})}: ${speech.event(event, life)}`);
    if (event.key !== "stops helping") return line;
    const ask = made("button", {type: "button", className: "why", "aria-label": `${speech.say("why")} ${speech.event(event, life)}`}, speech.say("why"));
    ask.onclick = () => {
      stop();
      const because = made("span", {className: "because"}, speech.why(event, life));
      ask.replaceWith(because);
      if (again && event.why.length && !event.why.includes("parted")) {
        const button = made("button", {type: "button", className: "why"}, speech.say("play without"));
        button.onclick = () => again(i, event);
        because.append(" ", button);
        button.focus();
      }
      announce(speech.why(event, life));
    };
    line.append(" ", ask);
    return line;
  }

  function stop() {
    clearInterval(timer);
    timer = undefined;
    play.textContent = "▶ " + speech.say("play");
  }

  function start() {
    if (week >= last) show(1);
    play.textContent = "‖ " + speech.say("pause");
    timer = window.setInterval(() => {
      if (week >= last || !host.isConnected) pause();
      else show(week + 1);
    }, TICK);
  }

  function pause() {
    stop();
    announce(views.map(({title, line}) => `${title}, ${shown.textContent}: ${line.textContent}`).join(". "));
  }

  play.onclick = () => timer ? pause() : start();
  back.onclick = () => { stop(); show(week - 1); };
  next.onclick = () => { stop(); show(week + 1); };
  slide.oninput = () => { stop(); show(Number(slide.value)); };
  host.replaceChildren(
    made("div", {className: "player"}, play, back, slide, next, shown),
    made("div", {className: "lives"}, ...views.map(view => view.box)), legend(speech));
  stop();
  show(week);
  return {stop};
}
