/** Several programmes a shop: whose is which, what changing one does, and what friends' orders earn by it. */
import { describe, expect, test } from 'vitest';
import type { Audience } from '../../../app/referrals/audience.ts';
import { MOST_PROGRAMS } from '../../../app/referrals/codes.ts';
import { defaultTerms } from '../../../app/referrals/program.ts';
import {
  createProgram,
  explainFor,
  issueCodes,
  listPrograms,
  mint,
  offerOf,
  orderPrograms,
  programOf,
  reserveCodes,
  saveProgram,
  type ProgramChange,
} from '../../../app/referrals/referrals.server.ts';
import { termsSchema } from '../../../app/referrals/terms.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { codesAtShopify } from '../../discounts.ts';
import { testDb } from '../../database.ts';
import { anOrder, at, customerOf, daysAfter, takeIn } from '../../friends.ts';
import { paidAt, programmesOn } from './programme.ts';

const t = testDb();
const { aProgramme, list, ledger } = programmesOn(t);
const now = at('10T12:00:00');

interface Making extends Partial<Omit<ProgramChange, 'terms'>> {
  terms?: object;
}

/** A programme that is on, before all others. */
async function another(shop: Shop, { terms = {}, name = 'Another', ...rest }: Making = {}) {
  return t.db.inShop(shop.id, async (tx) => {
    const whole = termsSchema.parse({ ...defaultTerms(shop.currency), ...terms });
    const audience: Audience = rest.audience ?? { stages: [], tags: [], never: [] };
    const made = (await createProgram(tx, shop.id, { name, terms: whole, audience }, now))!;
    return (await saveProgram(
      tx,
      { shopId: shop.id, id: made.id },
      { status: 'on', ...rest, terms: whole },
      now,
    ))!;
  });
}

const change = (shop: Shop, id: string, terms: object, status: 'on' | 'off' = 'on') =>
  t.db.inShop(shop.id, async (tx) => {
    const program = (await programOf(tx, shop.id, id))!;
    const changed = termsSchema.parse({ ...program.terms, ...terms });
    await saveProgram(tx, { shopId: shop.id, id }, { status, terms: changed }, now);
  });

async function aCustomer(shop: Shop, { firstName, tags }: { firstName?: string; tags?: string[] } = {}) {
  const order = anOrder(shop);
  await takeIn(t.db, [order]);
  const id = await customerOf(t.db, order);
  await t.db.sqlAcrossShops(
    'update customer set first_name = $3, tags = coalesce($4, tags) where shop_id = $1 and id = $2',
    [shop.id, id, firstName ?? null, tags ?? null],
  );
  return id;
}

const issue = (shop: Shop, customerId: string) =>
  t.db.inShop(shop.id, async (tx) => (await issueCodes(tx, [{ shopId: shop.id, customerId }], now))[0]);

function minting(shop: Shop) {
  const shopify = codesAtShopify();
  const deps = {
    db: t.db,
    codes: shopify.shopify,
    codeKey: Buffer.alloc(32, 3),
    now: () => now,
    wait: () => Promise.resolve(),
  };
  return { ...shopify, run: () => mint(deps, { shopId: String(shop.id) }) };
}

