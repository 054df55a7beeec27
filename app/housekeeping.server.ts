/** Chores by the clock, for all shops: comparing with Shopify, keeping tokens alive, filling pools, forgetting what is old. */
import { now } from './clock.server.ts';
import { forgetOldMails } from './correspondence/correspondence.server.ts';
import { forgetUnused } from './files/files.server.ts';
import { forgetAskings } from './feedback/feedback.server.ts';
import { forgetCounts } from './limits.server.ts';
import type { CronHandlers } from './jobs/catalog.ts';
import { forgetOldWebhooks, forgetTraces, giveUpMissing, learnEverywhere } from './orders/orders.server.ts';
import { forgetLinks } from './referrals/referrals.server.ts';
import { forgetFiles } from './reviews/reviews.server.ts';
import { forgetDeeds } from './sequences/sequences.server.ts';
import { forgetOldExports, resumeSyncs, sweepErased } from './shops/shops.server.ts';
import type { App } from './wiring.server.ts';

const INSTALLED = `select id from shop where status = 'installed' order by id`;

/** Old mails lose their words, old events go; the row of a message stays as a fact. */
const FORGET_MAILS = `
  update message m set html = null, text = null from shop s
  where m.shop_id = s.id and m.html is not null
    and m.planned_at < $1::timestamptz - make_interval(days => coalesce((s.settings ->> 'retentionDays')::int, 90))`;
const FORGET_EVENTS = `delete from event where due_at is null and error is null and at < $1::timestamptz - interval '120 days'`;

export function housekeeping(app: App): CronHandlers {
  const { db, queue, tokens } = app;
  const eachShop = async (work: (shopId: string) => Promise<void>) => {
    for (const { id } of await db.sqlAcrossShops<{ id: bigint }>(INSTALLED)) await work(String(id));
  };
  const reconcile = (hours: number) =>
    eachShop((shopId) => queue.enqueue(null, 'orders.reconcile', { shopId, hours }, `${shopId}:${hours}`));
  return {
    reconcile: () => reconcile(2),
    'reconcile-nightly': () => reconcile(48),
    'rewards-nightly': () =>
      eachShop((shopId) => queue.enqueue(null, 'rewards.reconcile', { shopId }, shopId)),
    async 'parcels-nightly'() {
      await db.acrossShops((tx) => learnEverywhere(tx, now()));
      await db.acrossShops((tx) => giveUpMissing(tx, now()));
    },
    async housekeeping() {
      await tokens.refreshIdle();
      await eachShop(async (shopId) => {
        await queue.enqueue(null, 'referrals.mint', { shopId }, shopId);
        await queue.enqueue(null, 'insights.count', { shopId }, shopId);
        await queue.enqueue(null, 'orders.learn-transit', { shopId }, shopId);
      });
      const at = now();
      await forgetCounts(db, at);
      await db.acrossShops(async (tx) => {
        await forgetOldWebhooks(tx, at);
        await forgetOldExports(tx, at);
        await forgetTraces(tx, at);
        await tx.sql(FORGET_MAILS, [at]);
        await tx.sql(FORGET_EVENTS, [at]);
        await forgetOldMails(tx, at);
        await forgetDeeds(tx, at);
        await forgetUnused(tx, at);
        await forgetAskings(tx, at);
        await forgetFiles(tx, at);
        await forgetLinks(tx, at);
      });
      await db.acrossShops((tx) => sweepErased(tx, at));
      await db.acrossShops((tx) => resumeSyncs(queue, tx, at));
    },
  };
}
