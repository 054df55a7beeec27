/** Conversations of customers who are answered sooner than others. */
import type { SqlTx } from '../db.server.ts';
import { recomputed } from './clock.ts';
import { addEntries, lockConversations, savePromised } from './rows.server.ts';
import { promisesOfShop } from './settings.server.ts';

const PACE = 'update conversation set pace = $3 where shop_id = $1 and id = any($2::uuid[])';

export interface Hurry {
  shopId: bigint;
  id: string;
  /** Per cent of the promised time, 1…100. */
  pace: number;
  /** Of the customer: why. */
  stage: string;
}

/** Gives them less time to be answered in, as a happening that says why; what is answered already stays as it is. */
export async function hurry(tx: SqlTx, all: readonly Hurry[], now: Date): Promise<void> {
  for (const { shopId, id, pace, stage } of all) {
    const [one] = await lockConversations(tx, shopId, [id]);
    if (!one || (one.pace ?? 100) <= pace) continue;
    await tx.sql(PACE, [shopId, [id], pace]);
    await savePromised(tx, [recomputed({ ...one, pace }, await promisesOfShop(tx, shopId), now)]);
    const data = { code: 'hurried', pace, stage };
    await addEntries(tx, [{ shopId, conversationId: id, kind: 'happening', at: now, data }], now);
  }
}