describe('whose a programme is', () => {
  test('the first that fits, by tag or stage; the others say why not', async () => {
    const { shop } = await aProgramme();
    const ambassadors = await another(shop, {
      name: 'Ambassadors',
      audience: { stages: ['family'], tags: ['Ambassador'], never: ['staff'] },
    });
    const [ana, ben, cleo] = [
      await aCustomer(shop, { tags: ['ambassador'] }),
      await aCustomer(shop),
      await aCustomer(shop, { tags: ['ambassador', 'Staff'] }),
    ];
    const why = (customerId: string) =>
      t.db.inShop(shop.id, async (tx) =>
        (await explainFor(tx, { shopId: shop.id, customerId }, now)).map(({ program, because }) => [
          program.name,
          because.fits,
          because.by,
        ]),
      );
    expect(await why(ana)).toEqual([
      ['Ambassadors', true, 'tag'],
      ['Friends', true, 'everybody'],
    ]);
    expect(await why(ben)).toEqual([
      ['Ambassadors', false, 'audience'],
      ['Friends', true, 'everybody'],
    ]);
    expect((await why(cleo))[0]).toEqual(['Ambassadors', false, 'never']);
    expect((await issue(shop, ana))?.programId).toBe(ambassadors.id);
    expect((await issue(shop, ben))?.programId).not.toBe(ambassadors.id);
    await t.db.inShop(shop.id, async (tx) => {
      const ids = (await listPrograms(tx, shop.id)).map(({ id }) => id);
      await orderPrograms(tx, shop.id, ids.toReversed(), now);
    });
    expect((await why(ana))[0]).toEqual(['Friends', true, 'everybody']);
  });

  test('none before its first day, after its last, off, or with sums in a currency that is not the shop’s any more', async () => {
    const { shop } = await aProgramme();
    const [usual] = await t.db.inShop(shop.id, (tx) => listPrograms(tx, shop.id));
    const customerId = await aCustomer(shop);
    for (const terms of [
      { from: '2026-05-11' },
      { until: '2026-05-09' },
      { advocate: { amount: 500, currency: 'DEM' } },
    ]) {
      await change(shop, usual!.id, { from: null, until: null, ...terms });
      expect(await issue(shop, customerId)).toBeUndefined();
      const ask = { shop, customerId, locale: 'en', issue: true };
      expect(await t.db.inShop(shop.id, (tx) => offerOf(tx, ask, now))).toEqual({ state: 'none' });
    }
    await change(shop, usual!.id, { ...defaultTerms('EUR'), from: '2026-05-10', until: '2026-05-10' });
    expect(await issue(shop, customerId)).toMatchObject({ customerId });
  });

  test('a shop has as many as there are signs to tell them apart', async () => {
    const { shop } = await aProgramme();
    const numbers = new Set<number>();
    for (let i = 1; i < MOST_PROGRAMS; i++) numbers.add((await another(shop)).number);
    expect(numbers.size).toBe(MOST_PROGRAMS - 1);
    const begins = { name: 'x', terms: defaultTerms('EUR'), audience: { stages: [], tags: [], never: [] } };
    expect(await t.db.inShop(shop.id, (tx) => createProgram(tx, shop.id, begins, now))).toBeNull();
  });
});

describe('right after a good answer', () => {
  test.each([
    ['happy', true, true],
    ['returning', false, true],
    ['never', false, false],
  ])('%s: a first buyer gets a code %s, one who comes back %s', async (onThankYou, first, back) => {
    const { shop } = await aProgramme();
    const [usual] = await t.db.inShop(shop.id, (tx) => listPrograms(tx, shop.id));
    await change(shop, usual!.id, { onThankYou });
    const [ana, ben] = [await aCustomer(shop), await aCustomer(shop)];
    await t.db.sqlAcrossShops('update customer set orders_count = 2 where shop_id = $1 and id = $2', [
      shop.id,
      ben,
    ]);
    const shown = async (customerId: string, issue: boolean) => {
      const ask = { shop, customerId, locale: 'en', issue };
      return (await t.db.inShop(shop.id, (tx) => offerOf(tx, ask, now))).state;
    };
    for (const [customerId, gets] of [
      [ana, first],
      [ben, back],
    ] as const) {
      expect(await shown(customerId, true)).toBe(gets ? 'ready' : 'none');
      expect(await shown(customerId, false)).toBe(gets ? 'ready' : 'none');
    }
    // A mail that invites comes later, whatever is said of that page.
    expect(await issue(shop, ana)).toMatchObject({ usable: true });
    expect(await shown(ana, false)).toBe('ready');
  });
});

