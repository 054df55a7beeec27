/** Differences between the ledger and Shopify, as staff see and settle them. Each is settled once, and it is kept by whom. */
import type { Db, ShopTx, SqlTx } from '../db.server.ts';
import type { JobResult } from '../jobs/catalog.ts';
import type { Queue } from '../jobs/queue.server.ts';
import { newId } from '../ids.ts';
import { MAY, type DifferenceDetail, type DifferenceKind, type Settlement } from './compare.ts';
import type { GiftCards } from './credits.ts';
import type { Discounts } from './discounts.ts';
import { OWED, type OwedRow } from './owed.ts';
import { post } from './post.server.ts';
import { sizeOf, type RewardState } from './reward.ts';
import { transferOf, type Account, type Transfer } from './transfer.ts';

export interface DifferenceRow {
  id: string;
  kind: DifferenceKind;
  rewardId: string;
  customerId: string | null;
  customerName: string | null;
  detail: DifferenceDetail;
  /** open | withdrawing | adopted | withdrawn | reissued | left | gone */
  state: string;
  foundAt: Date;
  settledAt: Date | null;
  settledBy: string | null;
}

const LIST = `
  select d.id, d.kind, d.reward_id as "rewardId", d.customer_id as "customerId", d.detail, d.state, d.found_at as "foundAt",
    d.settled_at as "settledAt", coalesce(m.name, d.settled_by) as "settledBy",
    coalesce(nullif(trim(concat_ws(' ', c.first_name, c.last_name)), ''), c.email) as "customerName"
  from reward_difference d left join customer c on c.shop_id = d.shop_id and c.id = d.customer_id
    left join staff_member m on m.shop_id = d.shop_id and m.user_id::text = d.settled_by
  where d.shop_id = $1 and (d.state in ('open', 'withdrawing')) = $2
  order by coalesce(d.settled_at, d.found_at) desc, d.id limit 100`;

/** At most a hundred: those that wait for a person, or those that are settled. */
export const listDifferences = (tx: SqlTx, shopId: bigint, isOpen: boolean): Promise<DifferenceRow[]> =>
  tx.sql<DifferenceRow>(LIST, [shopId, isOpen]);

const TAKE = `
  update reward_difference set state = $3, settled_at = $4, settled_by = $5
  where shop_id = $1 and id = $2::uuid and state = 'open' returning id, kind, reward_id as "rewardId", customer_id as "customerId", detail`;
const STATES: Record<Settlement, string> = {
  adopt: 'adopted',
  withdraw: 'withdrawing',
  reissue: 'reissued',
  leave: 'left',
};

export type Settled =
  | { outcome: 'settled' }
  /** Somebody else was quicker, or it is gone. */
  | { outcome: 'gone' }
  /** `what`: why it cannot be done with this one. */
  | { outcome: 'impossible'; what: string };

interface Taken {
  id: string;
  kind: DifferenceKind;
  rewardId: string;
  customerId: string | null;
  detail: DifferenceDetail;
}

class Impossible extends Error {}

/** One click about one difference. @param by who of the staff */
export async function settleDifference(
  db: Db,
  queue: Pick<Queue, 'enqueue'>,
  ask: { shopId: bigint; id: string; how: Settlement; by: string },
  now: Date,
): Promise<Settled> {
  try {
    return await db.inShop(ask.shopId, async (tx) => {
      const values = [ask.shopId, ask.id, STATES[ask.how], now, ask.by];
      const [taken] = await tx.sql<Taken>(TAKE, values);
      if (!taken) return { outcome: 'gone' };
      if (!MAY[taken.kind].includes(ask.how)) throw new Impossible('That does not help here');
      if (ask.how === 'adopt') await adopt(tx, taken, now);
      if (ask.how === 'reissue') await reissue(tx, taken, now);
      if (ask.how === 'withdraw') await withdraw(tx, queue, taken, now);
      return { outcome: 'settled' };
    });
  } catch (error) {
    if (error instanceof Impossible) return { outcome: 'impossible', what: error.message };
    throw error;
  }
}

const REWARD = `select ${OWED}, state from reward where shop_id = $1 and id = $2::uuid for update`;
type Row = OwedRow & { state: RewardState };

async function adopt(tx: ShopTx, taken: Taken, now: Date): Promise<void> {
  const [row] = await tx.sql<Row>(REWARD, [tx.shopId, taken.rewardId]);
  if (taken.kind === 'unknown-here') return adoptUnknown(tx, taken, now);
  if (!row) throw new Impossible('The reward is not there any more');
  if (taken.kind === 'books') return mend(tx, taken, row, now);
  return taken.kind === 'amount-differs'
    ? adoptAmount(tx, taken, row, now)
    : adoptStanding(tx, taken, row, now);
}

