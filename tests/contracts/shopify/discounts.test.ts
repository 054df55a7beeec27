/** What referrals and rewards ask of Shopify, through the real client against its real schema. */
import { beforeAll, expect, test } from 'vitest';
import type * as adapter from '../../../app/adapters/shopify/discounts.server.ts';
import type { ParentDiscount } from '../../../app/referrals/mint.server.ts';
import type { Goods, WantedDiscount } from '../../../app/rewards/rewards.server.ts';
import { testDb } from '../../database.ts';
import { testShopify } from '../../shopify.ts';

const t = testDb();
const shopify = testShopify(t);
let domain: string;
let rewards: ReturnType<typeof adapter.rewardDiscounts>;
let codes: ReturnType<typeof adapter.friendCodes>;
let goods: Goods;

beforeAll(async () => {
  ({ domain } = (await shopify.open()).shop);
  const { friendCodes, rewardDiscounts } = await import('../../../app/adapters/shopify/discounts.server.ts');
  rewards = rewardDiscounts(shopify.admin);
  codes = friendCodes(shopify.admin);
  goods = (await import('../../../app/adapters/shopify/value.server.ts')).goods(shopify.admin);
});

const kept = async (code: string) => {
  const { body } = await shopify.control('GET', 'discounts');
  return (body as { code: string; title: string; used: number; active: boolean; value: unknown }[]).find(
    (discount) => discount.code === code,
  );
};

const wanted = (code: string, with_: Partial<WantedDiscount> = {}): WantedDiscount => ({
  code,
  title: `Everafter: thank you (${code})`,
  gives: { kind: 'discount', value: { amount: 1050, currency: 'EUR' } },
  customerShopifyId: null,
  startsAt: new Date(Date.now() - 60_000),
  endsAt: new Date(Date.now() + 86_400_000),
  ...with_,
});