describe('codes', () => {
  test('are made with their names when they order, and given at once when it is time', async () => {
    const { shop } = await aProgramme();
    const zoe = await aCustomer(shop, { firstName: 'Zoë' });
    const reserve = () =>
      t.db.inShop(shop.id, (tx) => reserveCodes(tx, [{ shopId: shop.id, customerId: zoe }], now));
    expect(await reserve()).toBe(1);
    expect(await reserve()).toBe(0);
    const { run, codes } = minting(shop);
    expect(await run()).toEqual({ outcome: 'done' });
    const issued = await issue(shop, zoe);
    expect(issued).toMatchObject({ code: expect.stringMatching(/^ZOE-.{6}$/), usable: true, isNew: true });
    expect(codes.has(issued!.code)).toBe(true);
  });

  test('that are made while they are given end as one', async () => {
    const { shop } = await aProgramme();
    const customers = await Promise.all(
      Array.from({ length: 6 }, () => aCustomer(shop, { firstName: 'Zoë' })),
    );
    const wishes = customers.map((customerId) => ({ shopId: shop.id, customerId }));
    const reserve = () => t.db.inShop(shop.id, (tx) => reserveCodes(tx, wishes, now));
    const issued = await Promise.all([
      ...customers.map((customerId) => issue(shop, customerId)),
      reserve(),
      ...customers.map((customerId) => issue(shop, customerId)),
      reserve(),
    ]);
    const given = issued
      .filter((each) => typeof each === 'object')
      .map(({ customerId, code }) => `${customerId} ${code}`);
    expect(new Set(given).size).toBe(6);
  });

  test('one that is not ready yet gives way to one from the pool, and is taken away at Shopify', async () => {
    const { shop } = await aProgramme();
    const zoe = await aCustomer(shop, { firstName: 'Zoë' });
    await t.db.inShop(shop.id, (tx) => reserveCodes(tx, [{ shopId: shop.id, customerId: zoe }], now));
    expect(await issue(shop, zoe)).toMatchObject({ code: expect.stringMatching(/^FRIEND-/), usable: true });
    const { run, codes } = minting(shop);
    await run();
    expect([...codes.keys()].filter((code) => code.startsWith('ZOE'))).toEqual([]);
  });

  test('another kind of offer is another discount at Shopify, and every code stays the same', async () => {
    const { shop, advocateId, code } = await aProgramme();
    const { run, parents, codes } = minting(shop);
    await run();
    const [usual] = await t.db.inShop(shop.id, (tx) => listPrograms(tx, shop.id));
    const [before] = parents.keys();
    await change(shop, usual!.id, { friend: { kind: 'free-shipping', value: {} } });
    await run();
    expect([...parents.values()]).toMatchObject([{ offer: { kind: 'free-shipping' } }]);
    expect([...parents.keys()]).not.toContain(before);
    expect(codes.has(code)).toBe(true);
    expect((await issue(shop, advocateId))?.code).toBe(code);
    const given = await t.db.sqlAcrossShops(
      `select from event where shop_id = $1 and kind = 'code.issued' and customer_id = $2`,
      [shop.id, advocateId],
    );
    expect(given).toHaveLength(1);
  });
});

