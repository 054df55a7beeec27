/** Why a sequence cannot be begun for somebody, in words for staff. */
import type { RowTrouble } from '../sequences/csv-people.ts';
import type { NotBegun } from '../sequences/sequence.ts';

const WHY: Record<NotBegun, string> = {
  gone: 'This customer is no longer here: erased, or the same person as another.',
  'not-on': 'This sequence is switched off. Switch it on first.',
  'no-order': 'This sequence is about an order, and there is none yet.',
  'no-parcel': 'This sequence is about a parcel, and nothing of the last order has been sent out yet.',
  'order-over':
    'The last order was cancelled, refunded or sent back; this sequence leaves such orders alone.',
  'not-for-them': 'Its plan does not take in this customer or their last order.',
  inside: 'They are inside already.',
  'been-through': 'They have been through it, and it takes a customer no second time.',
};

const BROKEN: Record<Exclude<RowTrouble, NotBegun>, string> = {
  empty: 'The chosen column is empty.',
  'not-an-address': 'This is no e-mail address.',
  'not-a-number': 'This is no number of a customer at Shopify.',
  'not-an-id': 'This is no id of a customer.',
  unknown: 'There is no such customer in this shop.',
  twice: 'This customer stands in an earlier row.',
};

/** Why nobody of a row of a file comes in. */
export const whyRowBroken = (why: RowTrouble): string =>
  why in WHY ? WHY[why as NotBegun] : BROKEN[why as keyof typeof BROKEN];

export const whyNotBegun = (why: NotBegun): string => WHY[why];
