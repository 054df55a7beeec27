/**
 * Where personal data is, and what becomes of it. A test compares this with the catalogue of the database: a new column
 * that could hold any must be named here. What is erased with a shop needs no rule: that is every table.
 */

export interface PersonalTable {
  table: string;
  /** Columns with personal data, or of a kind that could hold some. */
  columns: readonly string[];
  /**
   * Which rows are a person's, over $1 shop, $2 customers (uuid[]), $3 orders (bigint[]); null: none is any customer's.
   */
  mine: string | null;
  /** `row`: the row goes. Otherwise what each column becomes; what is not named stays, without the person. */
  erase: 'row' | Readonly<Record<string, string>> | null;
  /** Why rows of a person, or columns that could hold personal data, stay as they are. */
  because?: string;
  /** Part of what a person gets to see who asks for their data. */
  exported?: true;
  /**
   * Which rows belong to the time before the shop installed again, over $1 shop, $2 installed at, $3 epoch;
   * null: nothing, or gone by a foreign key.
   */
  former: string | null;
}

const OF_CUSTOMER = 'customer_id = any($2::uuid[])';
const OF_ORDER = 'order_id = any($3::bigint[])';
const NOBODY = 'not exists (select 1 from customer c where c.shop_id = t.shop_id and c.id = t.customer_id)';
/** The new installation has fetched the orders of 60 days itself. */
const HISTORY = `$2::timestamptz - interval '60 days'`;