const ADOPT = `
  insert into reward (shop_id, id, cause, customer_id, kind, value, amount, currency, paid_by, state, code, discount_id, earned_at, issued_at)
  select $1, $2::uuid, 'adopted:' || $2::uuid, c.id, $4, $5::jsonb, $6, $7, 'expense:adopted', 'issued', $8, $9, $10, $10
  from customer c where c.shop_id = $1 and c.shopify_id = $3::bigint and c.merged_into is null
  on conflict do nothing returning ${OWED}`;

async function adoptUnknown(tx: ShopTx, { rewardId, detail }: Taken, now: Date): Promise<void> {
  const { given, customerShopifyId } = detail;
  if (!given || !customerShopifyId) throw new Impossible('Nobody can tell what it is worth, or whose it is');
  const { amount, currency } = sizeOf(given);
  const values = [
    rewardId,
    customerShopifyId,
    given.kind,
    given.value,
    amount,
    currency,
    detail.code ?? null,
  ];
  const [row] = await tx.sql<OwedRow>(ADOPT, [tx.shopId, ...values, detail.there, now]);
  if (!row) throw new Impossible('Its customer is not known here');
  await post(tx, [transferOf('earned', row), transferOf('issued', row)], now);
}

const STANDS = `
  update reward set state = 'issued', discount_id = $3, code = coalesce($4, code), issued_at = coalesce(issued_at, $5), ended_at = null,
    voided_at = null, reason = '{}', due_at = case when expires_at > $5 then expires_at end, attempts = 0
  where shop_id = $1 and id = $2::uuid`;

/** The ledger says no and Shopify says yes: it stands after all, and what it weighs is owed again. */
async function adoptStanding(tx: ShopTx, { id, detail }: Taken, row: Row, now: Date): Promise<void> {
  const from: Partial<Record<RewardState, Account>> = {
    held: `promised:${row.customerId}`,
    issuing: `promised:${row.customerId}`,
    expired: 'breakage',
    void: row.paidBy,
    'clawed-back': row.paidBy,
  };
  const account = from[row.state];
  if (!account) throw new Impossible('It has been settled meanwhile');
  await tx.sql(STANDS, [tx.shopId, row.id, detail.there ?? null, detail.code ?? null, now]);
  await post(
    tx,
    moveOf(row, `adopted:${id}`, account, `issued:${row.customerId}`, row.amount - row.used),
    now,
  );
}

const AMOUNT = `update reward set amount = $3, value = $4::jsonb where shop_id = $1 and id = $2::uuid`;

async function adoptAmount(tx: ShopTx, { id, detail }: Taken, row: Row, now: Date): Promise<void> {
  const found = /^(\d+) ([A-Z]{3})$/.exec(detail.found ?? '');
  if (row.state !== 'issued') throw new Impossible('It has been settled meanwhile');
  const given = detail.given;
  if (!found) {
    if (!given) throw new Impossible('Nobody can tell what it is worth');
    await tx.sql(AMOUNT, [tx.shopId, row.id, row.amount, given.value]);
    return;
  }
  if (found[2] !== row.currency) throw new Impossible('It is in another currency');
  const amount = BigInt(found[1]!);
  if (amount < row.used) throw new Impossible('More than that has been used already');
  const value = { amount: Number(amount), currency: row.currency };
  await tx.sql(AMOUNT, [tx.shopId, row.id, amount, value]);
  const [more, theirs]: [bigint, Account] = [amount - row.amount, `issued:${row.customerId}`];
  await post(
    tx,
    more > 0n
      ? moveOf(row, `adopted:${id}`, row.paidBy, theirs, more)
      : moveOf(row, `adopted:${id}`, theirs, row.paidBy, -more),
    now,
  );
}

/** What the books lack is taken from what the reward comes out of. */
async function mend(tx: ShopTx, { id, detail }: Taken, row: Row, now: Date): Promise<void> {
  const more = BigInt(detail.expected ?? 0) - BigInt(detail.found ?? 0);
  const account = (
    detail.account === 'breakage' ? 'breakage' : `${detail.account}:${row.customerId}`
  ) as Account;
  await post(
    tx,
    more > 0n
      ? moveOf(row, `mended:${id}`, row.paidBy, account, more)
      : moveOf(row, `mended:${id}`, account, row.paidBy, -more),
    now,
  );
}

