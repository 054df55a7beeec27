/**
 * A worker that does nothing but issue rewards, killed at any moment by reward-once.test.ts. Loads everything, says
 * `ready`, and begins when it is told to, so that a killed one is replaced at once.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openDb } from '../../app/db.server.ts';
import { makeRewardLoop } from '../../app/rewards/rewards.server.ts';
import { cardsAt, creditsAt, discountsAt } from './reward-stand-in.ts';

export interface RewardOrders {
  databaseUrl: string;
  shopifyUrl: string;
  codeKey: string;
  /** Domain time runs a thousand times as fast from here on, so that nobody waits for a next attempt. */
  epoch: number;
}

const { databaseUrl, shopifyUrl, codeKey, epoch } = JSON.parse(process.argv[2]!) as RewardOrders;
const loop = makeRewardLoop({
  db: openDb({ url: databaseUrl, max: 4 }),
  discounts: discountsAt(shopifyUrl),
  credits: creditsAt(shopifyUrl),
  cards: cardsAt(shopifyUrl),
  codeKey: Buffer.from(codeKey, 'hex'),
  leaseSeconds: 2,
  // Longer than a request may take there.
  settleSeconds: 3,
});

process.on('disconnect', () => process.exit(0));
process.once('message', () => void work());
process.send?.('ready');

async function work() {
  for (;;) {
    const now = new Date(epoch + (Date.now() - epoch) * 1000);
    const done = await loop(now).catch(() => 0);
    if (done === 0) await sleep(20);
  }
}
