/** Which answers whoever asked is to be told of: claimed, and noted when they went. What goes out is composed above. */
import type { Db } from '../../db.server.ts';
import { renewalOf, workUnderLease } from '../../lease.server.ts';

/** An answer on its way to whoever asked. */
export interface AnswerToTell {
  shopId: bigint;
  /** Of the answer: idempotency key and Message-ID. */
  id: string;
  questionId: string;
  customerId: string | null;
  email: string;
  locale: string | null;
  question: string;
  answer: string;
  by: 'merchant' | 'buyer';
  /** Who has answered; null: the shop, or somebody. */
  name: string | null;
  product: string | null;
  productUrl: string | null;
  attempts: number;
}

/** A slice from each shop that has something due; the lease is the database's own time. */
const CLAIM = `
  with claimed as (
    select a.shop_id, a.id from (select distinct shop_id from question_answer where tell_due_at <= $1 limit 20) due
    join shop on shop.id = due.shop_id and shop.status = 'installed'
    cross join lateral (
      select shop_id, id from question_answer
      where shop_id = due.shop_id and tell_due_at <= $1 and state = 'published'
        and (tell_lease_until is null or tell_lease_until < clock_timestamp())
      order by tell_due_at limit 20 for update skip locked) a)
  update question_answer a set tell_lease_until = clock_timestamp() + make_interval(secs => $2), tell_attempts = a.tell_attempts + 1
  from claimed where a.shop_id = claimed.shop_id and a.id = claimed.id
  returning a.shop_id as "shopId", a.id`;

const RENEW = renewalOf('question_answer', 'tell_lease_until');

const READ = `
  select a.shop_id as "shopId", a.id, q.id as "questionId", q.customer_id as "customerId", q.email, q.locale,
    q.text as question, a.text as answer, a.by, a.author_name as name, p.title as product, p.url as "productUrl",
    a.tell_attempts::int as attempts
  from unnest($1::bigint[], $2::uuid[]) as t(shop_id, id)
  join question_answer a on a.shop_id = t.shop_id and a.id = t.id
  join product_question q on q.shop_id = a.shop_id and q.id = a.question_id
  left join product p on p.shop_id = q.shop_id and p.id = q.product_id`;

type Readable = Omit<AnswerToTell, 'email' | 'question' | 'answer'> & {
  email: string | null;
  question: string | null;
  answer: string | null;
};

const OVER = `
  update question_answer set tell_state = $3, tell_due_at = null, tell_lease_until = null
  where shop_id = $1 and id = $2 and tell_state = 'waiting'`;
const LATER = `
  update question_answer set tell_due_at = $3, tell_lease_until = null where shop_id = $1 and id = $2`;

/** How a mail went. */
export type Told = 'sent' | 'refused' | 'later';

const MINUTE = 60_000;
/** Pauses between tries, in minutes; after the last it is given up. */
const PAUSES = [1, 5, 30, 120, 720];

/** The worker's loop. @param tell carries one of them @returns how many were dealt with */
export function makeTellingLoop(
  db: Db,
  tell: (answer: AnswerToTell, now: Date) => Promise<Told>,
): (now: Date) => Promise<number> {
  return (now) => {
    const lease = {
      claim: (seconds: number) => claim(db, now, seconds),
      renew: (rows: Readable[], seconds: number) => db.sqlAcrossShops(RENEW, [...keysOf(rows), seconds]),
    };
    return workUnderLease(lease, async (row) => {
      const { email, question, answer } = row;
      // Taken back, erased, or no more mails: there is nobody to tell.
      const told =
        email === null || question === null || answer === null
          ? 'refused'
          : await tell({ ...row, email, question, answer }, now);
      const pause = told === 'later' ? PAUSES[row.attempts - 1] : undefined;
      await (pause === undefined
        ? db.sqlAcrossShops(OVER, [row.shopId, row.id, told === 'sent' ? 'sent' : 'refused'])
        : db.sqlAcrossShops(LATER, [row.shopId, row.id, new Date(now.getTime() + pause * MINUTE)]));
    });
  };
}

type Key = Pick<AnswerToTell, 'shopId' | 'id'>;
const keysOf = (rows: readonly Key[]) => [rows.map(({ shopId }) => shopId), rows.map(({ id }) => id)];

async function claim(db: Db, now: Date, seconds: number): Promise<Readable[]> {
  const claimed = await db.sqlAcrossShops<Key>(CLAIM, [now, seconds]);
  return claimed.length === 0 ? [] : db.sqlAcrossShops<Readable>(READ, keysOf(claimed));
}
