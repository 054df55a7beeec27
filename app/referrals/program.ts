/** A programme: for whom, on which terms, and the one that every shop begins with. */
import { minorDigits } from '../shops/money.ts';
import type { Audience } from './audience.ts';
import type { Promised } from './promise.ts';
import type { Shares } from './shares.ts';
import { termsSchema, type Terms } from './terms.ts';

export type { Terms } from './terms.ts';

/** The programme that every shop starts with. */
export const DEFAULT_PROGRAM = 'friends';

export interface Program {
  id: string;
  key: string;
  /** As staff calls it. */
  name: string;
  status: 'on' | 'off';
  audience: Audience;
  /** What the last sign of its codes says: app/referrals/codes.ts */
  number: number;
  terms: Terms;
  shares: Shares;
  /** The discount at Shopify that carries all codes; null until it is made. */
  parentDiscountId: string | null;
}

/** Round sums that mean about the same everywhere, in whole units of the currency. */
const TEN: Record<string, number> = {
  EUR: 10,
  USD: 10,
  GBP: 10,
  CHF: 10,
  CAD: 15,
  AUD: 15,
  NZD: 15,
  SGD: 15,
  SEK: 100,
  NOK: 100,
  DKK: 75,
  PLN: 40,
  CZK: 250,
  BRL: 50,
  MXN: 200,
  JPY: 1500,
  INR: 800,
  ZAR: 200,
};

/** Fifteen per cent for the friend; ten of the shop's money for the advocate where that is a round sum. */
export function defaultTerms(currency: string): Terms {
  const sum = TEN[currency];
  const advocate = sum ? { amount: sum * 10 ** minorDigits(currency), currency } : { percent: 15 };
  return termsSchema.parse({ friend: { percent: 15 }, advocate });
}

/** What a new programme may begin as. */
export const BEGINNINGS = ['everybody', 'friends', 'ambassadors', 'partners'] as const;
export type Beginning = (typeof BEGINNINGS)[number];

const NAMES: Record<Beginning, string> = {
  everybody: 'Everybody',
  friends: 'Friends',
  ambassadors: 'Ambassadors',
  partners: 'Partners',
};
const AUDIENCES: Record<Beginning, Partial<Audience>> = {
  everybody: {},
  friends: { stages: ['friend', 'family'] },
  ambassadors: { stages: ['family'], tags: ['ambassador'] },
  partners: { tags: ['partner'] },
};

/** A name, whom it is for and terms to begin with, in the shop's currency. */
export function beginningOf(
  as: Beginning,
  currency: string,
): { name: string; audience: Audience; terms: Terms } {
  const usual = defaultTerms(currency);
  const terms =
    as === 'partners'
      ? termsSchema.parse({
          ...usual,
          advocate: { kind: 'commission', value: { percent: 10 } },
          perAdvocate: null,
          newCustomersOnly: true,
        })
      : as === 'ambassadors'
        ? termsSchema.parse({ ...usual, friend: { percent: 20 }, perAdvocate: 100 })
        : usual;
  const audience = { stages: [], tags: [], never: [], ...AUDIENCES[as] };
  return { name: NAMES[as], audience, terms };
}

/** What a referral gives its advocate, as the ledger of rewards takes it. */
export type EarnedReward = {
  shopId: bigint;
  /** `referral:ID:advocate`, `referral:ID:tier:N` */
  cause: string;
  customerId: string;
  validDays: number | null;
  /** Nothing has to be waited for any more. */
  isReady: boolean;
  programId: string;
} & Promised;

/** @param round how often a person has let it pass after it had ended */
export const causeOf = (referralId: string, round = 0): string =>
  `referral:${referralId}:advocate${round === 0 ? '' : `:${round + 1}`}`;
/** The same in SQL, of a referral `r`. */
export const CAUSE_OF_R = `'referral:' || r.id || ':advocate' || case when r.round > 0 then ':' || (r.round + 1) else '' end`;
/** What a referral `r` earned in this round, where somebody has taken it back. */
export const TAKEN_BACK_OF_R = `
  select from reward w where w.shop_id = r.shop_id and w.cause = ${CAUSE_OF_R} and w.state in ('void', 'clawed-back')`;
/** Of what is earned by the last of so many friends. */
export const tierCauseOf = (referralId: string, friends: number): string =>
  `referral:${referralId}:tier:${friends}`;

/** Shopify shows it to merchants only; it also tells one programme's discount from another's. */
export const parentTitle = (programId: string): string =>
  `Everafter: invite a friend (${programId.slice(-8)})`;
