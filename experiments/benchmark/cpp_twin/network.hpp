// Member and network: the phases in which supporters help, and reconsider.

// ---- member

static double chance_to_say_yes(const World& w, const Tie& tie, const Member& m, const Client& c) {
  const Parameters& p = *w.parameters;
  double activation = tie.kind == NEIGHBOUR ? w.policies[c.policy].neighbour_activation : 0.0;
  double log_odds = p.willing + p.activation * activation +
                    p.closeness_helps * (tie.closeness - 0.5) + w.kinds->willing[tie.kind] +
                    member::SPARE_COUNTS * (m.spare_hours - member::USUAL_SPARE_HOURS) -
                    p.need_repels * c.severity / 10.0;
  return 1.0 / (1.0 + std::exp(-log_odds));
}

static double bond(const World& w, const Tie& tie, const Client& c, int64_t supporters) {
  const Parameters& p = *w.parameters;
  double stays = 1.0;
  if (tie.in_plan && c.carried_out)
    stays -= p.plan_bond * (c.conference ? 1.0 : 1.0 - p.merged_role);
  int others = count(supporters) - 1;
  if (others > 0) stays *= 1.0 - p.dense_bond * count(tie.knows & supporters) / others;
  return 1.0 - stays;
}

static double imbalance(const World& w, const Tie& tie, const Client& c) {
  double rule = w.policies[c.policy].reciprocity, back = 0.0;
  if (rule != NOTHING_BACK)
    back = w.parameters->gives_back * (rule == VOLUNTARY ? 0.5 : 1.0) * share(2.0 * c.self_reliance);
  return (tie.kind == CLOSE_KIN ? 0.1 : 1.0) * (1.0 - back);
}

static double usual_turnover(const World& w, const Tie& tie) {
  return w.parameters->turnover / WEEKS_A_YEAR * w.kinds->stopping[tie.kind];
}

struct Drives {
  double distress, overload, imbalanced, only_one, crowding;
  double all() const { return distress * overload * imbalanced * only_one * crowding; }
};

static Drives what_drives_it(const World& w, const Tie& tie, const Member& m, const Client& c,
                             int64_t supporters) {
  const Parameters& p = *w.parameters;
  return {1.0 + p.distress_wears * c.severity / 10.0,
          1.0 + p.overload * max(0.0, m.strain - 1.0),
          1.0 + p.imbalance_ends * imbalance(w, tie, c),
          count(supporters) == 1 ? 1.0 + p.only_supporter : 1.0,
          1.0 + (c.cooperation ? 0.0 : p.crowding_out * c.professional_help)};
}

static double chance_to_stop(const World& w, const Tie& tie, const Member& m, const Client& c,
                             int64_t supporters) {
  Drives by = what_drives_it(w, tie, m, c, supporters);
  double chance = usual_turnover(w, tie);
  if (c.problems == 0) chance += w.parameters->nothing_left_to_do;
  chance = chance * by.distress * by.overload * by.imbalanced * by.only_one * by.crowding;
  return share(chance * (1.0 - bond(w, tie, c, supporters)));
}

static int64_t why_stops(const World& w, const Tie& tie, const Member& m, const Client& c,
                         int64_t supporters, int64_t week) {
  using namespace episodes;
  double luck = uniform(w.seed, member::STOPS, tie.id, week);
  double held = 1.0 - bond(w, tie, c, supporters), bare = usual_turnover(w, tie) * held;
  double idle = c.problems == 0 ? w.parameters->nothing_left_to_do * held : 0.0;
  Drives by = what_drives_it(w, tie, m, c, supporters);
  double times = by.all(), chance = (bare + idle) * times;
  if (luck < bare) return 0;
  int64_t why = luck >= bare * times ? NOTHING_LEFT : 0;
  why |= luck >= chance / by.distress ? DISTRESS : 0;
  why |= luck >= chance / by.overload ? OVERLOAD : 0;
  why |= luck >= chance / by.imbalanced ? IMBALANCE : 0;
  why |= luck >= chance / by.only_one ? ONLY_ONE : 0;
  why |= luck >= chance / by.crowding ? CROWDED_OUT : 0;
  if (why) return why;
  return (idle > 0.0 ? NOTHING_LEFT : 0) | (by.distress > 1.0 ? DISTRESS : 0) |
         (by.overload > 1.0 ? OVERLOAD : 0) | (by.imbalanced > 1.0 ? IMBALANCE : 0) |
         (by.only_one > 1.0 ? ONLY_ONE : 0) | (by.crowding > 1.0 ? CROWDED_OUT : 0);
}

