/** What an order that came by a link comes to when something about its advocate, its programme or itself is not as it should be. */
import { describe, expect, test } from 'vitest';
import { programOf, saveProgram, tellLinks } from '../../../app/referrals/referrals.server.ts';
import type { Program } from '../../../app/referrals/program.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { STOP_PERSON } from '../../../app/stops.server.ts';
import { testDb } from '../../database.ts';
import { anOrder, daysAfter, newShopifyId, takeIn, type Buying } from '../../friends.ts';
import { tablesWith } from '../rows.ts';
import { requests } from '../shops/people.ts';
import { paidAt, programmesOn } from './programme.ts';

const t = testDb();
const { aProgramme, list, ledger } = programmesOn(t);

/** An order of somebody whose browser says that they came by the link, `days` before. */
async function cameBy(shop: Shop, code: string, buying: Buying = {}, days = 3) {
  const placedAt = buying.at ?? paidAt;
  const order = anOrder(shop, { at: placedAt, ...buying });
  const link = { shopId: shop.id, orderId: order.id, checkoutToken: order.checkoutToken ?? 'none', code };
  const clickedAt = daysAfter(placedAt, -days);
  await t.db.inShop(shop.id, (tx) => tellLinks(tx, [{ ...link, clickedAt, by: 'pixel' }], placedAt));
  await takeIn(t.db, [order], placedAt);
  return order;
}

async function change(shop: Shop, changed: Partial<Program>) {
  const [row] = await t.db.sqlAcrossShops<{ id: string }>('select id from program where shop_id = $1', [
    shop.id,
  ]);
  await t.db.inShop(shop.id, async (tx) => {
    const program = (await programOf(tx, shop.id, row!.id))!;
    await saveProgram(tx, { shopId: shop.id, id: program.id }, { ...program, ...changed }, paidAt);
  });
}

const standing = async (shop: Shop) =>
  (await list(shop)).map(({ state, via, reasons }) => `${state} by ${via}: ${reasons.join(' ')}`);

const redact = (shop: Shop, customer: { id: bigint; email: string; phone: null }) =>
  requests(() => t.db, STOP_PERSON).request(shop, 'customers/redact', {
    shop_id: 1,
    shop_domain: shop.domain,
    customer,
    orders_to_redact: [],
  });

describe('an advocate', () => {
  test('who was erased between the click and the order brings nobody, and their name stays in no claim', async () => {
    const id = newShopifyId();
    const email = `canary-${id}@example.com`;
    const { shop, code, settle } = await aProgramme({ customerId: id, email });
    const early = { shopId: shop.id, orderId: 77n, checkoutToken: 'token-early', code, by: 'pixel' } as const;
    await t.db.inShop(shop.id, (tx) => tellLinks(tx, [{ ...early, clickedAt: paidAt }], paidAt));
    expect(await tablesWith(t.db, code)).toContain('public.order_link');
    await redact(shop, { id, email, phone: null });
    expect(await tablesWith(t.db, code)).toEqual([]);
    await cameBy(shop, code);
    await settle(paidAt);
    expect(await list(shop)).toEqual([]);
  });

  test('who was erased leaves their name in no order, however the friend had typed the code', async () => {
    const id = newShopifyId();
    const email = `canary-${id}@example.com`;
    const { shop, code, settle } = await aProgramme({ customerId: id, email });
    const typed = code.toLowerCase();
    const change = { invitedBy: typed };
    await takeIn(t.db, [anOrder(shop, { at: paidAt, codes: ['SUMMER', typed], change })]);
    await settle(paidAt);
    expect(await tablesWith(t.db, typed)).toContain('public.orders');
    await redact(shop, { id, email, phone: null });
    expect(await tablesWith(t.db, typed)).toEqual([]);
    const [order] = await t.db.sqlAcrossShops<{ discount_codes: string[] }>(
      `select discount_codes from orders where shop_id = $1 and 'SUMMER' = any(discount_codes)`,
      [shop.id],
    );
    expect(order!.discount_codes).toEqual(['SUMMER', expect.stringMatching(/^GONE-/)]);
  });

  test('who became somebody else in Shopify is that customer; their own order by their own link does not count', async () => {
    const { shop, code, settle, advocateId } = await aProgramme();
    const hers = { email: 'ana.new@example.com', customerId: newShopifyId() };
    const kept = anOrder(shop, { at: paidAt, ...hers });
    await takeIn(t.db, [kept]);
    const [row] = await t.db.sqlAcrossShops<{ customer_id: string }>(
      'select customer_id from orders where shop_id = $1 and id = $2',
      [shop.id, kept.id],
    );
    await t.db.sqlAcrossShops('update customer set merged_into = $3 where shop_id = $1 and id = $2', [
      shop.id,
      advocateId,
      row!.customer_id,
    ]);
    await cameBy(shop, code);
    await cameBy(shop, code, hers);
    await settle(paidAt);
    const found = await list(shop);
    expect(new Set(found.map((each) => each.advocateId))).toEqual(new Set([row!.customer_id]));
    expect(found.map(({ state }) => state).toSorted()).toEqual(['pending', 'refused']);
  });

  test('who works there earns nothing by a link either', async () => {
    const { shop, code, settle } = await aProgramme({ email: 'jo@pots.example' });
    await t.db.sqlAcrossShops(`update shop set url = 'https://www.pots.example' where id = $1`, [shop.id]);
    await cameBy(shop, code);
    await settle(paidAt);
    expect(await standing(shop)).toEqual(['refused by link: employee']);
    expect(await ledger(shop)).toEqual([]);
  });
});

