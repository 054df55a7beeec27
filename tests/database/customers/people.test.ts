/** Who is who: identity, joins, consent, preferences, signs and stages. */
import { beforeEach, expect, test } from 'vitest';
import {
  customerByShopifyId,
  customersByIds,
  followMerge,
  makeStageLoop,
  noteSigns,
  pauseCustomer,
  preferencesOf,
  refreshStages,
  savePreferences,
  setConsent,
  timelineOf,
  upsertCustomers,
} from '../../../app/customers/customers.server.ts';
import { NO_PREFERENCES } from '../../../app/customers/customer.ts';
import type { PersonSnapshot } from '../../../app/customers/person.ts';
import type { ShopTx } from '../../../app/db.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { ordersDeps } from '../../inbox.ts';

const t = testDb();
const now = new Date('2026-06-01T12:00:00Z');
const at = (day: number) => new Date(Date.UTC(2026, 4, day));
let shop: Shop;
beforeEach(async () => void (shop = await aShop(t.db)));

const inShop = <T>(work: (tx: ShopTx) => Promise<T>) => t.db.inShop(shop.id, work);
const upsert = async (...people: Partial<PersonSnapshot>[]) => {
  const whole = people.map((person): PersonSnapshot => ({
    shopId: shop.id,
    shopifyId: null,
    at: at(1),
    ...person,
  }));
  return (await inShop((tx) => upsertCustomers(tx, whole, now, ordersDeps))).ids;
};
const read = async (id: string | null | undefined) =>
  (await inShop((tx) => customersByIds(tx, [{ shopId: shop.id, id: id! }]))).get(id!)!;
const linesOf = async (id: string) => {
  const { entries } = await inShop((tx) => timelineOf(tx, { shopId: shop.id, id }, {}));
  return entries.map(({ code }) => code);
};
const eventsOf = async () =>
  (
    await t.db.sqlAcrossShops<{ kind: string }>('select kind from event where shop_id = $1 order by id', [
      shop.id,
    ])
  ).map(({ kind }) => kind);

test('a guest is known by e-mail, whatever its spelling, else by phone', async () => {
  const ids = await upsert(
    { email: 'Ada.Lima@gmail.com' },
    { email: 'adalima+shop@googlemail.com' },
    { phone: '+4915123456789' },
    {
      phone: '0151 23456789',
      address: { country: 'DE', province: null, city: null, zip: null, street: null },
    },
    {},
  );
  expect(ids[0]).toBe(ids[1]);
  expect(ids[2]).toBe(ids[3]);
  expect(ids[2]).not.toBe(ids[0]);
  expect(ids[4]).toBeNull();
});

test('two people at once make one customer, over two transactions', async () => {
  const [one, two] = await Promise.all([
    upsert({ email: 'same@example.com' }),
    upsert({ email: 'same@example.com' }),
  ]);
  expect(one).toEqual(two);
});

test('an account takes up the guest with its e-mail; nobody else takes an account', async () => {
  const [guest] = await upsert({ email: 'ada@example.com', firstName: 'Guest' });
  const [account] = await upsert({ shopifyId: 11n, email: 'ada@example.com', firstName: 'Ada', at: at(2) });
  expect(account).toBe(guest);
  const [alias] = await upsert({ shopifyId: 12n, email: 'ada+two@example.com', at: at(3) });
  expect(alias).not.toBe(account);
  const [orderAsGuest] = await upsert({ email: 'ada@example.com', firstName: 'Wrong', at: at(9) });
  expect(orderAsGuest).toBe(account);
  expect(await read(account)).toMatchObject({ shopifyId: 11n, firstName: 'Ada' });
});

test('the newest profile counts, whatever came last', async () => {
  await upsert({ shopifyId: 11n, email: 'new@example.com', firstName: 'New', at: at(5) });
  const [id] = await upsert({ shopifyId: 11n, email: 'old@example.com', firstName: 'Old', at: at(2) });
  expect(await read(id)).toMatchObject({ email: 'new@example.com', firstName: 'New' });
});

test('a guest whose account turns up elsewhere is joined with it, story and all', async () => {
  const [account] = await upsert({ shopifyId: 11n });
  const [guest] = await upsert({ email: 'ada@example.com' });
  expect(guest).not.toBe(account);
  const consent = {
    shopId: shop.id,
    customerId: guest!,
    channel: 'email',
    state: 'subscribed',
    source: 'checkout',
    at: at(1),
  } as const;
  await inShop((tx) => setConsent(tx, [consent], now));
  const [joined] = await upsert({ shopifyId: 11n, email: 'ada@example.com', at: at(2) });
  expect(joined).toBe(account);
  expect(await read(guest)).toMatchObject({ id: account, consent: { email: { state: 'subscribed' } } });
  expect((await linesOf(account!)).sort()).toEqual(['consent-changed', 'customer-merged']);
  expect(await eventsOf()).toEqual(['customer.consent-changed', 'customer.merged']);
});

