/**
 * A hundred paid orders a second, each answered gladly three seconds later, from a standing start: how many of those who
 * answered found no code that Shopify knows. Reactions and minting are the app's; Shopify's part takes its time.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { issueCodes, mint } from '../../../app/referrals/referrals.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { makeReactionsLoop } from '../../../app/reactions.server.ts';
import { codesAtShopify } from '../../discounts.ts';
import { recordEvents } from '../../../app/events.server.ts';
import type { NewEvent } from '../../../app/events.ts';
import { aFriendlyShop } from '../../friends.ts';
import { addCustomers } from '../../many-customers.ts';
import { onServer, type Bench } from '../engine/server.ts';

/** Milliseconds of a call to Shopify, and looks until 250 codes are there. */
const CALL_MS = 150;
const LOOKS = 3;
/** As pg-boss asks for work. */
const POLL_MS = 500;
const ANSWER_AFTER_MS = 3_000;
const A_TICK = 10;

/** @returns answers without a code at once, of how many, and how many codes carried a name */
export function poolUnderLoad(seconds: number): Promise<{
  pool_dry_at_100_per_s: number;
  pool_orders_per_s: number;
  pool_answers: number;
  pool_named: number;
}> {
  return onServer(async ({ db, url }) => {
    const shop = await aFriendlyShop(db, { pool: 0 });
    const shopify = codesAtShopify({ pause: () => sleep(CALL_MS), looks: LOOKS });
    const minting = {
      db,
      codes: shopify.shopify,
      codeKey: Buffer.alloc(32, 1),
      now: () => new Date(),
      wait: (ms: number) => sleep(ms),
    };
    await mint(minting, { shopId: String(shop.id) });
    await addCustomers(url, shop.id, seconds * A_TICK * 10);
    const worker = workerOf(db, () => mint(minting, { shopId: String(shop.id) }));
    const { answers, rate } = await sell(db, shop, seconds).finally(() => worker.stop());
    return {
      pool_dry_at_100_per_s: answers.filter(({ usable }) => !usable).length,
      // What this machine managed; below a hundred the figure above promises less.
      pool_orders_per_s: Math.round(rate),
      pool_answers: answers.length,
      pool_named: answers.filter(({ code }) => code.startsWith('ANA-')).length,
    };
  });
}

/** Reactions at once, minting when it was asked for, one at a time. */
function workerOf(db: Bench['db'], run: () => Promise<unknown>) {
  let isOver = false;
  let isWanted = false;
  const queue = {
    enqueue: (_tx: unknown, name: string) => {
      if (name === 'referrals.mint') isWanted = true;
      return Promise.resolve();
    },
    work: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
  const deps = { db, queue, settleIn: () => Promise.resolve() } as Parameters<typeof makeReactionsLoop>[0];
  const round = makeReactionsLoop(deps);
  const loops = [
    (async () => {
      while (!isOver) if ((await round(new Date())) === 0) await sleep(50);
    })(),
    (async () => {
      while (!isOver) {
        await sleep(POLL_MS);
        if (!isWanted) continue;
        isWanted = false;
        await run();
      }
    })(),
  ];
  return {
    async stop() {
      isOver = true;
      await Promise.all(loops);
    },
  };
}

/** Ten orders every tenth of a second, as they are told once they are taken in; the answers follow. */
async function sell(db: Bench['db'], shop: Shop, seconds: number) {
  const customers = await db.sqlAcrossShops<{ id: string }>(
    `update customer set first_name = 'Ana' where shop_id = $1 returning id`,
    [shop.id],
  );
  const answers: { usable: boolean; code: string }[] = [];
  const under: Promise<void>[] = [];
  const begun = Date.now();
  for (let tick = 0; tick < seconds * 10; tick++) {
    const at = new Date();
    const buyers = customers.slice(tick * A_TICK, (tick + 1) * A_TICK);
    const paid = buyers.map(({ id: customerId }, i): NewEvent => {
      const orderId = BigInt(tick * A_TICK + i + 1);
      return { shopId: shop.id, kind: 'order.paid', customerId, orderId, data: {}, at };
    });
    await db.inShopBySql(shop.id, (tx) => recordEvents(tx, paid, at));
    for (const { id } of buyers) under.push(answer(db, shop, id, answers));
    await sleep(Math.max(0, begun + (tick + 1) * 100 - Date.now()));
  }
  const rate = (seconds * A_TICK * 10_000) / (Date.now() - begun);
  await Promise.all(under);
  return { answers, rate };
}

async function answer(
  db: Bench['db'],
  shop: Shop,
  customerId: string,
  answers: { usable: boolean; code: string }[],
) {
  await sleep(ANSWER_AFTER_MS);
  const wish = { shopId: shop.id, customerId, atOnce: true };
  const [issued] = await db.inShopBySql(shop.id, (tx) => issueCodes(tx, [wish], new Date()));
  answers.push(issued ?? { usable: false, code: '' });
}
