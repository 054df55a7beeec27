/** Answers that are given at the block of a shop. */
import { answer, answerLocks, blockView, type BlockAsk } from '../../../app/feedback/feedback.server.ts';
import type { TestDatabase } from '../../database.ts';
import { at, needs, type saying } from '../../friends.ts';

export const now = at('10T12:05:00');
export const LOVELY = { question: 'buying', value: 5 };

/** On a test file's own database; call once at its top. */
export const answeringOn = (t: TestDatabase) => ({
  give: (ask: BlockAsk, input: Awaited<ReturnType<typeof saying>>) =>
    t.db.inShopBySql(ask.shop.id, (tx) => answer(tx, ask, input, needs, now), answerLocks(ask)),
  look: (ask: BlockAsk) => t.db.inShop(ask.shop.id, (tx) => blockView(tx, ask, needs, now)),
  async count(shopId: bigint): Promise<number> {
    const rows = await t.db.sqlAcrossShops('select 1 from answer where shop_id = $1', [shopId]);
    return rows.length;
  },
});