test('a merge at Shopify is followed, whichever of the two was known', async () => {
  const merge = { shopId: shop.id, keptShopifyId: 21n, goneShopifyId: 22n };
  await inShop((tx) => followMerge(tx, merge, now));
  const [kept, gone] = await upsert(
    { shopifyId: 21n, email: 'kept@example.com' },
    { shopifyId: 22n, email: 'gone@example.com' },
  );
  expect(gone).toBe(kept);
  const [third] = await upsert({ shopifyId: 23n, email: 'third@example.com' });
  await inShop((tx) => followMerge(tx, { shopId: shop.id, keptShopifyId: 23n, goneShopifyId: 21n }, now));
  expect(await inShop((tx) => customerByShopifyId(tx, shop.id, 22n))).toMatchObject({ id: third });
  expect(await upsert({ shopifyId: 22n }, { shopifyId: 21n })).toEqual([third, third]);
});

test('consent only moves forward, and of one moment the stricter counts', async () => {
  const [id] = await upsert({ email: 'ada@example.com' });
  const change = (state: 'subscribed' | 'unsubscribed' | 'not-subscribed', day: number) =>
    inShop((tx) =>
      setConsent(
        tx,
        [{ shopId: shop.id, customerId: id!, channel: 'email', state, source: 'shopify', at: at(day) }],
        now,
      ),
    );
  expect(await change('not-subscribed', 1)).toHaveLength(0);
  expect(await change('subscribed', 3)).toHaveLength(1);
  expect(await change('unsubscribed', 2)).toHaveLength(0);
  expect(await change('unsubscribed', 3)).toHaveLength(1);
  expect(await change('subscribed', 3)).toHaveLength(0);
  expect((await read(id)).consent.email).toMatchObject({ state: 'unsubscribed', at: at(3) });
  expect(await eventsOf()).toEqual(['customer.consent-changed', 'customer.consent-changed']);
});

test('preferences name what has changed, once; staff can pause', async () => {
  const [id] = await upsert({ email: 'ada@example.com' });
  const ref = { shopId: shop.id, id: id! };
  const chosen = { ...NO_PREFERENCES, locale: 'es', hour: 18 };
  await inShop((tx) => savePreferences(tx, ref, chosen, now));
  await inShop((tx) => savePreferences(tx, ref, chosen, now));
  await inShop((tx) => pauseCustomer(tx, ref, true, now));
  const { entries } = await inShop((tx) => timelineOf(tx, ref, {}));
  expect(entries.map(({ data }) => data).reverse()).toEqual([
    { changed: ['locale', 'hour'] },
    { changed: ['pausedUntil'] },
  ]);
  expect(await inShop((tx) => preferencesOf(tx, ref))).toMatchObject({
    hour: 18,
    pausedUntil: expect.any(Date),
  });
  await inShop((tx) => pauseCustomer(tx, ref, false, now));
  expect(await read(id)).toMatchObject({ locale: 'es', preferences: chosen });
});

test('signs move the stage, once each; silence moves it back', async () => {
  const [id] = await upsert({ email: 'ada@example.com' });
  const ref = { shopId: shop.id, id: id! };
  const sign = (some: object) =>
    inShop(async (tx) => {
      await noteSigns(tx, [{ ...ref, ...some }]);
      await refreshStages(tx, [ref, ref], now);
    });
  await sign({ friends: 1, heardAt: at(2), score: 5 });
  await sign({ friends: 1, heardAt: at(1), score: 1 });
  expect(await read(id)).toMatchObject({
    stage: 'family',
    friends: 2,
    lastScore: 5,
    stageReason: { code: 'signs', signs: ['friends=2'] },
  });
  await t.db.sqlAcrossShops('update customer set active_at = $2 where id = $1', [id, at(1)]);
  const later = new Date(now.getTime() + 400 * 86_400_000);
  const loop = makeStageLoop({ db: t.db });
  expect(await loop(later)).toBeGreaterThan(0);
  expect(await loop(later)).toBe(0);
  expect(await read(id)).toMatchObject({ stage: 'friend', stageReason: { code: 'quiet' } });
  expect((await eventsOf()).filter((kind) => kind === 'customer.stage-changed')).toHaveLength(2);
});

test('a timeline is read page by page, newest first, by kind', async () => {
  const [id] = await upsert({ email: 'ada@example.com' });
  const ref = { shopId: shop.id, id: id! };
  const { addTimeline } = await import('../../../app/customers/customers.server.ts');
  const notes = Array.from(
    { length: 25 },
    (_, n) =>
      ({
        shopId: shop.id,
        customerId: id!,
        at: at(1 + (n % 5)),
        kind: 'note',
        code: 'note-written',
        data: { text: `${n} \0 \ud800`, by: 'me' },
      }) as const,
  );
  await inShop((tx) =>
    addTimeline(
      tx,
      [
        ...notes,
        {
          shopId: shop.id,
          customerId: id!,
          at: at(9),
          kind: 'order',
          code: 'order-paid',
          data: { order: '#1' },
        },
      ],
      now,
    ),
  );
  const seen: string[] = [];
  let before: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof timelineOf>> = await inShop((tx) =>
      timelineOf(tx, ref, { kinds: ['note'], before, limit: 10 }),
    );
    seen.push(...page.entries.map(({ id: entry }) => entry));
    before = page.next;
  } while (before);
  expect(new Set(seen).size).toBe(25);
});