/** In an order in which later entries may look at earlier ones only while erasing the former epoch: parents first. */
export const PERSONAL: readonly PersonalTable[] = [
  {
    table: 'orders',
    columns: [
      'email',
      'phone',
      'locale',
      'province',
      'city',
      'zip',
      'time_zone',
      'address_hash',
      'status_url',
      'checkout_token',
      'confirmation',
      'service',
      'snapshot_rank',
    ],
    mine: 'id = any($3::bigint[])',
    erase: {
      email: 'null',
      phone: 'null',
      locale: 'null',
      province: 'null',
      city: 'null',
      zip: 'null',
      time_zone: 'null',
      address_hash: 'null',
      status_url: 'null',
      checkout_token: 'null',
      confirmation: 'null',
    },
    because:
      'snapshot_rank is a hash of the state, service the name of a way of sending; the order itself stays for the shop’s figures',
    exported: true,
    former: `snapshot_at < ${HISTORY} and placed_at < ${HISTORY}`,
  },
  {
    table: 'customer',
    columns: [
      'shopify_id',
      'email',
      'email_key',
      'phone',
      'first_name',
      'last_name',
      'locale',
      'country',
      'province',
      'city',
      'zip',
      'address_hash',
      'time_zone',
      'stage_reason',
      'search_text',
      'tags',
    ],
    mine: 'id = any($2::uuid[])',
    erase: {
      shopify_id: 'null',
      email: 'null',
      email_key: 'null',
      phone: 'null',
      first_name: 'null',
      last_name: 'null',
      locale: 'null',
      province: 'null',
      city: 'null',
      zip: 'null',
      address_hash: 'null',
      time_zone: 'null',
      search_text: `''`,
      tags: `'{}'`,
      erased_at: 'coalesce(erased_at, $4)',
      updated_at: '$4',
    },
    because: 'country and stage stay, for figures; stage_reason holds codes and numbers',
    exported: true,
    former: `created_at < $2 and coalesce(last_heard_at, created_at) < $2
      and not exists (select 1 from orders o where o.shop_id = t.shop_id and o.customer_id = t.id)`,
  },
  { table: 'consent', columns: ['source'], mine: OF_CUSTOMER, erase: 'row', exported: true, former: NOBODY },
  {
    table: 'preference',
    columns: ['locale', 'channel'],
    mine: OF_CUSTOMER,
    erase: 'row',
    exported: true,
    former: NOBODY,
  },
  {
    table: 'customer_date',
    columns: ['name', 'year_day', 'year'],
    mine: OF_CUSTOMER,
    erase: 'row',
    exported: true,
    former: NOBODY,
  },
  {
    table: 'segment_member',
    columns: ['segment_id', 'since'],
    mine: OF_CUSTOMER,
    erase: 'row',
    exported: true,
    former: NOBODY,
  },
  {
    table: 'timeline_entry',
    columns: ['data'],
    mine: OF_CUSTOMER,
    erase: 'row',
    exported: true,
    former: `${NOBODY} or (at < $2 and kind not in ('order', 'shipment'))`,
  },
  {
    table: 'shipment',
    columns: ['carrier', 'tracking_number', 'tracking_url', 'origin', 'due_by', 'believed_by'],
    mine: OF_ORDER,
    erase: { tracking_number: 'null', tracking_url: 'null' },
    because: 'the name of a carrier, the shop’s own country and codes of rules are nobody’s',
    exported: true,
    former: null,
  },
  {
    table: 'problem',
    columns: ['opened_by', 'solved_by', 'outcome'],
    mine: OF_ORDER,
    erase: null,
    because: 'codes, and which member of the staff has solved it; whose order it is about is blank',
    exported: true,
    former: 'opened_at < $2',
  },
  {
    table: 'answer',
    columns: ['subject', 'operation_id', 'checkout_token', 'locale', 'country', 'comment', 'answers'],
    mine: `(${OF_CUSTOMER} or ${OF_ORDER})`,
    erase: {
      subject: `'erased:' || id`,
      operation_id: `'erased:' || id`,
      checkout_token: 'null',
      locale: 'null',
      comment: 'null',
      answers: `'{}'::jsonb`,
    },
    because: 'the score and the country stay, for figures',
    exported: true,
    former: 'at < $2',
  },
  {
    table: 'review',
    columns: ['text', 'locale'],
    mine: OF_CUSTOMER,
    erase: { text: 'null', locale: 'null' },
    exported: true,
    former: 'at < $2',
  },
  {
    table: 'message_event',
    columns: ['ref', 'data'],
    mine: `message_id in (select id from message m where m.shop_id = t.shop_id and m.${OF_CUSTOMER})`,
    erase: 'row',
    exported: true,
    former: 'at < $2',
  },
  {
    table: 'message',
    columns: ['data', 'reason', 'subject', 'html', 'text', 'locale', 'provider_id'],
    mine: OF_CUSTOMER,
    erase: {
      data: `'{}'::jsonb`,
      subject: 'null',
      html: 'null',
      text: 'null',
      locale: 'null',
      provider_id: 'null',
    },
    because: 'reason holds codes and numbers',
    exported: true,
    former: 'epoch < $3',
  },
  {
    table: 'permission_answer',
    columns: ['answer', 'reason'],
    mine: null,
    erase: null,
    because: 'yes, later or never, with a code and numbers',
    former: 'at < $2',
  },
  {
    table: 'decision',
    columns: ['reason'],
    mine: OF_CUSTOMER,
    erase: { reason: `jsonb_build_object('code', reason -> 'code')` },
    because: 'what a step came to stays for the shop’s figures, by its code; the customer behind it is blank',
    exported: true,
    former: 'at < $2',
  },
  {
    table: 'enrollment',
    columns: ['subject', 'reason'],
    mine: OF_CUSTOMER,
    erase: null,
    because: 'ids of ours and of Shopify’s orders; stopped before by whoever erases',
    exported: true,
    former: 'epoch < $3',
  },
  {
    table: 'deed',
    columns: ['what', 'reason'],
    mine: OF_CUSTOMER,
    erase: null,
    because: 'the step as the merchant drew it, and a code; dropped before by whoever erases',
    exported: true,
    former: 'epoch < $3',
  },
  {
    table: 'event',
    columns: ['data', 'error'],
    mine: `(${OF_CUSTOMER} or ${OF_ORDER})`,
    erase: { error: 'null' },
    because: 'data holds codes, ids and numbers',
    former: 'at < $2 and due_at is null',
  },
  {
    table: 'referral',
    columns: ['reasons'],
    mine: `(advocate_id = any($2::uuid[]) or friend_id = any($2::uuid[]) or ${OF_ORDER})`,
    erase: null,
    because: 'codes of signals; both people behind it are blank when they are erased',
    exported: true,
    former: 'created_at < $2',
  },
  {
    table: 'referral_code',
    columns: ['code'],
    mine: OF_CUSTOMER,
    erase: { customer_id: 'null', state: `'revoked'` },
    because: 'the code is random and says nothing of anybody',
    exported: true,
    former: `customer_id is not null and ${NOBODY}`,
  },
  {
    table: 'reward',
    columns: ['value', 'reason', 'code'],
    mine: OF_CUSTOMER,
    erase: null,
    because: 'the ledger of what was given away stays; its codes say nothing of anybody',
    exported: true,
    former: 'earned_at < $2',
  },
  {
    table: 'data_request',
    columns: ['customer_ref', 'request_ref', 'subject', 'result', 'reason'],
    mine: null,
    erase: null,
    because:
      'request_ref is a hash; exports of the person are taken out by erasePerson; of the subject ids stay for the sweep, three days',
    former: null,
  },
  {
    table: 'webhook_inbox',
    columns: ['body', 'reason'],
    mine: null,
    erase: null,
    because: 'bodies are searched for the person by erasePerson, and go after their retention',
    former: 'received_at < $2',
  },
  {
    table: 'access_log',
    columns: ['actor', 'action'],
    mine: OF_CUSTOMER,
    erase: null,
    because: 'who looked at customers is kept on purpose; it names staff by Shopify’s id',
    exported: true,
    former: 'at < $2',
  },
];
