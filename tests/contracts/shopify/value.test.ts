/** Store credit and gift cards, through the real client against Shopify's real schema. */
import { beforeAll, expect, test } from 'vitest';
import type { GiftCards, StoreCredits, WantedCard } from '../../../app/rewards/credits.ts';
import { rewardTitle } from '../../../app/rewards/reward.ts';
import { testDb } from '../../database.ts';
import { testShopify } from '../../shopify.ts';

const t = testDb();
const shopify = testShopify(t);
let domain: string;
let credits: StoreCredits;
let cards: GiftCards;
let customerShopifyId: bigint;

const SCOPES = [
  'read_store_credit_account_transactions',
  'read_store_credit_accounts',
  'write_gift_cards',
  'write_store_credit_account_transactions',
];

beforeAll(async () => {
  ({ domain } = (await shopify.open()).shop);
  const { giftCards, storeCredits } = await import('../../../app/adapters/shopify/value.server.ts');
  [credits, cards] = [storeCredits(shopify.admin), giftCards(shopify.admin)];
  const { body } = await shopify.control('POST', 'customers', { email: 'ana@example.com' });
  customerShopifyId = BigInt((body as { id: string }).id.split('/').at(-1)!);
});

const ask = (amount: bigint, currency = 'EUR') => ({ customerShopifyId, amount, currency });

test('without the scopes it is refused by name, and nothing is given', async () => {
  expect(await credits.accountOf(domain, customerShopifyId, 'EUR')).toMatchObject({
    outcome: 'refused',
    reason: 'ACCESS_DENIED',
  });
  await shopify.control('POST', 'scopes', { scopes: SCOPES });
  expect(await credits.accountOf(domain, customerShopifyId, 'EUR')).toEqual({
    outcome: 'ok',
    account: { balance: 0n, credits: [], debits: [] },
  });
});

test('store credit is given, used and taken to the cent, and told apart from what orders took', async () => {
  const expiresAt = new Date(Math.ceil(Date.now() / 1000) * 1000 + 86_400_000);
  const given = await credits.give(domain, { ...ask(1050n), expiresAt });
  expect(given.outcome).toBe('done');
  const { id } = given as { id: string };
  await credits.give(domain, { ...ask(500n), expiresAt: null });
  const { body } = await shopify.control('GET', 'credits');
  const [account] = body as { id: string }[];
  await shopify.control('POST', `credits/${account!.id.split('/').at(-1)}/spend`, { amount: '3.25' });
  const taken = await credits.take(domain, ask(725n));
  expect(taken.outcome).toBe('done');
  const seen = await credits.accountOf(domain, customerShopifyId, 'EUR');
  expect(seen).toMatchObject({
    outcome: 'ok',
    account: { balance: 500n, debits: [{ id: (taken as { id: string }).id, amount: 725n }] },
  });
  const lines = (seen as { account: { credits: object[] } }).account.credits;
  expect(lines).toContainEqual({ id, amount: 1050n, remaining: 0n, lapsed: 0n, expiresAt });
  expect(lines).toContainEqual(expect.objectContaining({ amount: 500n, remaining: 500n, expiresAt: null }));
  expect(await credits.take(domain, ask(501n))).toEqual({ outcome: 'too-little' });
});

test('a currency the shop does not know and a customer who is not there have words of their own', async () => {
  const never = { expiresAt: null };
  expect(await credits.give(domain, { ...ask(500n, 'TRY'), ...never })).toEqual({
    outcome: 'refused',
    reason: 'currency-gone',
  });
  expect(await credits.give(domain, { ...ask(500n), customerShopifyId: 1n, ...never })).toEqual({
    outcome: 'refused',
    reason: 'no-account',
  });
  expect(await credits.accountOf(domain, 1n, 'EUR')).toEqual({ outcome: 'no-customer' });
});

test('what bears our name there is read page by page, with whose it is and what it is worth', async () => {
  const id = '01890000-0000-7000-8000-000000000001';
  const { rewardDiscounts } = await import('../../../app/adapters/shopify/discounts.server.ts');
  const { rewardsThere } = await import('../../../app/adapters/shopify/rewards-there.server.ts');
  const [discounts, there] = [rewardDiscounts(shopify.admin), rewardsThere(shopify.admin)];
  const startsAt = new Date(Date.now() - 60_000);
  const rest = { title: rewardTitle(id), customerShopifyId, startsAt, endsAt: null };
  await discounts.create(domain, { ...rest, code: 'THANKS-1', gives: { kind: 'discount', value: { percent: 15 } } });
  await discounts.create(domain, { ...rest, code: 'THANKS-2', title: 'Everafter: thank you for nothing', gives: { kind: 'free-shipping' } });
  const card = { code: 'ABCD0123456789AB', amount: 1500n, currency: 'EUR', customerShopifyId, expiresOn: '2030-01-31' };
  await cards.create(domain, { ...card, note: rewardTitle(id) });
  expect(await there.page(domain, 'code', null)).toMatchObject({
    outcome: 'ok',
    next: null,
    items: [
      {
        rewardId: id,
        code: 'THANKS-1',
        isActive: true,
        isUsed: false,
        customerShopifyId,
        given: { kind: 'discount', value: { percent: 15 } },
      },
    ],
  });
  expect(await there.page(domain, 'card', null)).toMatchObject({
    items: [
      {
        rewardId: id,
        isActive: true,
        used: 0n,
        customerShopifyId,
        given: { kind: 'gift-card', value: { amount: 1500, currency: 'EUR' } },
        endsAt: new Date('2030-02-01T12:00:00Z'),
      },
    ],
  });
});

test('a gift card is made once, found by its whole code, and ended for good', async () => {
  const wanted: WantedCard = {
    code: '0123456789ABCDEF',
    amount: 2000n,
    currency: 'EUR',
    customerShopifyId,
    expiresOn: '2030-01-31',
    note: 'Everafter: thank you (1)',
  };
  const made = await cards.create(domain, wanted);
  expect(made.outcome).toBe('created');
  const { id } = made as { id: string };
  expect(await cards.create(domain, wanted)).toEqual({ outcome: 'taken' });
  const card = { id, note: wanted.note, enabled: true, initial: 2000n, balance: 2000n };
  expect(await cards.find(domain, wanted.code)).toEqual({ outcome: 'found', card });
  expect(await cards.find(domain, 'FFFF456789ABCDEF')).toEqual({ outcome: 'none' });
  expect(await cards.deactivate(domain, id)).toEqual({ outcome: 'done' });
  expect(await cards.find(domain, wanted.code)).toMatchObject({ card: { enabled: false } });
});
