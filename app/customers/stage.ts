/**
 * How close a relationship is: computed from what somebody did by the shop's rules, explained by a code, fading with
 * silence, and not wavering with every word.
 */
import { STAGES, type Stage } from './customer.ts';
import { fartherOf, type Need, type Sign, type StageRules, type Way } from './stage-rules.ts';
import type { TimelineReason } from './timeline.ts';

/** What is counted of a customer. Everything but the moments and the score is a number of times. */
export interface StageFacts {
  orders: number;
  firstOrderAt: Date | null;
  lastOrderAt: Date | null;
  /** Minor units of the shop's currency. */
  spent: bigint;
  /** Answers, reviews, replies: the last of any. */
  lastHeardAt: Date | null;
  /** 1…5 */
  lastScore: number | null;
  answers: number;
  /** Answers and reviews of 4 or 5. */
  kindWords: number;
  reviews: number;
  photos: number;
  replies: number;
  /** Complaints that were solved. */
  healed: number;
  /** Friends whose orders were settled. */
  friends: number;
  /** Orders that came back. */
  returned: number;
}

/** Where somebody stands already. */
export interface Standing {
  stage: Stage;
  /** Since when; null: nobody has looked yet. */
  at: Date | null;
}

export interface StageAnswer {
  stage: Stage;
  reason: TimelineReason;
  /** When time alone may change it, at the earliest; null: it never does. */
  until: Date | null;
}

const DAY_MS = 86_400_000;

/** The stage of a relationship at a moment. `standing`: where they stood until now. */
export function stageOf(facts: StageFacts, rules: StageRules, standing: Standing, now: Date): StageAnswer {
  const close = closest(facts, rules);
  const faded = fade(close, facts, rules, now);
  const keptUntil = standing.at ? new Date(standing.at.getTime() + rules.keepDays * DAY_MS) : now;
  if (keptUntil <= now || !isWavering(facts, rules, standing.stage, faded)) return faded;
  const until = faded.until && faded.until < keptUntil ? faded.until : keptUntil;
  return { stage: standing.stage, reason: { code: 'kept', days: rules.keepDays }, until };
}

/**
 * Whether nothing but a lukewarm last word or a return takes them from where they stand. Unhappiness and silence are
 * more than that, and what was undone (an order, a friend's order) was never theirs.
 */
function isWavering(
  facts: StageFacts,
  rules: StageRules,
  stage: Stage,
  { stage: next, reason }: StageAnswer,
) {
  if (STAGES.indexOf(next) >= STAGES.indexOf(stage) || reason.code === 'unhappy' || reason.code === 'quiet') {
    return false;
  }
  const atBest = bySigns({ ...facts, lastScore: facts.lastScore === null ? null : 5 }, rules);
  return facts.orders + facts.friends > 0 && STAGES.indexOf(atBest.stage) >= STAGES.indexOf(stage);
}

/** As close as their signs say, silence left aside. */
function closest(facts: StageFacts, rules: StageRules): Omit<StageAnswer, 'until'> {
  if (facts.orders === 0 && facts.friends === 0) return { stage: 'stranger', reason: { code: 'no-order' } };
  const { unhappy, returns } = rules;
  if (facts.lastScore !== null && facts.lastScore <= unhappy.scoreAtMost) {
    return { stage: unhappy.holdsAt, reason: { code: 'unhappy', score: facts.lastScore } };
  }
  const reached = bySigns(facts, rules);
  const share = facts.orders === 0 ? 0 : Math.floor((facts.returned * 100) / facts.orders);
  if (returns && facts.orders >= returns.orders && share >= returns.share) {
    const stage = fartherOf(reached.stage, returns.holdsAt);
    if (stage !== reached.stage) return { stage, reason: { code: 'sends-back', share } };
  }
  return reached;
}

function bySigns(facts: StageFacts, rules: StageRules): Omit<StageAnswer, 'until'> {
  for (const stage of ['family', 'friend'] as const) {
    const way = rules[stage].find((each) => each.every((need) => missing(facts, need) === 0n));
    if (way) return { stage, reason: { code: 'signs', signs: way.map((need) => signOf(facts, need)) } };
  }
  return { stage: 'acquaintance', reason: { code: 'ordered-once' } };
}

