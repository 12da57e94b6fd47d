// What the parts of the page hand to each other. Only for the checker: nothing of it is in the page.

export type Value = number | string;
export type Levers = Record<string, Value>;
export type Lever = {
  name: string; low: number; high: number; step: number; base: Value; share: boolean; running: boolean;
  options: Record<string, number>;
};
export type Town = {name: string; clients: number; weeks_before: number; entry_weeks: number; toml: string[]};
export type Preset = {nl: string; en: string; levers: Levers};
export type Group = {key: string; column: string; low: number; high: number};
export type Menu = {
  title: {nl: string; en: string};
  levers: Lever[];
  idle: {lever: string; while_lever: string; at: Value; why: string}[];
  presets: Preset[];
  towns: Town[];
  running: string;
  together: Record<string, number>[];
  sets: {name: string; numbers: number[]; bands: string[]}[];
  weeks: number;
  drawn: number;
  followed: number;
  year: number;
  books: Record<string, {part: Record<string, number>; whole: Record<string, number>}>;
  plan_norm: number;
  days: number;
  looked_at: number[];
  shown: string[];
  followed_too: string[];
  columns: string[];
  groups: Group[];
  payers: string[];
  counts: Record<string, Record<string, number>>;
  names: string[];
  name_step: number;
  name_apart: number;
  kinds: string[];
  told: Record<string, boolean>;
  student_t: number[];
  /** Of each route of entry that meets a policy of its own. */
  toml: {route: string; levers: {name: string; key: string; usual: string; today: string}[]}[];
  first: string;
  starts: Record<string, string[]>;
};
export type Words = Record<string, any>;

export type Scenario = {
  levers: Levers;
  town: string;
  strengths: string;
  client: number;
  lang: "nl" | "en";
  kept: Record<string, Levers>;
};

export type Series = (number | null)[];
/** What one town came to under one policy. */
export type TownNumbers = {
  series: Record<string, Series>;
  since: Record<string, Series>;
  end: Record<string, number | null>;
  clients: Record<string, ArrayLike<number>>;
  paid: Record<string, number>[];
};
/** The mean over towns, and between what eight of ten lie: of one set, and over sets. */
export type Band = {mean: Series; low: Series; high: Series; wide_low: Series; wide_high: Series};
/** Towns under today's policy and under the other. */
export type Towns = TownNumbers[][];
export type Pair = {now: Band; then: Band};
/** Null throughout where a town has nobody to tell it of. */
export type End = {now: number | null; then: number | null; difference: number | null; low: number | null; high: number | null};
export type Fates = {clients: number; better: number; worse: number; same: number};
export type Picture = {
  weeks: number;
  towns: number;
  over_sets: boolean;
  every?: number;
  series: Record<string, Pair>;
  since: Record<string, Pair>;
  end: Record<string, End>;
  fates: Fates;
  groups: (Fates & {group: string})[];
  money: {year: number; payer: string; now: number; then: number}[];
};

export type Week = {problems: number; stage: number; supporters: number; professionals: number; states: number[]; hours: number[]; strain: number[]};
export type Episode = {week: number; kind: string; detail: string; amount: number; tie: number; why: string[]};
export type RawLife = {
  client: number; age: number; children: number; entry: number; problems_at_entry: number; cost: number;
  ties: {kind: number; closeness: number}[];
  weeks: Week[];
  episodes: Episode[];
};
/** Reasons to stop that are silent from a week on. */
export type Without = {week: number; reasons: string[]};
export type LifeEvent = {week: number; key: string; detail: string; amount: number; ties: number[]; why: string[]};
export type Life = Omit<RawLife, "ties" | "episodes"> & {
  ties: {name: string; kind: string; closeness: number}[];
  events: LifeEvent[];
};