describe('a friend’s order', () => {
  test('keeps what was agreed when it was paid, though the programme gives less since, or is off', async () => {
    const { shop, code, settle } = await aProgramme();
    const [usual] = await t.db.inShop(shop.id, (tx) => listPrograms(tx, shop.id));
    await change(shop, usual!.id, { returnDays: 3 });
    await takeIn(t.db, [anOrder(shop, { codes: [code], at: paidAt })]);
    await settle(paidAt);
    await change(shop, usual!.id, { advocate: { percent: 1 }, returnDays: 90 }, 'off');
    await settle(daysAfter(paidAt, 2));
    expect(await ledger(shop)).toMatchObject([{ state: 'held' }]);
    await settle(daysAfter(paidAt, 3));
    expect(await ledger(shop)).toMatchObject([{ state: 'issued', value: { amount: 1000, currency: 'EUR' } }]);
  });

  test.each([
    [
      { kind: 'commission', value: { percent: 7 } },
      { kind: 'commission', value: { amount: 349, currency: 'EUR' } },
    ],
    [
      { kind: 'store-credit', value: { amount: 500, currency: 'EUR', others: { USD: 600 } } },
      { kind: 'store-credit', value: { amount: 600, currency: 'USD' } },
    ],
    [
      { kind: 'points', value: { points: 40 } },
      { kind: 'points', value: { points: 40 } },
    ],
    [
      { kind: 'donation', value: { amount: 300, currency: 'EUR', to: 'The bees' } },
      { kind: 'donation', value: { amount: 300, currency: 'EUR', to: 'The bees' } },
    ],
  ])('earns what the programme says: %j', async (advocate, earned) => {
    const { shop, code, settle } = await aProgramme({ change: { presentCurrency: 'USD' } });
    const [usual] = await t.db.inShop(shop.id, (tx) => listPrograms(tx, shop.id));
    await change(shop, usual!.id, { advocate });
    await takeIn(t.db, [anOrder(shop, { codes: [code], at: paidAt, total: 4990n })]);
    await settle(paidAt);
    expect(await ledger(shop)).toMatchObject([{ state: 'held', ...earned }]);
  });

  test('with two friends’ codes counts for the last of them, and says so', async () => {
    const { shop, code, settle } = await aProgramme();
    const other = await another(shop);
    const ben = await aCustomer(shop);
    await minting(shop).run();
    const second = (await issue(shop, ben))!;
    expect(second.programId).toBe(other.id);
    await takeIn(t.db, [anOrder(shop, { codes: [code, second.code, 'SUMMER'], at: paidAt })]);
    await settle(paidAt);
    expect(await list(shop)).toMatchObject([
      { code: second.code, also: [code], advocateId: ben, via: 'code' },
    ]);
  });

  test('without a code counts by the link that they came by, while the programme is on; a code counts before a link', async () => {
    const { shop, code, settle } = await aProgramme();
    const [usual] = await t.db.inShop(shop.id, (tx) => listPrograms(tx, shop.id));
    const byLink = (with_: object = {}) =>
      anOrder(shop, { at: paidAt, change: { invitedBy: code }, ...with_ });
    await another(shop);
    await minting(shop).run();
    const ben = (await issue(shop, await aCustomer(shop)))!;
    await takeIn(t.db, [byLink()]);
    await settle(paidAt);
    await takeIn(t.db, [byLink({ codes: [ben.code] })]);
    await settle(paidAt);
    expect(await list(shop)).toMatchObject([
      { code: ben.code, via: 'code', also: [code] },
      { code, via: 'link', also: [] },
    ]);
    await change(shop, usual!.id, {}, 'off');
    await takeIn(t.db, [byLink()]);
    await settle(paidAt);
    expect(await list(shop)).toHaveLength(2);
  });

  test('is for nobody with a code of another shop, of somebody erased, or that nobody was told of', async () => {
    const [mine, theirs] = [await aProgramme(), await aProgramme()];
    const zoe = await aCustomer(mine.shop, { firstName: 'Zoë' });
    await t.db.inShop(mine.shop.id, (tx) =>
      reserveCodes(tx, [{ shopId: mine.shop.id, customerId: zoe }], now),
    );
    await t.db.sqlAcrossShops(
      `update referral_code set state = 'revoked', customer_id = null where shop_id = $1 and code = $2`,
      [mine.shop.id, mine.code],
    );
    const [reserved] = await t.db.sqlAcrossShops<{ code: string }>(
      `select code from referral_code where shop_id = $1 and state = 'reserving'`,
      [mine.shop.id],
    );
    const orders = [theirs.code, mine.code, reserved!.code].map((code) =>
      anOrder(mine.shop, { codes: [code], at: paidAt }),
    );
    await takeIn(t.db, orders);
    await mine.settle(paidAt);
    expect(await list(mine.shop)).toEqual([]);
  });

  test('more than a month may bring waits for the merchant', async () => {
    const { shop, code, settle } = await aProgramme();
    const [usual] = await t.db.inShop(shop.id, (tx) => listPrograms(tx, shop.id));
    await change(shop, usual!.id, { perMonth: 2 });
    const orders = [0, 1, 2].map(() => anOrder(shop, { codes: [code], at: paidAt }));
    for (const order of orders) await takeIn(t.db, [order]);
    await settle(paidAt);
    const states = (await list(shop)).map(({ state, reasons }) => [state, reasons]);
    expect(states).toEqual([
      ['held', ['too-many']],
      ['pending', []],
      ['pending', []],
    ]);
  });

  test('that is the third earns something more, once; undone it is taken back, and can be earned again', async () => {
    const { shop, code, settle } = await aProgramme();
    const [usual] = await t.db.inShop(shop.id, (tx) => listPrograms(tx, shop.id));
    await change(shop, usual!.id, { tiers: [{ friends: 3, reward: { percent: 50 } }] });
    const order = (day: number) => anOrder(shop, { codes: [code], at: daysAfter(paidAt, day) });
    const orders = [order(0), order(0), order(0)];
    await takeIn(t.db, orders, paidAt);
    await settle(paidAt);
    const halves = async () =>
      (await ledger(shop)).filter(({ value }) => 'percent' in value).map(({ state }) => state);
    expect(await halves()).toEqual([]);
    await settle(daysAfter(paidAt, 14));
    await settle(daysAfter(paidAt, 15));
    expect(await halves()).toEqual(['issued']);

    const undone = { ...orders[0]!, updatedAt: daysAfter(paidAt, 16), cancelledAt: daysAfter(paidAt, 16) };
    await takeIn(t.db, [undone]);
    await settle(daysAfter(paidAt, 16));
    expect(await halves()).toEqual(['clawed-back']);
    await takeIn(t.db, [order(17)], daysAfter(paidAt, 17));
    await settle(daysAfter(paidAt, 17));
    await settle(daysAfter(paidAt, 40));
    expect((await halves()).toSorted()).toEqual(['clawed-back', 'issued']);
  });
});
