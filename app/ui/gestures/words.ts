/** Gestures in words for staff. */
import type { GestureState, Origin, PresentKind, Refusal, Why } from '../../gestures/gesture.ts';
import { date, money } from '../format.ts';
import { STAGE_WORDS } from '../stageWords.ts';

export type GestureKind = PresentKind | 'surprise';

/** "A hand-written note" */
export const PRESENT_NAMES: Record<GestureKind, string> = {
  note: 'A hand-written note',
  credit: 'Store credit',
  gift: 'A free gift',
  shipping: 'Faster shipping',
  call: 'A call',
  surprise: 'One big surprise',
};

const ORIGIN_NAMES: Record<Origin, string> = {
  healed: 'A complaint was put right',
  photos: 'They keep sending photos',
  orders: 'A round number of orders',
  anniversary: 'Their anniversary with you',
  silence: 'A long silence',
  luck: 'Plain luck',
  stage: 'They became closer',
  hand: 'Given by hand',
  surprise: 'Over the top',
};

export const STATE_NAMES: Record<GestureState, string> = {
  waiting: 'Asking Shopify',
  'to-do': 'To do',
  done: 'Given',
  withdrawn: 'Taken back',
  missed: 'Missed',
  'left-out': 'Left out to compare',
};

/** "3rd" */
function nth(number: number): string {
  const rest = number % 100;
  if (rest >= 11 && rest <= 13) return `${number}th`;
  return `${number}${{ 1: 'st', 2: 'nd', 3: 'rd' }[number % 10] ?? 'th'}`;
}

/** Why it was due: "Their 10th order, #1042" */
export function whyInWords({ code, number, stage, order }: Why): string {
  const about = order ? `, ${order}` : '';
  switch (code) {
    case 'healed':
      return 'A complaint of theirs was put right';
    case 'photos':
      return `They sent their ${nth(number ?? 1)} photo`;
    case 'orders':
      return `Their ${nth(number ?? 1)} order${about}`;
    case 'anniversary':
      return number === 1 ? 'A year since their first order' : `${number} years since their first order`;
    case 'silence':
      return `${number} days without an order or a word`;
    case 'luck':
      return `Plain luck${about}`;
    case 'stage':
      return `They became ${STAGE_WORDS[stage as keyof typeof STAGE_WORDS] ?? 'closer'}`;
    case 'hand':
      return 'Somebody of the team thought of it';
    case 'surprise':
      return 'Somebody of the team planned it';
  }
}

/** What went wrong with one that was due: "the purse was empty" */
const TROUBLES: Record<string, string> = {
  'purse-empty': 'The purse had not enough left',
  'out-of-stock': 'The gift was out of stock',
  'no-open-order': 'There was no order to go with it',
  'may-not-edit-orders': 'The app may not tag orders yet; allow it in Settings',
  'not-at-shopify': 'Shopify does not know the order any more',
  'gave-up': 'Shopify did not answer for days',
  'by-staff': 'Somebody of the team took it back',
  erased: 'The customer was erased',
};
export const troubleInWords = (code: string): string => TROUBLES[code] ?? 'Shopify refused it';

/** Why somebody is not given anything now, to the member of the staff who wanted to. */
export function refusalInWords(why: Refusal, { currency, zone }: { currency: string; zone: string }): string {
  switch (why.code) {
    case 'gone':
      return 'This customer was erased: nothing can be given to them.';
    case 'told':
      return 'They have been given this already.';
    case 'given-lately':
      return `They were given something not long ago. The next is possible from ${date(why.until, { locale: 'en', timeZone: zone })}.`;
    case 'open-problem':
      return 'They have an open problem. Solve it first, or say that this is about it.';
    case 'purse-empty':
      return `There is not enough in the purse: ${money(why.left, currency, 'en')} is left this month.`;
    case 'no-open-order':
      return 'They have no paid order that is yet to be sent, so nothing could go faster.';
    case 'left-out':
      return 'They are among those who are left out, to see what gestures bring.';
  }
}

/** A line of the customer's story. */
export function gestureSentence({
  gesture,
  origin,
  amount,
  currency,
}: {
  gesture: string;
  origin: string;
  amount: string;
  currency: string;
}): string {
  const name = PRESENT_NAMES[gesture as GestureKind] ?? 'Something';
  const worth = gesture === 'credit' ? ` of ${money(amount, currency, 'en')}` : '';
  const why = ORIGIN_NAMES[origin as Origin];
  return `Was given ${name.charAt(0).toLowerCase()}${name.slice(1)}${worth}${why ? ` (${why.charAt(0).toLowerCase()}${why.slice(1)})` : ''}`;
}
