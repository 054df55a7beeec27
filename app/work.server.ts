/** What the worker does: its loops over due moments, its chores, its housekeeping. */
import { answerDeeds } from './adapters/shopify/answers.server.ts';
import { audienceSource } from './adapters/shopify/audience-source.server.ts';
import { shopifyDeeds } from './adapters/shopify/deeds.server.ts';
import { orderSource } from './adapters/shopify/order-source.server.ts';
import { probeWith, syncSource, type SyncedOrder } from './adapters/shopify/sync-source.server.ts';
import { webhooksOut } from './adapters/webhooks/post.server.ts';
import { now } from './clock.server.ts';
import {
  customerByShopifyId,
  lockPeople,
  runStages,
  setConsent,
  setTags,
} from './customers/customers.server.ts';
import * as conversations from './conversations/conversations.server.ts';
import type { SqlTx } from './db.server.ts';
import * as feedback from './feedback/feedback.server.ts';
import { countAhead } from './insights/insights.server.ts';
import type { CronHandlers, JobHandlers } from './jobs/catalog.ts';
import { makeContents, makeHandOver } from './messages/messages.server.ts';
import * as orders from './orders/orders.server.ts';
import type { ProductSnapshot } from './products/product.ts';
import { upsertProducts } from './products/products.server.ts';
import { makeReactionsLoop } from './reactions.server.ts';
import * as referrals from './referrals/referrals.server.ts';
import * as reviews from './reviews/reviews.server.ts';
import * as rewards from './rewards/rewards.server.ts';
import * as sequences from './sequences/sequences.server.ts';
import * as shops from './shops/shops.server.ts';
import { friendJobs, friendLoops } from './friendLoops.server.ts';
import * as stories from './stories/stories.server.ts';
import { reviewLoops } from './reviewLoops.server.ts';
import { housekeeping } from './housekeeping.server.ts';
import { leaveChanged } from './leave.server.ts';
import { inboundLoops } from './inboundMail.server.ts';
import { remindedOtherwise } from './rewardReactions.server.ts';
import { removeArticle } from './storyReactions.server.ts';
import { mirrorConsent } from './mirrorConsent.server.ts';
import { STOP_PERSON, STOP_WORK } from './stops.server.ts';
import { voiceLoops } from './waysOut.server.ts';
import type { App } from './wiring.server.ts';

/** Looks for due work once; answers how many things were done, 0 = nothing due. */
export interface Loop {
  name: string;
  round: (now: Date) => Promise<number>;
}

export interface Work {
  loops: Loop[];
  jobs: JobHandlers;
  crons: CronHandlers;
}

export function workOf(app: App): Work {
  return { loops: loopsOf(app), jobs: jobsOf(app), crons: housekeeping(app) };
}

const ordersDeps = (app: App): orders.OrdersDeps => ({
  isErased: app.tombstones.isErased,
  hashKey: app.key('address-hash'),
});

function loopsOf(app: App): Loop[] {
  const { db, queue } = app;
  const comparing = { db, orders: ordersDeps(app), source: orderSource(app.admin) };
  const ofShops = shops.shopWebhooks(queue);
  const handlers = {
    ...ofShops,
    'app/scopes_update': leaveChanged(ofShops['app/scopes_update']),
    'discounts/delete': (tx: SqlTx, { shopId, body }: orders.HandedWebhook, at: Date) =>
      discountDeleted(tx, shopId, body, at),
  };
  const handOver = makeHandOver({
    db,
    email: app.email,
    texts: app.texts,
    mail: app.mail,
    contents: makeContents({ source: app.source, links: app.links, appUrl: app.config.SHOPIFY_APP_URL }),
    facts: {
      hashKey: app.key('suppression'),
      texts: app.texts !== null,
      openProblems: conversations.openProblems,
      pausedAsks: conversations.pausedAsks,
      saidByOthers: remindedOtherwise,
    },
    hearing: orders.makeHearing(comparing),
  });
  const loops: Record<string, Loop['round']> = {
    inbox: orders.makeInboxLoop({ db, orders: ordersDeps(app), handlers }),
    reactions: makeReactionsLoop({ db, queue, settleIn: (shopId) => settleIn(app, shopId) }),
    shipments: orders.makeShipmentLoop({ db }),
    reconciliation: orders.makeReconcileLoop(comparing),
    sequences: sequences.makeSequencesLoop({
      db,
      facts: sequences.readFacts,
      atOnce: handOver.atOnce,
      requestCodes: requestCodes(app),
      give: async (tx, gifts, at) =>
        void (await rewards.hold(
          tx,
          gifts.map((gift) => ({ ...gift, isReady: true })),
          at,
        )),
    }),
    calendar: sequences.makeCalendarLoop({ db }),
    audiences: sequences.makeAudienceLoop({ db, source: audienceSource(app.admin) }),
    deeds: sequences.makeDeedLoop({
      db,
      shopify: shopifyDeeds(app.admin),
      webhooks: webhooksOut({ key: app.key('webhooks-out') }),
    }),
    endings: sequences.makeEndingsLoop({ db }),
    messages: handOver.round,
    ...voiceLoops(app),
    ...friendLoops(app),
    ...inboundLoops(app),
    ...reviewLoops(app),
  };
  return Object.entries(loops).map(([name, round]) => ({ name, round }));
}

