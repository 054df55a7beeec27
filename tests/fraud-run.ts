/** Lets the corpus of fraud happen in a real database, by the real rules: orders, codes, payments, and time. */
import type { Db } from '../app/db.server.ts';
import type { OrderSnapshot } from '../app/orders/snapshot.ts';
import { applyOrders, takeChecks } from '../app/orders/orders.server.ts';
import { followMerge } from '../app/customers/customers.server.ts';
import { attribute, makeReferralLoop, mergeCustomers, voidFor } from '../app/referrals/referrals.server.ts';
import type { Shop } from '../app/shops/shop.ts';
import { anOrder, at, daysAfter, safePayments } from './friends.ts';
import { ordersDeps } from './inbox.ts';
import type { Pair, Person } from './fraud-corpus.ts';

export interface Judged {
  pair: Pair;
  /** What became of the friend's order in the end; null: no referral was made of it. */
  state: 'pending' | 'held' | 'qualified' | 'refused' | 'void' | null;
  reasons: string[];
}

const BEFORE = at('01T12:00:00');
const BATCH = 200;

/** An order of this person, an hour after the one before: nobody is one of a crowd by chance. */
function orderOf(
  shop: Shop,
  person: Person,
  when: Date,
  code: string | null,
  referrer?: string,
): OrderSnapshot {
  const { email, phone, firstName, lastName, account, address, agent, street, zip } = person;
  return anOrder(shop, {
    at: when,
    email,
    phone,
    codes: code === null ? [] : [code],
    browser: { address, agent },
    change: {
      customer: { shopifyId: account, email, phone, firstName, lastName },
      shipTo: { country: 'DE', province: null, city: 'Köln', zip, street },
      referrer: referrer ?? null,
    },
  });
}

async function takeInAll(db: Db, orders: OrderSnapshot[]): Promise<void> {
  for (let from = 0; from < orders.length; from += BATCH) {
    const batch = orders.slice(from, from + BATCH);
    const now = batch.at(-1)!.updatedAt;
    await db.acrossShops((tx) => applyOrders(tx, batch, now, ordersDeps));
  }
}

const CODES = `
  insert into referral_code (shop_id, code, program_id, state, customer_id, minted_at, issued_at)
  select $1, t.code, (select id from program where shop_id = $1 limit 1), 'issued', o.customer_id, $4, $4
  from unnest($2::bigint[], $3::text[]) as t(order_id, code) join orders o on o.shop_id = $1 and o.id = t.order_id
  on conflict do nothing`;

/** Codes for whoever placed these orders. */
async function giveCodes(db: Db, shop: Shop, given: { order: OrderSnapshot; code: string }[]): Promise<void> {
  if (given.length === 0) return;
  await db.sqlAcrossShops(CODES, [
    shop.id,
    given.map(({ order }) => order.id),
    given.map(({ code }) => code),
    BEFORE,
  ]);
}

async function friendsOrder(db: Db, orders: OrderSnapshot[]): Promise<void> {
  await takeInAll(db, orders);
  for (let from = 0; from < orders.length; from += BATCH) {
    const batch = orders.slice(from, from + BATCH);
    const refs = batch.map(({ shopId, id }) => ({ shopId, orderId: id }));
    await db.acrossShops((tx) => attribute(tx, refs, batch.at(-1)!.updatedAt));
  }
}

const STATES = `select order_id, state, reasons from referral where shop_id = $1`;
const codeFor = (index: number, place: number) => `FRIEND-C${index}-${place}`;

/** @param shop a shop with its programme; its url is set, so that its own people can be told */
export async function runCorpus(db: Db, shop: Shop, pairs: readonly Pair[]): Promise<Judged[]> {
  await db.sqlAcrossShops(`update shop set url = 'https://pots.example' where id = $1`, [shop.id]);
  const hour = (index: number, days: number) => new Date(daysAfter(BEFORE, days).getTime() + index * 60_000);
  const advocates = pairs.map(({ advocate }, index) => orderOf(shop, advocate, hour(index, 0), null));
  await takeInAll(db, advocates);
  await giveCodes(
    db,
    shop,
    advocates.map((order, index) => ({ order, code: codeFor(index, 0) })),
  );
  const last = await chains(db, shop, pairs, hour);
  const orders = pairs.map(({ friend, twist }, index) => {
    const code = twist?.kind === 'guess' ? `FRIEND-GUESS-${index}` : codeFor(index, last[index]!);
    const email = twist?.kind === 'staff' ? { ...friend, email: `worker${index}@pots.example` } : friend;
    return orderOf(shop, email, hour(index, 20), code, twist?.kind === 'referrer' ? twist.page : undefined);
  });
  await friendsOrder(db, orders);
  await mergeThem(db, shop, pairs, daysAfter(BEFORE, 25));
  const risky = orders.filter((_, index) => pairs[index]!.twist?.kind === 'risk').map(({ id }) => id);
  const now = daysAfter(BEFORE, 60);
  await db.acrossShops((tx) =>
    takeChecks(
      tx,
      risky.map((orderId) => ({
        shopId: shop.id,
        orderId,
        check: { kind: 'risk', risk: 'high', at: BEFORE },
      })),
      now,
    ),
  );
  const settle = makeReferralLoop({ db, payments: safePayments });
  while ((await settle(now)) > 0);
  const refunded = orders.filter((_, index) => pairs[index]!.twist?.kind === 'refunded');
  await db.acrossShops((tx) =>
    voidFor(
      tx,
      refunded.map(({ id }) => ({ shopId: shop.id, orderId: id, reason: 'refunded' })),
      now,
    ),
  );
  const rows = await db.sqlAcrossShops<{ order_id: bigint; state: Judged['state']; reasons: string[] }>(
    STATES,
    [shop.id],
  );
  const found = new Map(rows.map((row) => [row.order_id, row]));
  return pairs.map((pair, index) => {
    const row = found.get(orders[index]!.id);
    return { pair, state: row?.state ?? null, reasons: row?.reasons ?? [] };
  });
}

