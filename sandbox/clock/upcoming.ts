/** The next things that will happen, in words. */

import type { State } from '../state/shop.ts';
import { instant } from '../state/zoned.ts';
import { describeFault } from '../faults/faults.ts';
import type { Upcoming } from '../types.ts';
import type { DueReader } from './due.ts';

/** How the app's kinds of due moments read on the clock's page; [one, many]. */
const WORDS: Record<string, [string, string]> = {
  inbox: ['a webhook is worked on', 'webhooks are worked on'],
  event: ['something that happened is followed up', 'things that happened are followed up'],
  enrollment: ['a sequence takes its next step', 'sequences take their next steps'],
  message: ['a message goes out', 'messages go out'],
  shipment: ['a shipment is taken to have arrived', 'shipments are taken to have arrived'],
  referral: ['a referral’s return window ends', 'return windows of referrals end'],
  calendar: [
    'birthdays and days of products are looked for',
    'birthdays and days of products are looked for',
  ],
  audience: ['Shopify is asked for a segment or a date', 'Shopify is asked for segments and dates'],
  reconciliation: ['orders are compared with Shopify', 'orders of shops are compared with Shopify'],
  deed: ['a sequence sets a tag, a metafield or tells another system', 'steps of sequences are carried out'],
  review: ['a held review is published', 'held reviews are published'],
  question: ['a held question is published', 'held questions are published'],
  'review-photo': ['a photo of a review is fetched', 'photos of reviews are fetched'],
  rating: ['Shopify is told of a product’s stars', 'Shopify is told of products’ stars'],
  reward: ['a reward is released', 'rewards are released'],
};

export async function upcoming(
  state: State,
  due: DueReader,
  now: number,
  limit: number,
): Promise<Upcoming[]> {
  const moments = await due.list(limit).catch(() => []);
  const all: Upcoming[] = moments.map(({ at, kind, domain, count }) => ({
    at: instant(Math.max(at, now)),
    what: inWords(kind, count),
    shop: domain,
  }));
  for (const delivery of state.deliveries) {
    if (delivery.state !== 'waiting' || !delivery.nextAt) continue;
    all.push({
      at: delivery.nextAt,
      what: `${delivery.topic} is sent again (try ${delivery.attempts.length + 1})`,
      shop: delivery.shop,
    });
  }
  for (const fault of state.faults) {
    if (fault.until && Date.parse(fault.until) > now)
      all.push({ at: fault.until, what: `${describeFault(fault)} is over`, shop: null });
  }
  return all.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).slice(0, limit);
}

function inWords(kind: string, count: number): string {
  const [one, many] = WORDS[kind] ?? [`${kind} is due`, `${kind}s are due`];
  return count === 1 ? one : `${count} ${many}`;
}
