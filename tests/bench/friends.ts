/** Friends and family: how long a shop's new rules of closeness take to reach everybody. */
import { stagesOfMany } from './friends/stages.ts';

/** @param quick a tenth of the customers, scaled up */
export async function bench({ quick }: { quick: boolean }): Promise<Record<string, number>> {
  return stagesOfMany(quick ? 100_000 : 1_000_000);
}
