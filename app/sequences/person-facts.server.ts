/** What is known of the person behind an enrollment beside its order: tags, consent, segments, what they have been through. */
import { keysOf, W, type Asking, type Group } from './fact-groups.ts';
import { daysBetween, type PersonFacts } from './facts.ts';
import type { Facts } from './facts.ts';

const PERSON = `
  select w.index, c.tags, c.last_order_at as "lastOrderAt", e.state as email, s.state as sms
  from ${W}) as w(shop_id, index, customer_id, order_id)
  join customer c on c.shop_id = w.shop_id and c.id = w.customer_id
  left join consent e on e.shop_id = w.shop_id and e.customer_id = w.customer_id and e.channel = 'email'
  left join consent s on s.shop_id = w.shop_id and s.customer_id = w.customer_id and s.channel = 'sms'`;

interface PersonRow {
  index: number;
  tags: string[];
  lastOrderAt: Date | null;
  email: string | null;
  sms: string | null;
}

export const person: Group = async (tx, asking, facts, now) => {
  const rows = await tx.sql<PersonRow>(PERSON, keysOf(asking));
  for (const { index, tags, lastOrderAt, email, sms } of rows) {
    know(facts, index, {
      tags,
      emailConsent: email,
      smsConsent: sms,
      daysSinceOrder: lastOrderAt && daysBetween(lastOrderAt, now),
    });
  }
};

const SEGMENTS = `
  select w.index, array_agg(m.segment_id::text order by m.segment_id) as segments
  from ${W}) as w(shop_id, index, customer_id, order_id)
  join segment_member m on m.shop_id = w.shop_id and m.customer_id = w.customer_id
  group by w.index`;

export const segments: Group = async (tx, asking, facts) => {
  const rows = await tx.sql<{ index: number; segments: string[] }>(SEGMENTS, keysOf(asking));
  const found = new Map(rows.map((row) => [row.index, row.segments]));
  for (const { index } of asking) know(facts, index, { segments: found.get(index) ?? [] });
};

/** The last answer to each survey counts. Texts of their own are known to be there, and no more. */
const SAID = `
  select w.index, array_agg(distinct x.word) as words
  from ${W}) as w(shop_id, index, customer_id, order_id)
  cross join lateral (
    select distinct on (a.survey_id) s.key, a.answers from answer a join survey s on s.shop_id = a.shop_id and s.id = a.survey_id
    where a.shop_id = w.shop_id and a.customer_id = w.customer_id order by a.survey_id, a.at desc offset 0) l
  cross join lateral jsonb_each(l.answers) e
  cross join lateral (
    select l.key || '.' || e.key as word
    union all select l.key || '.' || e.key || '=' || (e.value #>> '{}')
      where jsonb_typeof(e.value) in ('number', 'string') and length(e.value #>> '{}') <= 40
    union all select l.key || '.' || e.key || '=' || item
      from jsonb_array_elements_text(case when jsonb_typeof(e.value) = 'array' then e.value else '[]' end) item) x
  group by w.index`;

export const said: Group = async (tx, asking, facts) => {
  const rows = await tx.sql<{ index: number; words: string[] }>(SAID, keysOf(asking));
  const found = new Map(rows.map((row) => [row.index, row.words]));
  for (const { index } of asking) know(facts, index, { said: found.get(index) ?? [] });
};

/** The one at hand is no history yet. */
const HISTORY = `
  select w.index, array_agg(distinct q.key) as keys
  from ${W}, $5::uuid[]) as w(shop_id, index, customer_id, order_id, enrollment_id)
  join enrollment e on e.shop_id = w.shop_id and e.customer_id = w.customer_id and e.id is distinct from w.enrollment_id
  join sequence q on q.shop_id = e.shop_id and q.id = e.sequence_id
  group by w.index`;

export const history: Group = async (tx, asking, facts) => {
  const enrollments = asking.map((each: Asking) => each.enrollmentId);
  const rows = await tx.sql<{ index: number; keys: string[] }>(HISTORY, [...keysOf(asking), enrollments]);
  const found = new Map(rows.map((row) => [row.index, row.keys]));
  for (const { index } of asking) know(facts, index, { sequences: found.get(index) ?? [] });
};

function know(facts: Facts[], index: number, known: Partial<PersonFacts>): void {
  const { customer } = facts[index]!;
  if (customer) customer.person = { ...customer.person, ...known };
}