/** A merchant has deleted a discount: perhaps the one that carries the friends' codes. */
async function discountDeleted(tx: SqlTx, shopId: bigint, body: unknown, at: Date) {
  const id = (body as { admin_graphql_api_id?: unknown } | null)?.admin_graphql_api_id;
  if (typeof id !== 'string') return { outcome: 'dead', reason: 'no discount' } as const;
  await referrals.discountDeleted(tx, shopId, id, at);
  return { outcome: 'done' } as const;
}

/** Those who are about to be invited get a code; the pool is filled again behind them. */
const requestCodes =
  ({ queue }: App) =>
  async (tx: SqlTx, wanted: readonly { shopId: bigint; customerId: string }[], at: Date) => {
    await referrals.issueCodes(tx, wanted, at);
    for (const shopId of new Set(wanted.map((one) => String(one.shopId)))) {
      await queue.enqueue(tx, 'referrals.mint', { shopId }, shopId);
    }
  };

/** What a new shop begins with; and what came for it before it was known. */
async function settleIn(app: App, shopId: bigint) {
  const { db } = app;
  const at = now();
  // Its currency and language decide what its programme and texts begin with.
  await shops.sync(syncDepsOf(app), { shopId: String(shopId), kind: 'shop' }, at);
  const shop = await shops.shopById({ sql: db.sqlAcrossShops }, shopId);
  if (!shop) return;
  await db.inShop(shopId, async (tx) => {
    await sequences.installDefaults(tx, shop, at);
    await sequences.keepWatch(tx, at);
    await feedback.installDefaults(tx, shop, at);
    await conversations.installDefaults(tx, shop.id, at);
    await referrals.installDefaults(tx, shop, at);
    await rewards.installDefaults(tx, at);
    await stories.installDefaults(tx, at);
    await reviews.installDefaults(tx, at);
  });
  await db.acrossShops(async (tx) => {
    await orders.adoptStrays(tx, shop, at);
    await orders.startReconciling(tx, shop.id, at);
  });
}

/** Orders of the first sync: what was is known, nothing is announced. */
async function applySynced(app: App, tx: SqlTx, items: readonly SyncedOrder[], at: Date) {
  await orders.applyOrders(
    tx,
    items.map((item) => item.order),
    at,
    ordersDeps(app),
    { history: true },
  );
  await setTags(
    tx,
    items.flatMap(({ order, tags }) => (tags ? [{ ...tags, shopId: order.shopId }] : [])),
  );
  for (const { shopifyId, ...consent } of items.flatMap((item) => item.consents)) {
    const customer = await customerByShopifyId(tx, consent.shopId, shopifyId);
    if (customer) await setConsent(tx, [{ ...consent, customerId: customer.id, source: 'shopify' }], at);
  }
}

/** What the first sync needs: where it asks, and what becomes of the answers. */
function syncDepsOf(app: App): shops.SyncDeps {
  const source = syncSource(app.admin);
  return {
    db: app.db,
    facts: source.facts,
    parts: {
      products: {
        ...source.products,
        apply: (tx, _shop, items, at) => upsertProducts(tx, items as ProductSnapshot[], at),
      },
      orders: {
        ...source.orders,
        apply: (tx, _shop, items, at) => applySynced(app, tx, items as SyncedOrder[], at),
      },
    },
  };
}

function jobsOf(app: App): JobHandlers {
  const { db, queue, admin } = app;
  const probe = probeWith(admin);
  const compliance = {
    db,
    queue,
    tombstones: app.tombstones,
    lockPeople,
    stopPerson: STOP_PERSON,
    stopWork: STOP_WORK,
    probe,
  };
  return {
    'shops.sync': (payload) => shops.sync(syncDepsOf(app), payload, now()),
    'shops.confirm-uninstall': (payload) =>
      shops.confirmUninstall({ db, stopWork: STOP_WORK, probe }, payload, now()),
    'shops.data-request': (payload) => shops.handleDataRequest(compliance, payload, now()),
    'orders.reconcile': (payload) =>
      orders.reconcile({ db, orders: ordersDeps(app), source: orderSource(admin) }, payload, now()),
    async 'orders.learn-transit'({ shopId }) {
      while (await db.acrossShops((tx) => orders.learnTransit(tx, BigInt(shopId))));
      return { outcome: 'done' };
    },
    ...friendJobs(app),
    'customers.mirror-consent': (payload) => mirrorConsent(app, payload),
    'customers.stages': (payload) => runStages({ db }, payload, now),
    'reviews.import': ({ shopId, importId }) =>
      reviews.runImport(db, { shopId: BigInt(shopId), importId }, now()),
    'stories.remove-article': (payload) => removeArticle(app, payload),
    'sequences.simulate': (payload) =>
      sequences.simulate({ db, hashKey: app.key('suppression'), texts: app.texts !== null }, payload, now()),
    async 'feedback.tell'({ shopId, answerId }) {
      const of = { shopId: BigInt(shopId), answerId };
      const told = await feedback.tellShopify({ db, shopify: answerDeeds(admin) }, of, now());
      if (told.outcome === 'later') return { outcome: 'retry', error: 'no answer' };
      return told.outcome === 'done' ? told : { outcome: 'cancel', reason: told.reason.code };
    },
    async 'insights.count'({ shopId }) {
      await db.inShop(BigInt(shopId), async (tx) => {
        const shop = await shops.shopById(tx, BigInt(shopId));
        if (shop) await countAhead(tx, shop, now());
      });
      return { outcome: 'done' };
    },
  };
}
