/**
 * Asks Shopify for what it tells nobody: who is in a segment, which date stands in a metafield. Who came and who went is
 * the difference to what was known, found in one statement, and an event in the same transaction. The first answer is
 * where we begin: nobody has come.
 */
import type { Db, SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { newId } from '../ids.ts';
import { holding, LEASE_SECONDS } from '../lease.server.ts';
import {
  againAfter,
  EVERY_MS,
  type AudienceSource,
  type CustomerValue,
  type ProductValue,
} from './audience.ts';
import { numberOf, readDate, readEnd } from './calendar.ts';

export interface AudienceDeps {
  db: Db;
  source: AudienceSource;
}

const CLAIM = `
  update audience_watch w set lease_until = clock_timestamp() + make_interval(secs => $2)
  from (
    select a.shop_id, a.kind, a.ref, s.domain from audience_watch a join shop s on s.id = a.shop_id
    where a.due_at <= $1 and s.status = 'installed' and (a.lease_until is null or a.lease_until < clock_timestamp())
    order by a.due_at limit 1 for update of a skip locked) t
  where w.shop_id = t.shop_id and w.kind = t.kind and w.ref = t.ref
  returning w.shop_id as "shopId", w.kind, w.ref, t.domain, w.asked_at as "askedAt", w.lease_until as lease`;

/** Still asking: a list may be long. */
const RENEW = `
  update audience_watch set lease_until = clock_timestamp() + make_interval(secs => $5)
  where shop_id = $1 and kind = $2 and ref = $3 and lease_until = $4 returning lease_until as lease`;

interface Watch {
  shopId: bigint;
  kind: 'segment' | 'date' | 'product-date';
  ref: string;
  domain: string;
  askedAt: Date | null;
  lease: Date;
}

const IS_DUE = `select 1 from audience_watch where due_at <= $1 limit 1`;

/** For the worker. @returns how many questions were asked: 0 or 1 */
export function makeAudienceLoop(deps: AudienceDeps): (now: Date) => Promise<number> {
  return async (now) => {
    if ((await deps.db.sqlAcrossShops(IS_DUE, [now])).length === 0) return 0;
    const [watch] = await deps.db.sqlAcrossShops<Watch>(CLAIM, [now, LEASE_SECONDS]);
    if (!watch) return 0;
    await ASK[watch.kind](deps, watch, now);
    return 1;
  };
}

/** Asks under a lease that is prolonged until the answer is there. */
const asking = <Answer>(db: Db, watch: Watch, ask: () => Promise<Answer>): Promise<Answer> =>
  holding(async () => {
    const { shopId, kind, ref, lease } = watch;
    const values = [shopId, kind, ref, lease, LEASE_SECONDS];
    const [row] = await db.sqlAcrossShops<{ lease: Date }>(RENEW, values);
    if (row) watch.lease = row.lease;
  }, ask);

async function askSegment({ db, source }: AudienceDeps, watch: Watch, now: Date): Promise<void> {
  const asked = await asking(db, watch, () => source.members(watch, BigInt(watch.ref)));
  if (asked.outcome !== 'ok') return noAnswer(db, watch, asked, now);
  await answered(db, watch, now, (tx) => keepMembers(tx, watch, asked.value, now));
}

async function askDates({ db, source }: AudienceDeps, watch: Watch, now: Date): Promise<void> {
  const asked = await asking(db, watch, () => source.dates(watch, watch.ref, lately(watch)));
  if (asked.outcome !== 'ok') return noAnswer(db, watch, asked, now);
  await answered(db, watch, now, (tx) => keepDates(tx, watch, asked.value));
}

async function askProducts({ db, source }: AudienceDeps, watch: Watch, now: Date): Promise<void> {
  const asked = await asking(db, watch, () => source.productDates(watch, watch.ref, lately(watch)));
  if (asked.outcome !== 'ok') return noAnswer(db, watch, asked, now);
  await answered(db, watch, now, (tx) => keepEnds(tx, watch, asked.value));
}

const ASK = { segment: askSegment, date: askDates, 'product-date': askProducts };

/** What has changed since it was answered; everything, where it never was. */
const lately = ({ askedAt }: Watch): Date | null => askedAt && new Date(askedAt.getTime() - OVERLAP_MS);

/** Clocks differ, and lists lag a little behind. */
const OVERLAP_MS = 10 * 60_000;

const NO_ANSWER = `
  update audience_watch set due_at = $4, lease_until = null, trouble = $5,
    trouble_at = coalesce(trouble_at, $7)
  where shop_id = $1 and kind = $2 and ref = $3 and lease_until = $6`;

async function noAnswer(
  db: Db,
  { shopId, kind, ref, lease }: Watch,
  asked: Parameters<typeof againAfter>[0],
  now: Date,
): Promise<void> {
  const trouble = asked.outcome === 'refused' ? asked.codes.join(' ') : asked.outcome;
  const again = new Date(now.getTime() + againAfter(asked));
  await db.sqlAcrossShops(NO_ANSWER, [shopId, kind, ref, again, trouble, lease, now]);
}

/** Ours still, and somebody still wants to know. */
const HOLD = `
  select 1 from audience_watch where shop_id = $1 and kind = $2 and ref = $3 and lease_until = $4 for update`;
const ANSWERED = `
  update audience_watch set due_at = $4, lease_until = null, asked_at = $5, trouble = null, trouble_at = null
  where shop_id = $1 and kind = $2 and ref = $3`;

async function answered(
  db: Db,
  { shopId, kind, ref, lease }: Watch,
  now: Date,
  keep: (tx: SqlTx) => Promise<void>,
): Promise<void> {
  await db.acrossShops(async (tx) => {
    const held = await tx.sql(HOLD, [shopId, kind, ref, lease]);
    if (held.length === 0) return;
    await keep(tx);
    await tx.sql(ANSWERED, [shopId, kind, ref, new Date(now.getTime() + EVERY_MS[kind]), now]);
  });
}

/** Only customers of ours: somebody without an order or an account here has no sequence. */
const MEMBERS = `
  with told as (
    select distinct c.id from unnest($3::bigint[]) as t(shopify_id)
    join customer c on c.shop_id = $1 and c.shopify_id = t.shopify_id
    where c.erased_at is null and c.merged_into is null
  ), gone as (
    delete from segment_member m where m.shop_id = $1 and m.segment_id = $2
      and not exists (select 1 from told where told.id = m.customer_id)
    returning m.customer_id as id
  ), come as (
    insert into segment_member (shop_id, segment_id, customer_id, since)
    select $1::bigint, $2::bigint, told.id, $4::timestamptz from told
    on conflict do nothing returning customer_id as id
  )
  select id, 'customer.segment-joined' as kind from come union all select id, 'customer.segment-left' from gone`;

async function keepMembers(
  tx: SqlTx,
  { shopId, ref, askedAt }: Watch,
  members: readonly bigint[],
  now: Date,
): Promise<void> {
  type Row = { id: string; kind: 'customer.segment-joined' | 'customer.segment-left' };
  const rows = await tx.sql<Row>(MEMBERS, [shopId, BigInt(ref), members, now]);
  if (askedAt === null) return;
  await recordEvents(
    tx,
    rows.map(({ id: customerId, kind }) => ({
      shopId,
      kind,
      customerId,
      data: { segment: ref, cause: `segment:${newId(now)}` },
      at: now,
    })),
    now,
  );
}

const SET_DATES = `
  insert into customer_date (shop_id, customer_id, name, year_day, year)
  select distinct on (c.id) $1::bigint, c.id, $2, t.year_day, t.year
  from unnest($3::bigint[], $4::smallint[], $5::smallint[]) as t(shopify_id, year_day, year)
  join customer c on c.shop_id = $1 and c.shopify_id = t.shopify_id
  where c.erased_at is null and c.merged_into is null
  on conflict (shop_id, customer_id, name) do update set year_day = excluded.year_day, year = excluded.year`;
const CLEAR_DATES = `
  delete from customer_date d using customer c, unnest($3::bigint[]) as t(shopify_id)
  where d.shop_id = $1 and d.name = $2 and c.shop_id = d.shop_id and c.id = d.customer_id and c.shopify_id = t.shopify_id`;

/** What is no date is as good as none. */
async function keepDates(tx: SqlTx, { shopId, ref }: Watch, told: readonly CustomerValue[]): Promise<void> {
  const read = told.map(({ shopifyId, value }) => ({
    shopifyId,
    date: value === null ? null : readDate(value),
  }));
  const empty = read.filter(({ date }) => date === null).map(({ shopifyId }) => shopifyId);
  const full = read.flatMap(({ shopifyId, date }) => (date ? [{ shopifyId, date }] : []));
  await tx.sql(CLEAR_DATES, [shopId, ref, empty]);
  await tx.sql(SET_DATES, [
    shopId,
    ref,
    full.map(({ shopifyId }) => shopifyId),
    full.map(({ date }) => numberOf(date)),
    full.map(({ date }) => date.year),
  ]);
}

const ZONE = `select time_zone as zone from shop where id = $1`;
const SET_ENDS = `
  insert into product_date (shop_id, product_id, name, ends_at)
  select distinct on (product_id) $1::bigint, product_id, $2, ends_at
  from unnest($3::bigint[], $4::timestamptz[]) as t(product_id, ends_at)
  on conflict (shop_id, product_id, name) do update set ends_at = excluded.ends_at`;
const CLEAR_ENDS = `delete from product_date where shop_id = $1 and name = $2 and product_id = any($3::bigint[])`;

/** A day ends on the shop's own clock. What is no date is as good as none. */
async function keepEnds(tx: SqlTx, { shopId, ref }: Watch, told: readonly ProductValue[]): Promise<void> {
  const [shop] = await tx.sql<{ zone: string }>(ZONE, [shopId]);
  const read = told.map(({ productId, value }) => ({
    productId,
    endsAt: value === null ? null : readEnd(value, shop?.zone ?? 'UTC'),
  }));
  const full = read.flatMap(({ productId, endsAt }) => (endsAt ? [{ productId, endsAt }] : []));
  const empty = read.filter(({ endsAt }) => endsAt === null).map(({ productId }) => productId);
  await tx.sql(CLEAR_ENDS, [shopId, ref, empty]);
  await tx.sql(SET_ENDS, [
    shopId,
    ref,
    full.map(({ productId }) => productId),
    full.map(({ endsAt }) => endsAt),
  ]);
}
