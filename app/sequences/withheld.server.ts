/** Why did mails not go, steps that were left out before there was a mail included. */
import type { Db, ShopTx } from '../db.server.ts';
import { withheldSince, type Withheld } from '../messages/messages.server.ts';
import { csvOf } from '../shops/csv.ts';
import { cursorOf, readCursor } from '../cursor.ts';

/** `unwritten`: a step was left out, so that there was no mail. */
export interface WhyNot extends Omit<Withheld, 'fate'> {
  fate: Withheld['fate'] | 'unwritten';
}

const UNWRITTEN = `
  select 'unwritten' as fate, reason ->> 'code' as why, count(*)::int as count from decision
  where shop_id = $1 and at >= $2 and outcome = 'skipped' group by 2 order by 3 desc, 2`;

/** See the door. */
export async function whyNotSent(tx: ShopTx, since: Date): Promise<WhyNot[]> {
  const unwritten = await tx.sql<WhyNot>(UNWRITTEN, [tx.shopId, since]);
  return [...(await withheldSince(tx, tx.shopId, since)), ...unwritten];
}

const HEAD = ['What became of it', 'Why', 'Mails'];

/** See the door. */
export function whyNotSentCsv(db: Db, shopId: bigint, since: Date): AsyncGenerator<string> {
  return csvOf(HEAD, async () => {
    const all = await db.inShop(shopId, (tx) => whyNotSent(tx, since));
    return { rows: all.map(({ fate, why, count }) => [fate, why, count]), next: null };
  });
}

/** A step that was left out. */
export interface LeftOut {
  id: string;
  customerId: string;
  customerName: string | null;
  sequence: string;
  step: string;
  why: string;
  at: Date;
}

const LEFT_OUT = `
  select d.id, d.customer_id as "customerId", coalesce(s.name, '') as sequence, d.step_key as step, d.reason ->> 'code' as why, d.at,
    coalesce(nullif(trim(concat_ws(' ', c.first_name, c.last_name)), ''), c.email) as "customerName"
  from decision d
  left join enrollment e on e.shop_id = d.shop_id and e.id = d.enrollment_id
  left join sequence s on s.shop_id = e.shop_id and s.id = e.sequence_id
  left join customer c on c.shop_id = d.shop_id and c.id = d.customer_id
  where d.shop_id = $1 and d.at >= $2 and d.outcome = 'skipped' and ($3::text is null or d.reason ->> 'code' = $3)
    and ($4::timestamptz is null or (d.at, d.id) < ($4, $5::uuid))
  order by d.at desc, d.id desc limit $6::int`;

export interface LeftOutAsk {
  since: Date;
  why: string | null;
  /** `next` of the page before. */
  after?: string | null;
  limit?: number;
}

/** See the door. */
export async function listLeftOut(
  tx: ShopTx,
  { since, why, after, limit = 50 }: LeftOutAsk,
): Promise<{ steps: LeftOut[]; next: string | null }> {
  const from = readCursor(after);
  const page = [tx.shopId, since, why, from?.at ?? null, from?.id ?? null, limit + 1];
  const rows = await tx.sql<LeftOut>(LEFT_OUT, page);
  const steps = rows.slice(0, limit);
  const last = rows.length > limit ? steps.at(-1) : undefined;
  return { steps, next: last ? cursorOf(last.at, last.id) : null };
}

const LEFT_OUT_HEAD = ['At', 'Customer', 'Sequence', 'Step', 'Why'];

/** See the door. */
export function leftOutCsv(db: Db, shopId: bigint, ask: LeftOutAsk): AsyncGenerator<string> {
  return csvOf(LEFT_OUT_HEAD, async (after) => {
    const { steps, next } = await db.inShop(shopId, (tx) => listLeftOut(tx, { ...ask, after, limit: 1000 }));
    return { rows: steps.map((row) => [row.at, row.customerName, row.sequence, row.step, row.why]), next };
  });
}
