/**
 * Friends and family: how long a customer waits for a code and for a friend to be seen, whether codes run out, how quickly the
 * advocate's page is there, and how long a shop's new rules of closeness take to reach everybody.
 */
import { journeysOf } from './friends/journeys.ts';
import { poolUnderLoad } from './friends/pool.ts';
import { stagesOfMany } from './friends/stages.ts';

/** @param quick fewer visits, a shorter rush, and a tenth of the customers, scaled up */
export async function bench({ quick }: { quick: boolean }): Promise<Record<string, number>> {
  const journeys = await journeysOf(quick ? 30 : 200);
  const pool = await poolUnderLoad(quick ? 15 : 60);
  return { ...journeys, ...pool, ...(await stagesOfMany(quick ? 100_000 : 1_000_000)) };
}
