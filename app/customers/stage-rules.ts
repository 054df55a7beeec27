/**
 * By which rules a shop says how close somebody is. A closed, typed vocabulary like a sequence's: ways to a stage, each
 * of them signs that all have to be there. Versioned and never changed once they were live (stage-rules.server.ts).
 */
import { z } from 'zod';
import { STAGES } from './customer.ts';

/** What brings somebody closer; each is counted from what happened, see `StageFacts`. */
export const SIGNS = [
  'orders',
  'answers',
  'kind-words',
  'reviews',
  'photos',
  'replies',
  'healed',
  'friends',
  'score',
  'spent',
] as const;
export type Sign = (typeof SIGNS)[number];

/** `spent` is in minor units of the shop's currency, `score` the last answer, 1 to 5; everything else is a number of times. */
const needSchema = z.strictObject({
  sign: z.enum(SIGNS),
  atLeast: z.number().int().min(1).max(1_000_000_000),
});
export type Need = z.infer<typeof needSchema>;

/** All of these together. */
const waySchema = z.array(needSchema).min(1).max(5);
export type Way = z.infer<typeof waySchema>;

/** Each way is enough. */
const waysSchema = z.array(waySchema).min(1).max(12);

/** How far somebody can get at most while something stands against it. */
const heldStage = z.enum(['stranger', 'acquaintance', 'friend']);

const stageRulesSchema = z
  .strictObject({
    /** Of the rules' shape, not their version. */
    format: z.literal(1),
    friend: waysSchema,
    family: waysSchema,
    /** While the last answer was as bad as that. */
    unhappy: z.strictObject({ scoreAtMost: z.number().int().min(1).max(3), holdsAt: heldStage }),
    /** Of those with so many orders, who sent back at least such a share of them, in percent. */
    returns: z
      .strictObject({
        share: z.number().int().min(1).max(100),
        orders: z.number().int().min(2).max(1000),
        holdsAt: heldStage,
      })
      .nullable(),
    /**
     * Silence after which somebody is a step farther away, and again after as long: `days`, or `rhythm` times what
     * usually lies between two of their own orders where that is longer; rhythm 0 leaves it aside.
     */
    quiet: z.strictObject({
      days: z.number().int().min(30).max(3650),
      rhythm: z.number().int().min(0).max(20),
    }),
    /** A stage that was reached is kept for so many days while nothing worse than a lukewarm word or a return speaks against it. */
    keepDays: z.number().int().min(0).max(365),
  })
  .superRefine((rules, context) => {
    for (const stage of ['friend', 'family'] as const) {
      rules[stage].forEach((way, index) => {
        const message = wrongWith(way);
        if (message) context.addIssue({ code: 'custom', path: [stage, index], message });
      });
    }
  });
export type StageRules = z.infer<typeof stageRulesSchema>;

function wrongWith(way: Way): string | null {
  const signs = way.map(({ sign }) => sign);
  const twice = signs.find((sign, i) => signs.indexOf(sign) !== i);
  if (twice) return `asks twice for ${twice}`;
  if (signs.every((sign) => sign === 'spent'))
    return 'goes by money alone; ask for something they did as well';
  const score = way.find((need) => need.sign === 'score');
  return score && score.atLeast > 5 ? 'asks for a score above 5' : null;
}

/** What every shop begins with. */
export const FIRST_RULES: StageRules = {
  format: 1,
  friend: [
    [{ sign: 'orders', atLeast: 2 }],
    [{ sign: 'kind-words', atLeast: 1 }],
    [{ sign: 'healed', atLeast: 1 }],
    [{ sign: 'photos', atLeast: 1 }],
    [{ sign: 'answers', atLeast: 3 }],
  ],
  family: [
    [{ sign: 'friends', atLeast: 1 }],
    [
      { sign: 'orders', atLeast: 5 },
      { sign: 'score', atLeast: 4 },
    ],
    [
      { sign: 'orders', atLeast: 3 },
      { sign: 'kind-words', atLeast: 2 },
      { sign: 'photos', atLeast: 1 },
    ],
  ],
  unhappy: { scoreAtMost: 2, holdsAt: 'acquaintance' },
  returns: { share: 60, orders: 4, holdsAt: 'acquaintance' },
  quiet: { days: 365, rhythm: 3 },
  keepDays: 30,
};

/** What is wrong with rules, each beside its place: "friend.2: …". */
export interface RuleProblem {
  path: string;
  message: string;
}

/** The rules, or everything that is wrong with them. */
export function parseStageRules(json: unknown): { rules: StageRules } | { problems: RuleProblem[] } {
  const parsed = stageRulesSchema.safeParse(json);
  if (parsed.success) return { rules: parsed.data };
  return {
    problems: parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: inWords(issue) })),
  };
}

type Issue = z.core.$ZodIssue;

function inWords(issue: Issue): string {
  switch (issue.code) {
    case 'custom':
      return issue.message;
    case 'too_small':
      return issue.origin === 'array' ? 'needs at least one' : `at least ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'array' ? `at most ${issue.maximum} of them` : `at most ${issue.maximum}`;
    case 'invalid_type':
      return issue.expected === 'int' || issue.expected === 'number' ? 'wants a whole number' : 'is missing';
    case 'unrecognized_keys':
      return `nobody knows ${issue.keys.join(', ')}`;
    default:
      return 'is none of those that there are';
  }
}

/** The farther of two stages. */
export const fartherOf = <Stage extends (typeof STAGES)[number]>(a: Stage, b: Stage): Stage =>
  STAGES.indexOf(a) < STAGES.indexOf(b) ? a : b;