test('a reward is made once; the second time it is taken, and found as ours', async () => {
  const made = await rewards.create(domain, wanted('THANKS-AAAA'));
  expect(made).toEqual({
    outcome: 'created',
    discountId: expect.stringMatching(/^gid:\/\/shopify\/DiscountCodeNode\//),
  });
  expect(await rewards.create(domain, wanted('THANKS-AAAA'))).toEqual({ outcome: 'taken' });
  expect(await rewards.find(domain, 'THANKS-AAAA')).toEqual({
    outcome: 'found',
    discount: {
      discountId: (made as { discountId: string }).discountId,
      title: 'Everafter: thank you (THANKS-AAAA)',
      usageLimit: 1,
      used: 0,
    },
  });
  expect(await rewards.find(domain, 'THANKS-NONE')).toEqual({ outcome: 'none' });
  expect(await kept('THANKS-AAAA')).toMatchObject({ active: true, used: 0 });
});

test('a reward for one customer, in parts of the order, ends when it is taken back', async () => {
  const customer = await shopify.control('POST', 'customers', { email: 'ana@example.com' });
  const customerShopifyId = BigInt((customer.body as { id: string }).id.split('/').at(-1)!);
  const made = await rewards.create(
    domain,
    wanted('THANKS-BBBB', {
      customerShopifyId,
      gives: { kind: 'discount', value: { percent: 15 } },
      endsAt: null,
    }),
  );
  expect(made.outcome).toBe('created');
  const { discountId } = made as { discountId: string };
  expect(await rewards.deactivate(domain, discountId)).toEqual({ outcome: 'done' });
  expect(await rewards.deactivate(domain, discountId)).toEqual({ outcome: 'done' });
  expect(await kept('THANKS-BBBB')).toMatchObject({ active: false });
});

test('free shipping and a product for free are codes as well, found as ours', async () => {
  const shipping = await rewards.create(domain, wanted('THANKS-SHIP', { gives: { kind: 'free-shipping' } }));
  expect(shipping.outcome).toBe('created');
  expect(await rewards.create(domain, wanted('THANKS-SHIP'))).toEqual({ outcome: 'taken' });
  expect(await rewards.find(domain, 'THANKS-SHIP')).toMatchObject({
    outcome: 'found',
    discount: { title: 'Everafter: thank you (THANKS-SHIP)', usageLimit: 1 },
  });
  expect(await kept('THANKS-SHIP')).toMatchObject({ active: true, value: 'free shipping' });

  const { body } = await shopify.control('GET', 'products');
  const [knife] = body as { id: string; handle: string; price: string; variants: { id: string }[] }[];
  const productId = knife!.id.split('/').at(-1)!;
  const gift = await goods.find(domain, { productId });
  expect(gift).toMatchObject({ outcome: 'found', isAvailable: true, price: knife!.price });
  const { variantId, price } = gift as { variantId: string; price: string };
  expect(await goods.find(domain, { variantId })).toEqual(gift);
  const made = await rewards.create(
    domain,
    wanted('THANKS-GIFT', { gives: { kind: 'gift', variantId, price } }),
  );
  expect(made.outcome).toBe('created');
  // One piece is free, however many are in the cart.
  const order = await shopify.control('POST', 'orders', {
    customer: { email: 'bea@example.com' },
    lines: [{ handle: knife!.handle, quantity: 2 }],
    discountCodes: ['THANKS-GIFT'],
  });
  expect(order.body).toMatchObject({ lines: [{ quantity: 2, total: price }] });
  await shopify.control('POST', `products/${productId}`, { stock: 0 });
  expect(await goods.find(domain, { variantId })).toMatchObject({ isAvailable: false });
  expect(await goods.find(domain, { variantId: '1' })).toEqual({ outcome: 'none' });
});

test('what Shopify refuses is told by its code, what it cannot do now as such', async () => {
  const refused = await rewards.create(domain, wanted('THANKS-CCCC', { code: ' ' }));
  expect(refused).toMatchObject({ outcome: 'refused', reason: expect.stringContaining('BLANK') });
  await shopify.control('POST', 'faults', { target: 'admin-api', mode: 'down' });
  expect(await rewards.create(domain, wanted('THANKS-DDDD'))).toMatchObject({ outcome: 'unavailable' });
  await shopify.control('POST', 'faults', { target: 'admin-api', mode: 'off' });
});

const parent = (with_: Partial<ParentDiscount> = {}): ParentDiscount => ({
  title: 'Everafter: invite a friend (1)',
  code: 'EVERAFTER-PARENT',
  offer: { kind: 'discount', value: { percent: 15 } },
  collections: [],
  minimum: null,
  currency: 'EUR',
  startsAt: new Date(Date.now() - 60_000),
  endsAt: null,
  ...with_,
});

async function looked(creationId: string) {
  for (let look = 0; look < 100; look++) {
    const added = await codes.added(domain, creationId);
    if (added.outcome !== 'working') return added;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('never done');
}

test('a parent carries the friends’ codes; one that exists already is told', async () => {
  const made = await codes.createParent(domain, parent());
  expect(made.outcome).toBe('created');
  const { discountId } = made as { discountId: string };
  expect(await codes.createParent(domain, parent())).toEqual({ outcome: 'taken' });
  expect(await codes.discountOf(domain, 'EVERAFTER-PARENT')).toMatchObject({ outcome: 'found', discountId });

  const wantedCodes = Array.from({ length: 250 }, (_, i) => `FRIEND-${i + 1000}`);
  const started = await codes.addCodes(domain, discountId, wantedCodes);
  expect(started.outcome).toBe('started');
  const added = await looked((started as { creationId: string }).creationId);
  expect(added).toMatchObject({ outcome: 'done' });
  const all = (added as { codes: { code: string; redeemId: string | null; error: string | null }[] }).codes;
  expect(all).toHaveLength(250);
  expect(all.every(({ redeemId, error }) => redeemId !== null && error === null)).toBe(true);
  expect(await codes.discountOf(domain, 'FRIEND-1000')).toMatchObject({ outcome: 'found', discountId });

  const again = await codes.addCodes(domain, discountId, ['FRIEND-1000', 'FRIEND-NEW']);
  const second = (await looked((again as { creationId: string }).creationId)) as { codes: typeof all };
  expect(second.codes.map(({ code, error }) => [code, error === null])).toEqual([
    ['FRIEND-1000', false],
    ['FRIEND-NEW', true],
  ]);
  expect(await codes.added(domain, 'gid://shopify/DiscountRedeemCodeBulkCreation/999999999')).toEqual({
    outcome: 'gone',
  });

  const redeemIds = all.slice(0, 1).map(({ redeemId }) => redeemId!);
  expect(await codes.deleteCodes(domain, discountId, redeemIds)).toEqual({ outcome: 'done' });
  await expect.poll(() => codes.discountOf(domain, all[0]!.code)).toEqual({ outcome: 'none' });
});

test('the parent follows its programme, and ends with it', async () => {
  const made = await codes.createParent(domain, parent({ code: 'EVERAFTER-SECOND', minimum: 5000 }));
  const { discountId } = made as { discountId: string };
  const changed = parent({
    code: 'EVERAFTER-SECOND',
    offer: { kind: 'discount', value: { amount: 500, currency: 'EUR' } },
    minimum: null,
  });
  expect(await codes.updateParent(domain, discountId, changed)).toEqual({ outcome: 'done' });
  expect(await kept('EVERAFTER-SECOND')).toMatchObject({ active: true });
  expect(
    await codes.updateParent(domain, discountId, { ...changed, endsAt: new Date(Date.now() - 1000) }),
  ).toEqual({ outcome: 'done' });
  expect(await kept('EVERAFTER-SECOND')).toMatchObject({ active: false });
  expect(await codes.updateParent(domain, discountId, { ...changed, endsAt: null })).toEqual({
    outcome: 'done',
  });
  expect(await kept('EVERAFTER-SECOND')).toMatchObject({ active: true });
});

test('a parent gives free shipping, or one product; taken away it takes its codes along, and is gone for good', async () => {
  const { body: products } = await shopify.control('GET', 'products');
  const [product] = products as { id: string }[];
  const gift = {
    productId: product!.id.split('/').at(-1)!,
    title: 'Pot',
    worth: { amount: 1200, currency: 'EUR' },
  };
  const offers = [
    { kind: 'free-shipping', value: {} },
    { kind: 'gift', value: gift },
  ] as const;
  for (const [index, offer] of offers.entries()) {
    const wantedParent = parent({ code: `EVERAFTER-KIND-${index}`, offer });
    const made = await codes.createParent(domain, wantedParent);
    expect(made).toMatchObject({ outcome: 'created' });
    const { discountId } = made as { discountId: string };
    expect(await codes.updateParent(domain, discountId, { ...wantedParent, minimum: 3000 })).toEqual({
      outcome: 'done',
    });
    expect(await codes.discountOf(domain, wantedParent.code)).toMatchObject({
      discountId,
      title: wantedParent.title,
    });
    expect(await codes.deleteParent(domain, discountId)).toEqual({ outcome: 'done' });
    expect(await codes.discountOf(domain, wantedParent.code)).toEqual({ outcome: 'none' });
    expect(await codes.deleteParent(domain, discountId)).toEqual({ outcome: 'done' });
  }
});