describe('a programme', () => {
  test('that was switched off before the order takes no link, and gives what it held', async () => {
    const { shop, code, settle } = await aProgramme();
    await cameBy(shop, code);
    await settle(paidAt);
    await change(shop, { status: 'off' });
    const later = daysAfter(paidAt, 1);
    await cameBy(shop, code, { at: later }, 0);
    await settle(daysAfter(paidAt, 20));
    expect(await standing(shop)).toEqual(['qualified by link: ']);
    expect(await ledger(shop)).toMatchObject([{ state: 'issued' }]);
  });

  test('whose currency the store stopped using takes codes that Shopify takes, and no links', async () => {
    const { shop, code, settle } = await aProgramme();
    await settle(paidAt);
    await t.db.sqlAcrossShops(`update shop set currency = 'SEK' where id = $1`, [shop.id]);
    await cameBy(shop, code);
    await takeIn(t.db, [anOrder(shop, { at: paidAt, codes: [code] })]);
    await settle(paidAt);
    expect((await list(shop)).map(({ via }) => via)).toEqual(['code']);
  });
});

describe('an order', () => {
  test('of nobody is held; of the till, a test, or of another shop is none', async () => {
    const [{ shop, code, settle }, other] = [await aProgramme(), await aProgramme()];
    await cameBy(shop, code, { email: null });
    await cameBy(shop, code, { test: true });
    const foreign = anOrder(other.shop, { at: paidAt, token: 'token-foreign' });
    await takeIn(t.db, [foreign]);
    const link = { shopId: shop.id, orderId: foreign.id, checkoutToken: 'token-foreign', code };
    await t.db.inShop(shop.id, (tx) => tellLinks(tx, [{ ...link, clickedAt: paidAt, by: 'pixel' }], paidAt));
    await settle(paidAt);
    expect((await list(shop)).map(({ state, via }) => `${state} by ${via}`)).toEqual(['held by link']);
    expect(await list(other.shop)).toEqual([]);
  });

  test('that was undone before the browser spoke is undone from the start', async () => {
    const { shop, code, settle } = await aProgramme();
    const order = anOrder(shop, { at: paidAt });
    await takeIn(t.db, [order]);
    await settle(paidAt);
    const later = daysAfter(paidAt, 1);
    await takeIn(t.db, [{ ...order, cancelledAt: later, updatedAt: later }], later);
    const link = { shopId: shop.id, orderId: order.id, checkoutToken: order.checkoutToken!, code };
    await t.db.inShop(shop.id, (tx) => tellLinks(tx, [{ ...link, clickedAt: paidAt, by: 'pixel' }], later));
    await settle(later);
    expect(await standing(shop)).toEqual(['void by link: cancelled']);
    expect(await ledger(shop)).toEqual([]);
  });

  test('with a code and another friend’s link counts for the code, and tells of both', async () => {
    const { shop, code, settle } = await aProgramme();
    const ben = anOrder(shop, { at: daysAfter(paidAt, -5), email: 'ben@example.com' });
    await takeIn(t.db, [ben]);
    await t.db.sqlAcrossShops(
      `update referral_code set state = 'issued', customer_id = (select customer_id from orders where shop_id = $1 and id = $2)
       where shop_id = $1 and code = (select max(code) from referral_code where shop_id = $1 and state = 'free')`,
      [shop.id, ben.id],
    );
    const [row] = await t.db.sqlAcrossShops<{ code: string }>(
      `select code from referral_code where shop_id = $1 and state = 'issued' and code <> $2`,
      [shop.id, code],
    );
    await cameBy(shop, row!.code, { codes: [` ${code.toLowerCase().replaceAll('-', ' ')} `] });
    await settle(paidAt);
    expect(await list(shop)).toMatchObject([{ code, via: 'code', also: [row!.code], clickedAt: null }]);
  });
});