/** "orders=3": what they have of it. Money says only that it is enough. */
const signOf = (facts: StageFacts, { sign, atLeast }: Need) =>
  `${sign}=${sign === 'spent' ? atLeast : String(have(facts, sign))}`;

function have(facts: StageFacts, sign: Sign): bigint {
  switch (sign) {
    case 'kind-words':
      return BigInt(facts.kindWords);
    case 'score':
      return BigInt(facts.lastScore ?? 0);
    case 'spent':
      return facts.spent;
    default:
      return BigInt(facts[sign]);
  }
}

function missing(facts: StageFacts, { sign, atLeast }: Need): bigint {
  const rest = BigInt(atLeast) - have(facts, sign);
  return rest > 0n ? rest : 0n;
}

/** A long silence is a step back, as long again another; nobody fades below what nothing but an order makes them. */
function fade(
  close: Omit<StageAnswer, 'until'>,
  facts: StageFacts,
  rules: StageRules,
  now: Date,
): StageAnswer {
  const sign = Math.max(Number(facts.lastOrderAt ?? 0), Number(facts.lastHeardAt ?? 0));
  if (sign === 0 || close.stage === 'stranger') return { ...close, until: null };
  const patience = patienceMs(facts, rules);
  const silent = now.getTime() - sign;
  const steps = Math.max(0, Math.min(Math.floor(silent / patience), 2));
  const stage = STAGES[Math.max(0, STAGES.indexOf(close.stage) - steps)]!;
  const until = steps < 2 && stage !== 'stranger' ? new Date(sign + (steps + 1) * patience) : null;
  if (stage === close.stage) return { ...close, until };
  return { stage, reason: { code: 'quiet', days: Math.floor(silent / DAY_MS), was: close.stage }, until };
}

/** How long somebody may be silent: the rules' days, or longer where they are used to longer gaps. */
function patienceMs({ orders, firstOrderAt, lastOrderAt }: StageFacts, { quiet }: StageRules): number {
  const span = firstOrderAt && lastOrderAt && orders > 1 ? lastOrderAt.getTime() - firstOrderAt.getTime() : 0;
  const gap = span > 0 ? span / (orders - 1) : 0;
  return Math.max(quiet.days * DAY_MS, Math.round(gap * quiet.rhythm));
}

/** What a customer's page says of their stage beside its reason. */
export interface StageStory {
  /** Null: family, or nothing that they could do. */
  next: { stage: Stage; needs: Need[] } | null;
}

/** What is missing to the next stage, by the way that asks for least; null for family and where only time helps. */
export function nextSteps(facts: StageFacts, rules: StageRules, stage: Stage): StageStory['next'] {
  if (stage === 'family') return null;
  if (facts.orders === 0 && stage === 'stranger') {
    return { stage: 'acquaintance', needs: [{ sign: 'orders', atLeast: 1 }] };
  }
  const next = stage === 'friend' ? 'family' : 'friend';
  const open = rules[next].map((way) => whatIsOpen(facts, way)).filter((needs) => needs.length > 0);
  const least = open.sort((a, b) => effort(a) - effort(b))[0];
  return least ? { stage: next, needs: least } : null;
}

/** Of a way what is not there yet: how many more. The score is what it has to be, not how much is missing. */
const whatIsOpen = (facts: StageFacts, way: Way): Need[] =>
  way.flatMap((need) => {
    const rest = missing(facts, need);
    if (rest === 0n) return [];
    return [{ sign: need.sign, atLeast: need.sign === 'score' ? need.atLeast : Number(rest) }];
  });

/** How much is asked of somebody; what they can't do alone (a complaint that heals, money) counts as much. */
const effort = (needs: readonly Need[]) =>
  needs.reduce((sum, { sign, atLeast }) => sum + (EFFORT[sign] ?? 1) * (sign === 'score' ? 1 : atLeast), 0);

const EFFORT: Partial<Record<Sign, number>> = {
  answers: 1,
  'kind-words': 1,
  score: 1,
  reviews: 2,
  replies: 2,
  photos: 3,
  orders: 3,
  friends: 4,
  healed: 100,
  spent: 100,
};
