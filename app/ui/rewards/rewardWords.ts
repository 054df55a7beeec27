/** Rewards in words for staff. Codes are stored; words are made here. */
import type { DifferenceKind, Settlement } from '../../rewards/compare.ts';
import { CODES, POINTS } from '../../rewards/reward.ts';
import { money } from '../format.ts';

export const REWARD_STATES: Record<string, string> = {
  held: 'set aside',
  issuing: 'on its way',
  issued: 'given',
  used: 'used',
  expired: 'ran out unused',
  void: 'taken back before it was given',
  'clawed-back': 'taken back',
};

/** Why Shopify did not make it, and what helps. */
const REFUSALS: Record<string, string> = {
  ACCESS_DENIED: 'Shopify does not let the app give this',
  'code-taken': 'Something else at Shopify has its code',
  'no-account': 'They have no account at Shopify to put it into',
  'currency-gone': 'The shop does not use its currency any more',
  'out-of-stock': 'The product is sold out',
  'product-gone': 'The product is gone',
  unsure: 'It may be in their store credit already: look there before you try again',
};
export const refusal = (code: string): string => REFUSALS[code] ?? `Shopify refused it: ${code}`;

const TAKEN_BACK: Record<string, string> = {
  refunded: 'the friend’s order was refunded',
  cancelled: 'the friend’s order was cancelled',
  returned: 'the friend’s order came back',
  deleted: 'the friend’s order was deleted',
  refused: 'the friend’s order does not count',
  'customer-gone': 'the customer was erased',
  missing: 'it was gone at Shopify',
  'given-twice': 'it had been given twice',
  staff: 'somebody of the staff took it back',
};

interface Reasoned {
  state: string;
  dueAt: string | Date | null;
  reason: { code?: string; withdrawn?: string; note?: string };
}

/** Shopify would not make it; nothing happens by itself any more. */
export const wasRefused = ({ state, dueAt, reason }: Reasoned): boolean =>
  state === 'held' && dueAt === null && reason.code !== undefined;

/** One sentence on where it stands, and why. */
export function standing(reward: Reasoned): string {
  const { state, reason, dueAt } = reward;
  if (wasRefused(reward)) return refusal(reason.code ?? '');
  if (state === 'held')
    return dueAt === null ? 'Set aside until what it is for is certain' : 'About to be given';
  const words = REWARD_STATES[state] ?? state;
  if (!reason.code) return capital(words);
  const why = TAKEN_BACK[reason.code] ?? reason.code;
  const used = state === 'used' ? 'Used before it could be taken back' : capital(words);
  return `${used}: ${why}${reason.note ? ` (“${reason.note}”)` : ''}`;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Minor units of the ledger as people read them. */
export function amountText(minor: string, currency: string): string {
  if (currency === POINTS) return minor === '1' ? '1 point' : `${grouped(minor)} points`;
  if (currency === CODES) return minor === '1' ? '1 code' : `${grouped(minor)} codes`;
  return money(minor, currency, 'en');
}
const grouped = (minor: string) => new Intl.NumberFormat('en').format(BigInt(minor));

export const KINDS: Record<string, string> = {
  discount: 'Discounts',
  'free-shipping': 'Free shipping',
  gift: 'Free products',
  'store-credit': 'Store credit',
  'gift-card': 'Gift cards',
  points: 'Points',
  donation: 'Donations',
  commission: 'Commissions',
  other: 'Booked by hand',
};

/** `referral:ID:advocate` as staff say it. */
export function causeText(cause: string): string {
  if (cause.startsWith('referral:')) return 'a friend who came';
  if (cause.startsWith('gesture:')) return 'a gesture';
  if (cause.startsWith('adopted:')) return 'found at Shopify';
  if (cause.startsWith('surplus:')) return 'credit that came twice';
  return cause.split(':', 1)[0]!;
}

/** An account of the ledger, without the customer that everything here is about. */
export function accountText(account: string): string {
  const [kind, key = ''] = account.split(/:(.*)/);
  switch (kind) {
    case 'promised':
      return 'promised to them';
    case 'issued':
      return 'given to them';
    case 'used':
      return 'used by them';
    case 'breakage':
      return 'never used';
    case 'purse':
      return `the purse “${key}”`;
    default:
      return PAYERS[key] ?? `what “${key}” costs`;
  }
}
const PAYERS: Record<string, string> = {
  referral: 'what referrals cost',
  gesture: 'what gestures cost',
  adopted: 'what was found at Shopify',
};

export const DIFFERENCES: Record<DifferenceKind, string> = {
  'unknown-here': 'Shopify has it, and nothing here says that it was given',
  'still-there': 'It can be used at Shopify, although it is not given',
  'missing-there': 'It was given, and is gone or ended at Shopify',
  'amount-differs': 'It is worth something else at Shopify',
  'given-twice': 'Shopify has a second one beside it',
  books: 'Its entries are not what its state says',
};

/** What the one click does, by what it is about. */
export function settlementText(kind: DifferenceKind, how: Settlement): string {
  switch (how) {
    case 'adopt':
      return kind === 'amount-differs'
        ? 'Take Shopify’s amount'
        : kind === 'books'
          ? 'Mend the books'
          : 'Let it stand';
    case 'withdraw':
      return kind === 'missing-there' ? 'Let it go' : 'End it at Shopify';
    case 'reissue':
      return 'Give it anew';
    case 'leave':
      return 'Leave it';
  }
}

export const SETTLED: Record<string, string> = {
  open: 'waits for you',
  withdrawing: 'being ended at Shopify',
  adopted: 'stands',
  withdrawn: 'ended',
  reissued: 'given anew',
  left: 'left alone',
  gone: 'mended by itself',
};
