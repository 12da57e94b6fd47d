// The three heaviest phases of the week as one writes them in C++, over Kring's own rows.
//
// Same rules, same draws, same order of sums: the rows come out the same to the last bit. Sections
// bear the names of the modules in simulation/behaviour, where it is told what each function does.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "rows.hpp"  // rows and numbers, written from Kring's own

using std::max;
using std::min;

// ---- draws and bits

struct Words { uint32_t a, b, c, d; };

static inline Words words(int64_t seed, int64_t name, int64_t identity, int64_t week) {
  uint32_t c0 = identity, c1 = uint64_t(identity) >> 32, c2 = week, c3 = name;
  uint32_t k0 = seed, k1 = uint64_t(seed) >> 32;
  for (int round = 0; round < draws::ROUNDS; round++) {
    uint64_t p0 = uint64_t(0xD2511F53u) * c0, p1 = uint64_t(0xCD9E8D57u) * c2;
    c0 = uint32_t(p1 >> 32) ^ c1 ^ k0;
    c1 = uint32_t(p1);
    c2 = uint32_t(p0 >> 32) ^ c3 ^ k1;
    c3 = uint32_t(p0);
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  return {c0, c1, c2, c3};
}

static inline double uniform(int64_t seed, int64_t name, int64_t identity, int64_t week) {
  Words w = words(seed, name, identity, week);
  return ((w.a >> 5) * 67108864.0 + (w.b >> 6)) / 9007199254740992.0;
}

static inline int64_t bit(int64_t place) { return int64_t(1) << place; }
static inline bool has(int64_t bits, int64_t place) { return bits & bit(place); }
static inline int count(int64_t bits) { return __builtin_popcountll(bits); }
static inline int first(int64_t bits) { return __builtin_ctzll(bits); }
static inline double share(double x) { return min(1.0, x); }

// ---- money, episodes

static void spend(World& w, Client& c, int64_t week, int64_t kind, double amount) {
  c.cost += amount;
  if (week < w.n_municipality) w.municipality[week].spent[kind] += amount;
}

static void log(World& w, int64_t week, int64_t row, int64_t kind, int64_t detail, double amount,
                int64_t tie = episodes::NOBODY, int64_t why = 0) {
  if (w.n_episodes == 0) return;
  Episode& e = w.episodes[w.episode_count[0]++];
  e.week = week, e.client = row, e.kind = kind, e.detail = detail, e.amount = amount;
  e.tie = tie, e.why = why;
}

static void log_of(World& w, int64_t week, int64_t row, const Tie& tie, int64_t kind, double amount,
                   int64_t why = 0) {
  log(w, week, row, kind, tie.kind, amount, tie.id % MAX_TIES, why);
}

// ---- professional, belief

static bool is_hidden(const Client& c, int64_t domain) { return has(c.hidden, domain); }

static double guided_part(const World& w, const Client& c) {
  return c.self_reliance_asked ? 1.0 - w.parameters->asked_less_help : 1.0;
}

static bool helps(const Client& c, int64_t row) {
  for (int64_t helper : c.helpers)
    if (helper == row) return true;
  return false;
}

static double room(const Professional& p) {
  return (p.here > 0.0 ? p.here : p.hours / 1000.0) / (p.cases + 1.0);
}

static int64_t worker_with_most_room(const World& w, const Team& team, int64_t discipline) {
  int64_t best = -1;
  double most = -1.0;
  for (int64_t row = team.first_professional; row < team.first_coordinator; row++) {
    const Professional& p = w.professionals[row];
    if (p.discipline == discipline && room(p) > most) best = row, most = room(p);
  }
  return best;
}

static void engage(World& w, Client& c, int64_t row, int64_t discipline) {
  Professional& worker = w.professionals[row];
  bool is_new = !helps(c, row);
  c.helpers[discipline] = row;
  if (worker.role == AGENCY) c.at_agency |= bit(discipline);
  if (!is_new) return;
  c.professionals++;
  if (row != c.caseworker) worker.cases++;
}

static void disengage(World& w, Client& c, int64_t discipline) {
  int64_t row = c.helpers[discipline];
  c.helpers[discipline] = -1;
  c.at_agency &= ~bit(discipline);
  if (helps(c, row)) return;
  c.professionals--;
  if (row != c.caseworker) w.professionals[row].cases--;
}

static void withdraws(World& w, Client& c) {
  int64_t needed = 0;
  for (int i = 0; i < c.problems; i++) needed |= bit(w.domains->discipline[c.present[i]]);
  c.referred &= needed;
  for (int64_t d = 0; d < N_DISCIPLINES; d++) {
    int64_t row = c.helpers[d];
    bool holds_case = row == c.caseworker && c.plan == WORKER_PLAN;
    if (row >= 0 && !holds_case && !has(needed, d)) disengage(w, c, d);
  }
}

static void sees(World& w, Client& c, bool worked) {
  const Policy& policy = w.policies[c.policy];
  if (c.attended == 0 || c.problems_at_entry <= policy.multi_problem_threshold) return;
  Professional& worker = w.professionals[c.caseworker];
  double seen = 1.0 + w.parameters->outcome_is_seen * policy.outcome_steering;
  worker.doubt += share(w.parameters->learning * seen) * ((worked ? 0.0 : 1.0) - worker.doubt);
}

// ---- referral

static bool network_plan_is_used(const Client& c) { return c.plan == NETWORK_PLAN && c.carried_out; }

static bool goes_to_agency(const World& w, const Client& c, const Team& team, int64_t discipline) {
  const Policy& policy = w.policies[team.policy];
  if (discipline == MENTAL_HEALTH && policy.no_mental_health != 0.0 &&
      uniform(w.seed, referral::WITHOUT_MENTAL_HEALTH, team.id, 0) < policy.no_mental_health)
    return true;
  int64_t identity = int64_t(c.id) * N_DISCIPLINES + discipline;
  return uniform(w.seed, referral::TO_AGENCY, identity, 0) < policy.agencies;
}

static bool is_covered(World& w, Client& c, int64_t discipline) {
  if (!network_plan_is_used(c)) return false;
  int64_t identity = int64_t(c.id) * N_DISCIPLINES + discipline;
  if (uniform(w.seed, referral::COVERS_MORE, identity, 0) >= w.parameters->covers_more) return false;
  for (int64_t row : c.helpers)
    if (row >= 0 && w.professionals[row].role != AGENCY) {
      engage(w, c, row, discipline);
      return true;
    }
  return false;
}

static void call_in_if_asked(World& w, Client& c, int64_t domain) {
  bool with_team = c.stage == GUIDED || (c.stage == MAPPING && c.helped_meanwhile);
  if (!with_team || is_hidden(c, domain)) return;
  const Parameters& p = *w.parameters;
  if (c.level[domain] < (network_plan_is_used(c) ? p.network_calls_in : p.worker_calls_in)) return;
  int64_t discipline = w.domains->discipline[domain];
  if (c.helpers[discipline] >= 0 || has(c.referred, discipline)) return;
  if (is_covered(w, c, discipline)) return;
  const Team& team = w.teams[c.team];
  if (goes_to_agency(w, c, team, discipline)) {
    c.referred |= bit(discipline);
    c.one_plan = uniform(w.seed, referral::ONE_PLAN, c.id, 0) < w.policies[team.policy].one_plan;
    return;
  }
  int64_t row = worker_with_most_room(w, team, discipline);
  if (row >= 0) engage(w, c, row, discipline);
}

static void call_in_where_needed(World& w, Client& c) {
  for (int64_t domain = 0; domain < N_DOMAINS; domain++)
    if (c.level[domain] > 0) call_in_if_asked(w, c, domain);
}

static double effect_of_tuning(const World& w, const Client& c) {
  double left = 1.0;
  if (!c.one_plan)
    for (int i = count(c.at_agency); i > 0; i--) left *= 1.0 - w.parameters->contradiction;
  return left;
}

// ---- problem

static double held_in_place(const World& w, const Client& c, int64_t domain) {
  double total = 0.0;
  for (int i = 0; i < c.problems; i++) total += w.domains->feeds[c.present[i]][domain];
  return total;
}

static bool comes_again(const Client& c, int64_t domain) {
  return c.level[domain] == 0 && has(c.had, domain);
}

static void see_what_feeds_what(const World& w, Client& c) {
  const Parameters& p = *w.parameters;
  int there = 0;
  for (int64_t d = 0; d < N_DOMAINS; d++)
    if (c.level[d] > 0) c.present[there++] = d;
  c.coming = 0.0;
  for (int64_t d = 0; d < N_DOMAINS; d++) {
    c.coming += p.onset * w.domains->weight[d] / N_DOMAINS;
    c.coming += p.feeding * held_in_place(w, c, d);
    if (comes_again(c, d)) c.coming += p.relapse;
  }
}

static void set_level(const World& w, Client& c, int64_t domain, int64_t level) {
  int64_t before = c.level[domain];
  c.severity += level - before;
  c.level[domain] = level;
  if ((before == 0) == (level == 0)) return;
  c.problems += level > 0 ? 1 : -1;
  if (level > 0) c.had |= bit(domain);
  see_what_feeds_what(w, c);
}

static double worsens(const World& w, const Client& c, int64_t domain, double guidance) {
  double looked_after = max(c.network_help, guidance);
  int64_t kind = w.domains->provision[domain];
  if (kind >= 0 && has(c.provided, kind))
    looked_after = max(looked_after, w.parameters->provision_holds);
  double lightness = (problem::ACUTE - c.level[domain]) / (problem::ACUTE - 1.0);
  return w.parameters->worsening * lightness * (1.0 - looked_after);
}

static int moves(const World& w, Client& c, int64_t d, double guidance, double luck) {
  const Parameters& p = *w.parameters;
  const Domain& domains = *w.domains;
  double passes = has(c.passing, d) ? domains.passing[d] : p.lasting_recovery;
  double effort = c.does && c.self_reliance >= problem::ABLE ? p.own_effort : 0.0;
  double own = passes * max(0.0, 1.0 + p.self_recovery * (c.self_reliance - 0.5) + effort);
  double crisis = c.level[d] == problem::ACUTE ? p.crisis_passes : 0.0;
  double aimed = network_plan_is_used(c) ? 1.0 : p.unaimed_help;
  double network = p.network_effect * domains.network[d] * c.network_help * aimed;
  double professional = p.professional_effect * domains.professional[d] * guidance;
  double together = c.cooperation ? p.complementarity * min(c.network_help, guidance) : 0.0;
  if (own + crisis + network + professional + together <= luck && luck <= 1.0 - p.worsening)
    return 0;
  double held = 1.0 / (1.0 + p.persistence * held_in_place(w, c, d));
  own = held * own + crisis;
  network *= held, professional *= held, together *= held;
  double total = own + network + professional + together;
  if (luck < total) {
    c.credit_self += own / total;
    c.credit_network += (network + together / 2.0) / total;
    c.credit_professional += (professional + together / 2.0) / total;
    return -1;
  }
  return luck > 1.0 - worsens(w, c, d, guidance) ? 1 : 0;
}

static double rate_of_coming(const World& w, const Client& c, int64_t domain) {
  const Parameters& p = *w.parameters;
  if (c.children == 0 && (domain == PARENTING || domain == YOUTH)) return 0.0;
  double rate = p.onset * w.domains->weight[domain] / N_DOMAINS;
  rate += p.feeding * held_in_place(w, c, domain);
  if (comes_again(c, domain))
    rate += p.relapse * (1.0 - max(c.network_help, p.support_holds * c.professional_help));
  return rate;
}

static int64_t which_comes(const World& w, const Client& c, int64_t week) {
  if (uniform(w.seed, problem::COMES, c.id, week) >= c.coming) return -1;
  int64_t identity = int64_t(c.id) * (N_DOMAINS + 1), first = -1;
  double left = c.coming, soonest = std::numeric_limits<double>::infinity();
  for (int64_t domain = 0; domain < N_DOMAINS; domain++) {
    double rate = rate_of_coming(w, c, domain);
    left -= rate;
    if (rate <= 0.0) continue;
    double luck = uniform(w.seed, problem::WHICH, identity + domain, week);
    double time = -std::log(1.0 - luck) / rate;
    if (time < soonest) first = domain, soonest = time;
  }
  if (left > 1e-12) {
    double luck = uniform(w.seed, problem::WHICH, identity + N_DOMAINS, week);
    if (-std::log(1.0 - luck) / left < soonest) return -1;
  }
  return first;
}

// ---- course, entrance: the phase in which problems move

static double guidance_in(const World& w, const Client& c, int64_t domain) {
  int64_t row = c.helpers[w.domains->discipline[domain]];
  if (row < 0 || c.professional_help == 0.0 || is_hidden(c, domain)) return 0.0;
  const Professional& worker = w.professionals[row];
  double effect = worker.skill * effect_of_tuning(w, c);
  return worker.share[GUIDANCE] * guided_part(w, c) * effect;
}

static void is_solved(World& w, Client& c, int64_t row, int64_t domain, int64_t week) {
  c.solved++;
  c.hidden &= ~bit(domain);
  withdraws(w, c);
  log(w, week, row, episodes::PROBLEM_SOLVED, domain, c.problems);
  if (c.caseworker >= 0 && c.network_help >= belief::MUCH_HELP) sees(w, c, true);
}

static void move_problems(World& w, Client& c, int64_t row, int64_t week) {
  int64_t four = -1;
  Words of_four{};
  for (int64_t i = c.problems - 1; i >= 0; i--) {
    int64_t domain = c.present[i];
    if (domain / 4 != four) {
      four = domain / 4;
      of_four = words(w.seed, problem::MOVES, int64_t(c.id) * problem::FOURS + four, week);
    }
    const uint32_t word[] = {of_four.a, of_four.b, of_four.c, of_four.d};
    double luck = word[domain % 4] / 4294967296.0;
    if (w.domains->most_relief < luck && luck < 1.0 - w.parameters->worsening) continue;
    int change = moves(w, c, domain, guidance_in(w, c, domain), luck);
    if (change == 0) continue;
    set_level(w, c, domain, c.level[domain] + change);
    if (c.level[domain] == 0)
      is_solved(w, c, row, domain, week);
    else if (change > 0)
      call_in_if_asked(w, c, domain);
  }
}

static void new_problem(World& w, Client& c, int64_t row, int64_t week) {
  int64_t domain = which_comes(w, c, week);
  if (domain < 0) return;
  int64_t level = c.level[domain];
  if (level == 0) {
    double luck = uniform(w.seed, problem::PASSES, int64_t(c.id) * N_DOMAINS + domain, week);
    bool passes = luck >= w.domains->lasting[domain];
    c.passing = passes ? c.passing | bit(domain) : c.passing & ~bit(domain);
    set_level(w, c, domain, problem::NEW);
    log(w, week, row, episodes::PROBLEM_CAME, domain, c.problems);
  } else if (level < problem::ACUTE) {
    set_level(w, c, domain, level + 1);
  }
  call_in_if_asked(w, c, domain);
}

static void what_brews_comes(World& w, Client& c, int64_t row, int64_t week) {
  double help_there = max(c.network_help, c.professional_help);
  for (int64_t domain = 0; domain < N_DOMAINS; domain++) {
    if (!has(c.brewing, domain)) continue;
    double luck = uniform(w.seed, entrance::BREWED, int64_t(c.id) * N_DOMAINS + domain, week);
    luck *= w.parameters->brewing_weeks;
    if (luck >= 1.0) continue;
    c.brewing &= ~bit(domain);
    if (luck < help_there || c.level[domain] >= problem::ACUTE) continue;
    if (c.level[domain] == 0) log(w, week, row, episodes::PROBLEM_CAME, domain, c.problems);
    set_level(w, c, domain, c.level[domain] + 1);
    call_in_if_asked(w, c, domain);
  }
}

static void hidden_problems_come_to_light(World& w, Client& c, int64_t week) {
  for (int64_t domain = 0; domain < N_DOMAINS; domain++) {
    int64_t identity = int64_t(c.id) * N_DOMAINS + domain;
    if (is_hidden(c, domain) &&
        uniform(w.seed, entrance::TO_LIGHT, identity, week) < w.parameters->comes_to_light) {
      c.hidden &= ~bit(domain);
      call_in_if_asked(w, c, domain);
    }
  }
}

static void look_after_children(World& w, Client& c, int64_t row, int64_t week) {
  const Parameters& p = *w.parameters;
  if (c.placed_until >= 0) {
    spend(w, c, week, money::PLACEMENT, w.town->price_placement);
    if (week >= c.placed_until) c.placed_until = -1;
    return;
  }
  if (c.level[YOUTH] < problem::ACUTE && c.level[PARENTING] < problem::ACUTE) return;
  double chance = p.placement * (1.0 - c.network_help);
  if (uniform(w.seed, problem::IS_PLACED, c.id, week) >= chance) return;
  c.placed_until = week + int64_t(p.placement_weeks);
  spend(w, c, week, money::INQUIRY, w.town->inquiry_hours * w.town->price_specialist);
  log(w, week, row, episodes::PLACEMENT, c.supporters > 0, p.placement_weeks);
}

static void problems_move(World& w, Team& team, int64_t week) {
  for (int64_t row = team.first_client; row < team.end_client; row++) {
    Client& c = w.clients[row];
    if (c.stage == NOT_YET) continue;
    move_problems(w, c, row, week);
    new_problem(w, c, row, week);
    if (c.brewing) what_brews_comes(w, c, row, week);
    if (c.hidden && c.stage == GUIDED) hidden_problems_come_to_light(w, c, week);
    if (c.children > 0) look_after_children(w, c, row, week);
  }
}

#include "network.hpp"

extern "C" void live_a_phase(World& w, int64_t week, int64_t which) {
  for (int64_t t = 0; t < w.n_teams; t++) switch (which) {
      case 0: problems_move(w, w.teams[t], week); break;
      case 1: supporters_help(w, w.teams[t], week); break;
      case 2: supporters_reconsider(w, w.teams[t], week); break;
    }
}
