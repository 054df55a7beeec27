/**
 * Rewards, exactly once (E27 in full): 5,000 referrals, each heard of by eight at the same moment, in a storm of killed
 * workers, lost answers and late reads. Goals: double, missing, standing and unbooked 0; settled within 60 s.
 */
import type { Given } from '../../app/rewards/reward.ts';
import { hold } from '../../app/rewards/rewards.server.ts';
import { rewardStorm } from '../faults/reward-storm.ts';
import { onServer } from './engine/server.ts';

const DISCOUNT: Given = { kind: 'discount', value: { percent: 10 } };
const KINDS: readonly Given[] = [
  DISCOUNT,
  { kind: 'store-credit', value: { amount: 1000, currency: 'EUR' } },
  DISCOUNT,
  { kind: 'gift-card', value: { amount: 1500, currency: 'JPY' } },
];

/** @param quick a tenth of the referrals */
export function bench({ quick }: { quick: boolean }): Promise<Record<string, number>> {
  return onServer(async ({ db, owner, url }) => {
    await owner.query(
      `insert into shop (id, domain, created_at, updated_at) values (1, 'many.myshopify.com', now(), now())`,
    );
    const referrals = quick ? 500 : 5_000;
    const verdict = await rewardStorm({ db, url, shopId: 1n, referrals, kinds: KINDS, seed: 27 }, hold);
    const { qualifying, double, missing, standing, unbooked, kills, lost, taken, seconds } = verdict;
    return {
      referrals,
      qualifying,
      double,
      missing,
      standing,
      unbooked,
      kills,
      lost_answers: lost,
      taken,
      settled_s: Math.round(seconds * 10) / 10,
    };
  });
}