/** Whoever came before: friends of the same code, or people of a ring, one after the other. @returns whose code comes last */
async function chains(
  db: Db,
  shop: Shop,
  pairs: readonly Pair[],
  hour: (index: number, days: number) => Date,
): Promise<number[]> {
  const chainOf = ({ twist }: Pair) =>
    twist?.kind === 'ring' ? twist.between : twist?.kind === 'before' ? twist.friends : [];
  const longest = Math.max(...pairs.map((pair) => chainOf(pair).length));
  for (let place = 0; place < longest; place++) {
    const these = pairs.flatMap((pair, index) => {
      const person = chainOf(pair)[place];
      const by = pair.twist?.kind === 'ring' ? place : 0;
      if (!person) return [];
      return [{ index, order: orderOf(shop, person, hour(index, 5 + place), codeFor(index, by)) }];
    });
    await friendsOrder(
      db,
      these.map(({ order }) => order),
    );
    await giveCodes(
      db,
      shop,
      these.map(({ index, order }) => ({ order, code: codeFor(index, place + 1) })),
    );
  }
  return pairs.map((pair) => (pair.twist?.kind === 'ring' ? pair.twist.between.length : 0));
}

/** Shopify finds that the friend's account is the advocate's. */
async function mergeThem(db: Db, shop: Shop, pairs: readonly Pair[], now: Date): Promise<void> {
  for (const { advocate, friend, twist } of pairs) {
    if (twist?.kind !== 'merged') continue;
    await db.acrossShops(async (tx) => {
      const merge = { shopId: shop.id, keptShopifyId: advocate.account, goneShopifyId: friend.account };
      const join = await followMerge(tx, merge, now);
      if (join) await mergeCustomers(tx, [join], now);
    });
  }
}

export interface Figures {
  /** Per cent of certain self-referrals that were held or refused. */
  certain_held: number;
  /** Per cent of pairs of a household, a house or an office that were refused without anybody looking. */
  honest_refused: number;
  /** Per cent that had to wait for somebody, of pairs of a household, a house or an office; of strangers. */
  honest_held: number;
  strangers_held: number;
  /** Per cent of what is suspicious that was held, refused or ended. */
  suspicious_stopped: number;
}

const isStopped = ({ state }: Judged) => state === 'held' || state === 'refused' || state === 'void';

const percent = (of: readonly Judged[], is: (judged: Judged) => boolean) =>
  of.length === 0 ? 0 : Math.round((of.filter(is).length * 10_000) / of.length) / 100;

export function figuresOf(judged: readonly Judged[]): Figures {
  const of = (label: string) => judged.filter(({ pair }) => pair.label === label);
  const strangers = of('honest').filter(({ pair }) => pair.pattern === 'two strangers');
  const near = of('honest').filter(({ pair }) => pair.pattern !== 'two strangers');
  return {
    certain_held: percent(of('certain'), isStopped),
    honest_refused: percent(near, ({ state }) => state === 'refused'),
    honest_held: percent(near, ({ state }) => state === 'held'),
    strangers_held: percent(strangers, ({ state }) => state !== 'qualified'),
    suspicious_stopped: percent(of('suspicious'), isStopped),
  };
}

/** A row a pattern: how many were stopped and how many of them by a rule, in per cent, and the commonest reasons. */
export function rowsOf(judged: readonly Judged[]): string[] {
  const patterns = [...new Set(judged.map(({ pair }) => pair.pattern))];
  return patterns.map((pattern) => {
    const mine = judged.filter(({ pair }) => pair.pattern === pattern);
    const counts = new Map<string, number>();
    for (const { reasons } of mine)
      for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    const common = [...counts].sort(([, a], [, b]) => b - a).slice(0, 3);
    const none = mine.every(({ state }) => state === null) ? ' (no referral)' : '';
    return [
      mine[0]!.pair.label.padEnd(11),
      pattern.padEnd(36),
      `${percent(mine, isStopped).toFixed(1).padStart(6)} % stopped`,
      `${percent(mine, ({ state }) => state === 'refused')
        .toFixed(1)
        .padStart(6)} % refused${none}`,
      common.map(([reason, count]) => `${reason} ${count}`).join(', '),
    ].join('  ');
  });
}
