// A card for a notebook: the charts of a comparison, or two lives, without a model behind it.

import {byId, showAnswer, showCharts, showFates} from "./results.js";
import {player} from "./ring.js";
import {Speech} from "./words.js";

const card = JSON.parse(document.getElementById("data")?.textContent ?? "{}");
const said = new Speech(card.words, card.lang);
if (card.lives) player(byId("lives"), card.lives, said, {announce: text => { byId("announced").textContent = text; }});
else {
  showAnswer(card.picture, said, {isToday: false, isNew: card.is_new});
  showCharts(card.picture, said, {axis: "series", isNew: card.is_new});
  showFates(card.picture, said);
}
