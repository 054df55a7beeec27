/** The corpus of fraud in small: every pattern, by the real rules over real tables; and a twin of the rules that it catches. */
import { describe, expect, test } from 'vitest';
import { evidenceOf, type Gathered } from '../../../app/referrals/evidence.server.ts';
import { signalsOf } from '../../../app/referrals/fraud.ts';
import { verdictOf } from '../../../app/referrals/signals.ts';
import { termsSchema } from '../../../app/referrals/terms.ts';
import { ordersByIds } from '../../../app/orders/orders.server.ts';
import { testDb } from '../../database.ts';
import { corpusOf, PATTERNS } from '../../fraud-corpus.ts';
import { figuresOf, runCorpus } from '../../fraud-run.ts';
import { aFriendlyShop, anOrder, customerOf, takeIn } from '../../friends.ts';

const t = testDb();

test('two of each pattern: who refers themselves is held, households and offices are not refused', async () => {
  const shop = await aFriendlyShop(t.db, { pool: 0 });
  await t.db.sqlAcrossShops(
    `update program set terms = terms || '{"perAdvocate": null}' where shop_id = $1`,
    [shop.id],
  );
  const judged = await runCorpus(t.db, shop, corpusOf(7, PATTERNS.length * 2));
  const figures = figuresOf(judged);
  expect(figures.certain_held).toBeGreaterThanOrEqual(99);
  expect(figures.honest_refused).toBeLessThanOrEqual(1);
  expect(figures.suspicious_stopped).toBe(100);
  expect(figures.strangers_held).toBe(0);
  expect(judged.filter(({ pair, state }) => (pair.label === 'none') !== (state === null))).toEqual([]);
});

test('the same seed gives the same pairs, another one others', () => {
  expect(PATTERNS).toHaveLength(25);
  expect(corpusOf(1, 50)).toEqual(corpusOf(1, 50));
  expect(corpusOf(2, 50)).not.toEqual(corpusOf(1, 50));
});

describe('a source that is down', () => {
  /** How many of an advocate's own orders would be let through by these rules, with nothing but a new name and mailbox. */
  async function letThrough(judge: (evidence: Gathered) => 'pending' | 'held' | 'refused', break_: string) {
    const shop = await aFriendlyShop(t.db, { pool: 0 });
    const home = { address: '198.51.100.9', agent: 'One' };
    const own = anOrder(shop, { browser: home });
    const orders = [0, 1, 2].map(() => anOrder(shop, { browser: home }));
    await takeIn(t.db, [own, ...orders]);
    const advocateId = await customerOf(t.db, own);
    await t.db.sqlAcrossShops(break_, [shop.id]);
    const terms = termsSchema.parse({ friend: { percent: 10 }, advocate: { percent: 10 } });
    const evidence = await t.db.acrossShops(async (tx) => {
      const refs = orders.map(({ shopId, id }) => ({ shopId, id }));
      const known = [...(await ordersByIds(tx, refs)).values()];
      const pairs = known.map((order) => ({ shop, order, advocateId, terms }));
      return evidenceOf(tx, pairs, true);
    });
    return evidence.filter((each) => judge(each) === 'pending').length;
  }
  const ours = (evidence: Gathered) => verdictOf(signalsOf({ ...evidence, tooMany: false, tooFast: false }));
  /** What cannot be looked up is taken for nothing to see: as rules do that fail open. */
  const twin = (evidence: Gathered) =>
    ours({
      ...evidence,
      risk: evidence.risk ?? 'none',
      likeness: {
        ...(evidence.likeness ?? {
          withAdvocate: new Set(),
          ring: null,
          again: false,
          others: 0,
          nearby: 0,
          referrer: null,
        }),
        isPlaced: true,
      },
    });

  test.each([
    ['traces', 'delete from order_trace where shop_id = $1'],
    [
      'where orders came from',
      'update order_trace set browser = null, network = null, area = null where shop_id = $1',
    ],
  ])('%s: everything is held; rules that fail open are caught', async (_name, break_) => {
    expect(await letThrough(ours, break_)).toBe(0);
    expect(await letThrough(twin, break_)).toBe(3);
  });

  test('with all sources up the same orders are held for what they are', async () => {
    const risk = `insert into order_check (shop_id, order_id, risk, risk_at) select shop_id, id, 'none', now() from orders where shop_id = $1`;
    expect(await letThrough(ours, risk)).toBe(0);
    expect(await letThrough(twin, risk)).toBe(0);
  });
});