const moveOf = (row: OwedRow, mark: string, from: Account, to: Account, amount: bigint): Transfer => ({
  shopId: row.shopId,
  name: `reward:${row.id}:${mark}`,
  moves: [{ from, to, amount, currency: row.currency }],
  rewardId: row.id,
});

/** With a code of its own each time, because what was ended at Shopify keeps the old one. */
const REISSUE = `
  update reward set state = 'issuing', reissued = reissued + 1, due_at = $3, attempts = 0, code = null, discount_id = null,
    lease_until = null, reason = '{}'
  where shop_id = $1 and id = $2::uuid and state = 'issued' returning ${OWED}, reissued`;

async function reissue(tx: ShopTx, { rewardId, id }: Taken, now: Date): Promise<void> {
  const [row] = await tx.sql<OwedRow>(REISSUE, [tx.shopId, rewardId, now]);
  if (!row) throw new Impossible('It has been settled meanwhile');
  const [from, to]: [Account, Account] = [`issued:${row.customerId}`, `promised:${row.customerId}`];
  await post(tx, moveOf(row, `reissued:${id}`, from, to, row.amount - row.used), now);
}

/** Of what is given the value comes back to where it came from; what is at Shopify is ended by a chore. */
const LET_GO = `
  update reward set state = 'clawed-back', voided_at = $3, reason = '{"code": "missing"}', due_at = null
  where shop_id = $1 and id = $2::uuid and state = 'issued' returning ${OWED}`;
const SETTLED = `update reward_difference set state = 'withdrawn' where shop_id = $1 and id = $2::uuid and state = 'withdrawing'`;

/** A second line of credit is a reward that was never promised: the loop takes it back as it does any other. */
const SURPLUS = `
  insert into reward (shop_id, id, cause, customer_id, kind, value, amount, currency, paid_by, state, discount_id, earned_at, voided_at, due_at, reason)
  select r.shop_id, $3, 'surplus:' || $4::text, r.customer_id, 'store-credit', r.value, 0, r.currency, r.paid_by, 'clawed-back', $4, $5, $5, $5,
    '{"code": "given-twice"}'
  from reward r where r.shop_id = $1 and r.id = $2::uuid on conflict do nothing`;

async function withdraw(
  tx: ShopTx,
  queue: Pick<Queue, 'enqueue'>,
  { id, kind, rewardId, detail }: Taken,
  now: Date,
): Promise<void> {
  if (kind === 'missing-there') {
    const [row] = await tx.sql<OwedRow>(LET_GO, [tx.shopId, rewardId, now]);
    if (!row) throw new Impossible('It has been settled meanwhile');
    await post(tx, transferOf('clawed-back', row, row.amount - row.used, id), now);
    await tx.sql(SETTLED, [tx.shopId, id]);
  } else if (detail.what === 'credit') {
    await tx.sql(SURPLUS, [tx.shopId, rewardId, newId(now), detail.there, now]);
    await tx.sql(SETTLED, [tx.shopId, id]);
  } else {
    await queue.enqueue(tx, 'rewards.withdraw', { shopId: String(tx.shopId), differenceId: id }, id);
  }
}

const ASKED = `
  select d.detail, s.domain from reward_difference d join shop s on s.id = d.shop_id and s.status = 'installed'
  where d.shop_id = $1 and d.id = $2::uuid and d.state = 'withdrawing'`;

/** Ends at Shopify what a person wants ended. A chore; safe to repeat. */
export async function withdrawThere(
  { db, discounts, cards }: { db: Db; discounts: Discounts; cards: GiftCards },
  { shopId, differenceId }: { shopId: string; differenceId: string },
): Promise<JobResult> {
  const key = [BigInt(shopId), differenceId];
  const [asked] = await db.sqlAcrossShops<{ detail: DifferenceDetail; domain: string }>(ASKED, key);
  if (!asked?.detail.there) return { outcome: 'cancel', reason: 'nothing to end' };
  const { what, there } = asked.detail;
  const means = what === 'card' ? cards : discounts;
  const ended = await means.deactivate(asked.domain, there);
  if (ended.outcome === 'unavailable')
    return { outcome: 'snooze', seconds: Math.max(5, ended.retryAfterSeconds) };
  // Refused: it is not there any more, or the right to end it; the next night tells.
  await db.sqlAcrossShops(SETTLED, key);
  return { outcome: 'done' };
}
