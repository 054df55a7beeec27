/** Personal data in what is known of invitations: part of erasure.ts. */
import { OF_CUSTOMER, OF_ORDER, type PersonalTable } from './personal-table.ts';

const NOBODY = 'not exists (select 1 from customer c where c.shop_id = t.shop_id and c.id = t.customer_id)';
/** The new installation has fetched the orders of 60 days itself. */
const HISTORY = `$2::timestamptz - interval '60 days'`;

/** Where orders came from, and what is thought of their payments. */
export const TRACES: readonly PersonalTable[] = [
  {
    table: 'order_trace',
    columns: [
      'mailbox',
      'likeness',
      'phone',
      'door',
      'building',
      'device',
      'browser',
      'network',
      'area',
      'referrer',
    ],
    mine: `(${OF_CUSTOMER} or ${OF_ORDER})`,
    erase: 'row',
    former: `at < ${HISTORY}`,
  },
  {
    table: 'order_check',
    columns: ['risk', 'dispute'],
    mine: OF_ORDER,
    erase: null,
    because: 'what Shopify and the bank think of a payment, as codes; whose it was is blank',
    exported: true,
    former: `coalesce(risk_at, dispute_at) < ${HISTORY}`,
  },
];

export const REFERRALS: readonly PersonalTable[] = [
  {
    table: 'referral',
    columns: ['reasons', 'via', 'also', 'promised'],
    mine: `(advocate_id = any($2::uuid[]) or friend_id = any($2::uuid[]) or ${OF_ORDER})`,
    erase: null,
    because:
      'codes of signals, friends’ codes and what was promised; both people behind it are blank when they are erased',
    exported: true,
    former: 'created_at < $2',
  },
  {
    table: 'referral_step',
    columns: ['step', 'by', 'reasons', 'note'],
    mine: `referral_id in (select id from referral r where r.shop_id = t.shop_id
      and (r.advocate_id = any($2::uuid[]) or r.friend_id = any($2::uuid[]) or r.${OF_ORDER}))`,
    erase: { note: 'null' },
    because: 'codes, and which member of the staff decided; what anybody wrote goes',
    exported: true,
    former: null,
  },
  {
    table: 'referral_code',
    columns: ['code'],
    mine: OF_CUSTOMER,
    erase: { customer_id: 'null', state: `'revoked'` },
    because:
      'renamed before, since it begins with a name (app/referrals/forget-codes.server.ts); the rest is random',
    exported: true,
    former: `customer_id is not null and ${NOBODY}`,
  },
  {
    table: 'order_link',
    columns: ['checkout_token', 'code', 'told_by'],
    mine: OF_ORDER,
    erase: 'row',
    exported: true,
    former: 'at < $2',
  },
];
