/**
 * What may speak against a friend's order, and how much. Certain ones settle it; of doubtful ones enough together hold it
 * for a person; what could not be looked up always holds it.
 */

/** `points`: of doubtful ones, a hundred of which are enough to hold an order alone. */
type Weighed = { weight: 'certain' } | { weight: 'doubtful'; points: number } | { weight: 'unavailable' };

const certain = { weight: 'certain' } as const;
const doubtful = (points: number) => ({ weight: 'doubtful', points }) as const;
const unavailable = { weight: 'unavailable' } as const;

export const SIGNALS = {
  'same-customer': certain,
  'same-email': certain,
  'same-person': certain,
  employee: certain,
  'not-new': certain,
  'nothing-paid': certain,
  // A household shares these, so that they never refuse.
  'same-phone': doubtful(100),
  'same-address': doubtful(100),
  'same-browser': doubtful(100),
  // An office, a block of flats, a family: each of these alone is nothing.
  'same-building': doubtful(40),
  'same-network': doubtful(40),
  'same-name': doubtful(40),
  'similar-email': doubtful(60),
  'hidden-email': doubtful(30),
  'throwaway-email': doubtful(100),
  'friend-again': doubtful(100),
  'many-advocates': doubtful(100),
  ring: doubtful(100),
  'too-many': doubtful(100),
  'too-fast': doubtful(100),
  'network-fast': doubtful(100),
  'coupon-site': doubtful(100),
  'risk-high': doubtful(100),
  'risk-medium': doubtful(50),
  disputed: doubtful(100),
  'cannot-tell': unavailable,
  'no-traces': unavailable,
  'no-risk': unavailable,
} as const satisfies Record<string, Weighed>;

/** What speaks against a referral; reasons.ts says it in words. */
export type Signal = keyof typeof SIGNALS;

export const isSignal = (code: string): code is Signal => code in SIGNALS;

/**
 * How soon doubts hold an order: at so many points. Strong signs hold it in each of them, and neither certain signs nor
 * what could not be looked up can be switched off.
 */
export const SENSITIVITIES = { calm: 100, usual: 75, careful: 40 } as const;
export type Sensitivity = keyof typeof SENSITIVITIES;

/** Said of the payment, or of what could not be looked up: what is said later counts instead of what was said before. */
export const isPassing = (signal: Signal): boolean =>
  SIGNALS[signal].weight === 'unavailable' || ['risk-high', 'risk-medium', 'disputed'].includes(signal);

/** What was missing may be there on the next look. */
export const isWorthAnotherLook = (signals: readonly Signal[]): boolean =>
  signals.includes('no-risk') || signals.includes('no-traces');

/** What the signs come to. */
export function verdictOf(
  signals: readonly Signal[],
  sensitivity: Sensitivity = 'usual',
): 'pending' | 'held' | 'refused' {
  const weighed = signals.map((signal): Weighed => SIGNALS[signal]);
  if (weighed.some(({ weight }) => weight === 'certain')) return 'refused';
  if (weighed.some(({ weight }) => weight === 'unavailable')) return 'held';
  return pointsOf(signals) >= SENSITIVITIES[sensitivity] ? 'held' : 'pending';
}

/** Of doubtful signs together. */
const pointsOf = (signals: readonly Signal[]): number =>
  signals.reduce((sum, signal) => {
    const weighed: Weighed = SIGNALS[signal];
    return sum + (weighed.weight === 'doubtful' ? weighed.points : 0);
  }, 0);
