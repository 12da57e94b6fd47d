// Lives what is asked with the page's model, and writes what came of it as plain numbers.
// node lived_in_node.mjs MODULE FACTS ASKED OUT
import fs from "node:fs";
import {Model} from "../experiments/explore/page/model.js";

const [module, facts, asked, out] = process.argv.slice(2);
const read = file => JSON.parse(fs.readFileSync(file, "utf8"));
const model = await Model.load(fs.readFileSync(module), read(facts));
const answers = read(asked).map(({town, set, seed, today, levers, weeks, life}, number) => {
  const people = model.settle({town, set, seed, today}), lived = model.live(people, levers, weeks);
  fs.writeFileSync(`${out}/${number}.rows`, lived.rows);
  return {
    weekly: lived.weekly, municipal: lived.municipal, since: lived.since, problems: lived.clients("problems"),
    life: life === undefined ? null : lived.life(life),
  };
});
const plain = (_, value) => value instanceof Float64Array ? [...value] : value;
fs.writeFileSync(`${out}/answers.json`, JSON.stringify(answers, plain));
