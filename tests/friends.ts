/** Shops with surveys, codes and buyers for tests of feedback, referrals and rewards; and a Shopify that keeps discounts. */
import type { Db, ShopTx } from '../app/db.server.ts';
import * as feedback from '../app/feedback/feedback.server.ts';
import type { BlockAsk, BlockNeeds } from '../app/feedback/feedback.server.ts';
import { applyOrders } from '../app/orders/orders.server.ts';
import type { OrderSnapshot } from '../app/orders/snapshot.ts';
import { makeReactionsLoop } from '../app/reactions.server.ts';
import type { PaymentSource } from '../app/referrals/payments.ts';
import * as referrals from '../app/referrals/referrals.server.ts';
import * as rewards from '../app/rewards/rewards.server.ts';
import type { Shop } from '../app/shops/shop.ts';
import { aShop } from './builders.ts';
import { ordersDeps } from './inbox.ts';

export const at = (iso: string) => new Date(`2026-05-${iso}Z`);
export const daysAfter = (from: Date, days: number) => new Date(from.getTime() + days * 86_400_000);

/** An installed shop with its surveys, its programme and a filled pool of codes. */
export async function aFriendlyShop(
  db: Db,
  with_: Parameters<typeof aShop>[1] & { pool?: number } = {},
): Promise<Shop> {
  const { pool = 30, ...rest } = with_;
  const shop = await aShop(db, rest);
  await db.inShop(shop.id, async (tx) => {
    await feedback.installDefaults(tx, shop, at('01T00:00:00'));
    await referrals.installDefaults(tx, shop, at('01T00:00:00'));
    await rewards.installDefaults(tx, at('01T00:00:00'));
    await fillPool(tx, pool);
  });
  return shop;
}

let codes = 0;

async function fillPool(tx: ShopTx, count: number): Promise<void> {
  const made = Array.from({ length: count }, () => `FRIEND-TEST-${String(++codes).padStart(5, '0')}`);
  await tx.sql(
    `insert into referral_code (shop_id, code, program_id, state, minted_at)
     select $1, code, (select id from program where shop_id = $1), 'free', $3 from unnest($2::text[]) code`,
    [tx.shopId, made, at('01T00:00:00')],
  );
}

let ids = 5_000_000_000n;
export const newShopifyId = () => (ids += 7n);

export interface Buying {
  id?: bigint;
  token?: string | null;
  email?: string | null;
  phone?: string | null;
  customerId?: bigint;
  street?: string | null;
  codes?: string[];
  at?: Date;
  total?: bigint;
  paid?: boolean;
  test?: boolean;
  /** Where it was ordered from; a line of its own each, null: nobody says. */
  browser?: OrderSnapshot['browser'];
  change?: Partial<OrderSnapshot>;
}

/** An order as a webhook would bring it: a customer, one line, paid. */
export function anOrder(shop: Shop, buying: Buying = {}): OrderSnapshot {
  const placedAt = buying.at ?? at('10T12:00:00');
  const email = buying.email === undefined ? `${newShopifyId()}-buyer@example.com` : buying.email;
  const shipTo = { country: 'DE', province: null, city: 'Köln', zip: '50667', street: buying.street ?? null };
  const id = buying.id ?? newShopifyId();
  return {
    shopId: shop.id,
    id,
    updatedAt: placedAt,
    placedAt,
    paidAt: buying.paid === false ? null : placedAt,
    name: `#${id}`,
    customer:
      email === null
        ? null
        : { shopifyId: buying.customerId ?? newShopifyId(), email, phone: buying.phone ?? null },
    email,
    phone: buying.phone ?? null,
    locale: 'en',
    currency: shop.currency,
    total: buying.total ?? 5000n,
    presentCurrency: shop.currency,
    presentTotal: buying.total ?? 5000n,
    financialStatus: buying.paid === false ? 'pending' : 'paid',
    source: 'web',
    test: buying.test ?? false,
    browser: buying.browser === undefined ? aBrowser() : buying.browser,
    checkoutToken: buying.token === undefined ? `token-${newShopifyId()}` : buying.token,
    discountCodes: buying.codes ?? [],
    shipTo,
    lines: [
      {
        id: newShopifyId(),
        productId: 11n,
        variantId: 12n,
        title: 'Pot',
        quantity: 1,
        currentQuantity: 1,
        price: 5000n,
      },
    ],
    ...buying.change,
  };
}

let lines = 0;

/** On a line and in a part of the net of its own. */
function aBrowser(agent = 'Browser'): { address: string; agent: string } {
  const line = ++lines;
  return { address: `2a02:${(line >> 12).toString(16)}:${(line & 0xfff).toString(16)}::1`, agent };
}

/** A Shopify that sees no risk in any payment. */
export const safePayments: PaymentSource = {
  checks: (_shop, orderIds, at) =>
    Promise.resolve(orderIds.map((orderId) => ({ orderId, check: { kind: 'risk', risk: 'none', at } }))),
};

/** Takes orders in, in one transaction across shops, as the inbox does. */
export async function takeIn(db: Db, orders: OrderSnapshot[], now?: Date): Promise<void> {
  const moment = now ?? orders[0]!.updatedAt;
  await db.acrossShops((tx) => applyOrders(tx, orders, moment, ordersDeps));
}

/** The customer behind an order. */
export async function customerOf(db: Db, order: { shopId: bigint; id: bigint }): Promise<string> {
  const [row] = await db.sqlAcrossShops<{ customer_id: string }>(
    'select customer_id from orders where shop_id = $1 and id = $2',
    [order.shopId, order.id],
  );
  return row!.customer_id;
}

export const needs: BlockNeeds = {
  referral: referrals.offerOf,
  shared: referrals.codeShared,
  preferencesUrl: ({ customerId }) => `https://app.test/p/${customerId}`,
};

/** A buyer's look at the block. */
export function asked(shop: Shop, with_: Partial<BlockAsk> = {}): BlockAsk {
  return {
    shop,
    page: 'thank-you',
    order: null,
    checkoutToken: null,
    signedIn: null,
    locale: 'en',
    country: 'DE',
    ...with_,
  };
}

/** What is said to the default question. */
export async function saying(
  db: Db,
  shop: Shop,
  ...answers: { question: string; value: number | string | string[] }[]
): Promise<{ survey: { id: string; version: number }; operationId: string; answers: typeof answers }> {
  const survey = await db.inShop(shop.id, (tx) => feedback.surveyByKey(tx, shop.id, 'post-purchase'));
  const operationId = `operation-${newShopifyId()}`;
  return { survey: { id: survey!.id, version: survey!.version }, operationId, answers };
}

/** The real reactions, with a queue that only remembers what it was asked for. */
export function reactionsOf(db: Db) {
  const jobs: { name: string; payload: unknown }[] = [];
  const queue = {
    enqueue: (_tx: unknown, name: string, payload: unknown) => {
      jobs.push({ name, payload });
      return Promise.resolve();
    },
    work: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
  const round = makeReactionsLoop({ db, queue, settleIn: () => Promise.resolve() } as Parameters<
    typeof makeReactionsLoop
  >[0]);
  return {
    jobs,
    /** Handles everything that has happened. */
    async settle(now: Date): Promise<void> {
      while ((await round(now)) > 0);
    },
  };
}

/** Events of a kind, oldest first. */
export async function eventsOf(db: Db, shop: Shop, kind: string) {
  return db.sqlAcrossShops<{
    customer_id: string | null;
    order_id: bigint | null;
    data: Record<string, unknown>;
  }>('select customer_id, order_id, data from event where shop_id = $1 and kind = $2 order by id', [
    shop.id,
    kind,
  ]);
}