static bool steps_in(const World& w, const Tie& tie, const Client& c, int64_t week) {
  double luck = uniform(w.seed, member::STEPS_IN, tie.id, week), most = w.parameters->steps_in;
  return luck < most && luck < most * chance_to_say_yes(w, tie, w.members[tie.member], c);
}

static bool tie_ends(const World& w, const Tie& tie, const Client& c, int64_t week) {
  const Parameters& p = *w.parameters;
  double chance = p.tie_loss * QUARTER / WEEKS_A_YEAR * w.kinds->stopping[tie.kind];
  chance *= 1.0 + p.distress_wears * c.severity / 10.0;
  if (tie.state == SUPPORTING) chance *= 0.5;
  return uniform(w.seed, member::TIE_ENDS, tie.id, week) < chance;
}

// ---- network

static void begin_to_help(World& w, Client& c, Tie& tie, int64_t row, int64_t week) {
  tie.state = SUPPORTING;
  c.supporters++;
  c.supporting |= bit(tie.id % MAX_TIES);
  log_of(w, week, row, tie, episodes::STARTS_HELPING, w.members[tie.member].spare_hours);
}

static void end_help(World& w, Client& c, Tie& tie, int64_t row, int64_t why, int64_t week) {
  log_of(w, week, row, tie, episodes::STOPS_HELPING, tie.hours, why);
  w.members[tie.member].load -= tie.hours;
  tie.hours = 0.0;
  tie.state = STOPPED;
  c.supporters--;
  c.supporting &= ~bit(tie.id % MAX_TIES);
  if (c.caseworker >= 0) sees(w, c, false);
}

static double need_of(const World& w, const Client& c) {
  double per_level = w.parameters->need_per_level, need = per_level * max(c.severity, 1);
  if (!c.provided) return need;
  double hours = 0.0;
  for (int64_t kind = 0; kind < N_PROVISIONS; kind++)
    if (has(c.provided, kind)) hours += w.provisions->hours[kind];
  return max(per_level, need - hours);
}

static double weight(const Tie& tie, const Member& m, bool fairly) {
  return fairly ? m.spare_hours : tie.closeness * tie.closeness;
}

static void help_out(World& w, Client& c) {
  double need = need_of(w, c), total = 0.0, given = 0.0;
  bool fairly = network_plan_is_used(c);
  for (int64_t left = c.supporting; left; left &= left - 1) {
    const Tie& tie = w.ties[c.first_tie + first(left)];
    total += weight(tie, w.members[tie.member], fairly);
  }
  for (int64_t left = c.supporting; left; left &= left - 1) {
    Tie& tie = w.ties[c.first_tie + first(left)];
    Member& m = w.members[tie.member];
    double asked = need * (weight(tie, m, fairly) / total);
    double elsewhere = m.load - tie.hours;
    double hours = min(asked, max(0.0, m.spare_hours * w.parameters->stretch - elsewhere));
    m.load += hours - tie.hours;
    tie.hours = hours;
    given += hours;
  }
  c.hours_network += given;
  c.network_help = need > 0.0 ? share(given / need) : 0.0;
}

static void supporters_help(World& w, Team& team, int64_t) {
  for (int64_t row = team.first_client; row < team.end_client; row++) {
    Client& c = w.clients[row];
    if (c.supporters > 0)
      help_out(w, c);
    else
      c.network_help = 0.0;
  }
}

static void plan_lasts(World& w, Client& c, int64_t row, int64_t week) {
  double luck = uniform(w.seed, network::LASTS, c.id, week);
  if (c.carried_out) {
    double missing = 1.0 - share(c.supporters / max(1.0, double(c.counted_on)));
    if (luck >= w.parameters->plan_lapses * (1.0 + missing)) return;
    c.carried_out = false;
    if (c.lapsed_week < 0) c.lapsed_week = week;
    log(w, week, row, episodes::PLAN_LAPSES, c.plan, c.supporters);
    call_in_where_needed(w, c);
  } else if (c.supporters > 0 && luck < w.parameters->taken_up_again) {
    c.carried_out = true;
    log(w, week, row, episodes::PLAN_TAKEN_UP, c.plan, c.supporters);
  }
}

static void fill_gaps(World& w, Client& c, int64_t row, int64_t week) {
  for (int64_t t = c.first_tie; t < c.first_tie + c.n_ties && c.supporters < c.counted_on; t++) {
    Tie& tie = w.ties[t];
    if (tie.in_plan && tie.state == ASKED && steps_in(w, tie, c, week)) {
      log_of(w, week, row, tie, episodes::STEPS_IN, c.supporters);
      begin_to_help(w, c, tie, row, week);
    }
  }
}

static void reconsider(World& w, Client& c, int64_t row, int64_t week) {
  int64_t supporters = c.supporting;
  for (int64_t left = supporters; left; left &= left - 1) {
    Tie& tie = w.ties[c.first_tie + first(left)];
    Member& m = w.members[tie.member];
    if (m.felt_week != week) {
      bool could_bear_it = m.strain <= 1.0;
      m.felt_week = week;
      m.strain += (m.load / m.spare_hours - m.strain) / w.parameters->strain_weeks;
      if (could_bear_it && m.strain > 1.0)
        log_of(w, week, row, tie, episodes::IS_OVERBURDENED, m.strain);
    }
    double chance = chance_to_stop(w, tie, m, c, supporters);
    if (uniform(w.seed, member::STOPS, tie.id, week) < chance) {
      int64_t why = why_stops(w, tie, m, c, supporters, week);
      end_help(w, c, tie, row, why, week);
    }
  }
  if (c.plan == NETWORK_PLAN) plan_lasts(w, c, row, week);
  if (network_plan_is_used(c)) fill_gaps(w, c, row, week);
  if (c.cooperation && (c.professionals > 0 || c.supporters == 0)) {
    double luck = uniform(w.seed, network::ENDS_WORKING_TOGETHER, c.id, week);
    c.cooperation = c.supporters > 0 && luck >= w.parameters->cooperation_ends;
  }
}

static void wear(World& w, Client& c, int64_t row, int64_t week) {
  for (int64_t t = c.first_tie; t < c.first_tie + c.n_ties; t++) {
    Tie& tie = w.ties[t];
    if (tie.state == UNMAPPED || tie.state == GONE || !tie_ends(w, tie, c, week)) continue;
    if (tie.state == SUPPORTING) end_help(w, c, tie, row, episodes::PARTED, week);
    tie.state = GONE;
    c.mapped--;
    log_of(w, week, row, tie, episodes::TIE_ENDED, tie.closeness);
  }
}

static void supporters_reconsider(World& w, Team& team, int64_t week) {
  for (int64_t row = team.first_client; row < team.end_client; row++) {
    Client& c = w.clients[row];
    if (c.supporters > 0 || c.plan == NETWORK_PLAN || c.cooperation) reconsider(w, c, row, week);
    if (c.mapped > 0 && (week + c.id) % QUARTER == 0) wear(w, c, row, week);
  }
}
