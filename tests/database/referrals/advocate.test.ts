/** What an advocate's own page says: first names, standings and reasons in the reader's language, and nothing else of anybody. */
import { expect, test } from 'vitest';
import { advocateLinks } from '../../../app/referrals/links.ts';
import { advocateOf, appeal, listPrograms, saveProgram } from '../../../app/referrals/referrals.server.ts';
import { termsSchema } from '../../../app/referrals/terms.ts';
import { listRewards, voidByStaff } from '../../../app/rewards/rewards.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { advocatePageResponse } from '../../../app/ui/advocatePage.ts';
import { advocateView } from '../../../app/ui/advocateView.ts';
import { testDb } from '../../database.ts';
import { anOrder, customerOf, daysAfter, takeIn } from '../../friends.ts';
import { paidAt, programmesOn } from './programme.ts';

const t = testDb();
const { aProgramme } = programmesOn(t);

const name = (shop: Shop, id: string, firstName: string | null, lastName = 'Hidden') =>
  t.db.sqlAcrossShops('update customer set first_name = $3, last_name = $4 where shop_id = $1 and id = $2', [
    shop.id,
    id,
    firstName,
    lastName,
  ]);

async function lookAt(shop: Shop, customerId: string, now: Date, language: string | null = null) {
  const found = await t.db.inShop(shop.id, (tx) => advocateOf(tx, shop, customerId, now));
  return { found, view: found && advocateView(found, language) };
}

test('says who came by first name, how each order stands and why, and what was earned', async () => {
  const { shop, advocateId, code, settle } = await aProgramme();
  await t.db.inShop(shop.id, async (tx) => {
    const [program] = await listPrograms(tx, shop.id);
    const terms = termsSchema.parse({ ...program!.terms, tiers: [{ friends: 2, reward: { percent: 50 } }] });
    const shares = { de: { whatsapp: 'Schau mal: {link}' } };
    const change = { terms, status: 'on' as const, shares };
    await saveProgram(tx, { shopId: shop.id, id: program!.id }, change, paidAt);
  });
  await name(shop, advocateId, 'Ana');
  const ben = anOrder(shop, { codes: [code], at: paidAt });
  await takeIn(t.db, [ben]);
  await name(shop, await customerOf(t.db, ben), 'Ben');
  await settle(paidAt);
  await settle(daysAfter(paidAt, 15));
  const late = daysAfter(paidAt, 16);
  const doubted = anOrder(shop, { codes: [code], at: late, email: 'jo@mailinator.com' });
  await takeIn(t.db, [doubted]);
  await settle(late);

  const { view } = await lookAt(shop, advocateId, late, 'de');
  expect(view).toMatchObject({
    language: 'de',
    title: 'Laden Sie Freunde ein, Ana',
    invitation: {
      code,
      link: `https://${shop.domain}/apps/friends/${code}`,
      offer: expect.stringMatching(/15\s%\sRabatt/),
      share: {
        whatsapp: `https://wa.me/?text=${encodeURIComponent(`Schau mal: https://${shop.domain}/apps/friends/${code}`)}`,
      },
      next: expect.stringMatching(/^Noch eine Person.*50\s%\sRabatt/),
    },
    friends: [
      { name: 'Jemand', standing: 'Wird geprüft', isGood: false, gets: expect.stringMatching(/10\s€/) },
      { name: 'Ben', standing: 'Belohnt', isGood: true },
    ],
    given: [{ code: expect.stringMatching(/^THANKS-/), until: expect.stringContaining('bis') }],
    disclosure: expect.stringContaining(shop.name),
  });
  expect(view!.friends[0]!.why.length).toBeGreaterThan(1);

  const page = advocatePageResponse(shop, view!);
  expect(page.headers.get('x-robots-tag')).toContain('noindex');
  const html = await page.text();
  expect(html.length).toBeLessThan(60 * 1024);
  expect(html).toContain(code);
  // Only what waits or does not count can be looked at again.
  expect(view!.friends.map(({ appeal }) => appeal !== null)).toEqual([true, false]);
  expect(html.match(/<textarea/g)).toHaveLength(1);
  expect(html).toContain(`value="${view!.friends[0]!.appeal}"`);
  for (const secret of ['Hidden', '@', ben.name!]) expect(html.split('<body>')[1]).not.toContain(secret);
  for (const language of ['en', 'fr', 'es']) {
    const other = (await lookAt(shop, advocateId, late, language)).view!;
    expect(other.language).toBe(language);
    expect(JSON.stringify(other)).not.toMatch(/\{\w+\}/);
  }
});

test('a reward that the staff took back is not said to be on its way, and may be asked about', async () => {
  const { shop, advocateId, code, settle } = await aProgramme();
  await takeIn(t.db, [anOrder(shop, { codes: [code], at: paidAt })]);
  await settle(paidAt);
  await settle(daysAfter(paidAt, 15));
  const ask = { text: 'She did order', advocateId };
  const friend = async () => (await lookAt(shop, advocateId, daysAfter(paidAt, 16))).found!.friends[0]!;
  const { referralId } = await friend();
  const asked = () => t.db.inShop(shop.id, (tx) => appeal(tx, { ...ask, referralId }, daysAfter(paidAt, 16)));
  expect(await asked()).toBe('nothing-to-appeal');
  await t.db.inShop(shop.id, async (tx) => {
    const [reward] = (await listRewards(tx, shop.id, {})).rewards;
    await voidByStaff(
      tx,
      { shopId: shop.id, id: reward!.id, note: 'a mistake', by: '7' },
      daysAfter(paidAt, 15),
    );
  });
  await settle(daysAfter(paidAt, 15));
  const { view } = await lookAt(shop, advocateId, daysAfter(paidAt, 16), 'en');
  expect(view!.friends).toMatchObject([
    { isGood: false, why: ['The shop has taken the reward back.'], gets: null, appeal: referralId },
  ]);
  expect(await asked()).toBe('appealed');
});

test('without a programme says so, keeps what friends ordered, and is nothing for those who were erased', async () => {
  const { shop, advocateId, code, settle } = await aProgramme();
  await takeIn(t.db, [anOrder(shop, { codes: [code], at: paidAt })]);
  await settle(paidAt);
  await t.db.sqlAcrossShops(`update program set status = 'off' where shop_id = $1`, [shop.id]);
  const { view } = await lookAt(shop, advocateId, paidAt);
  expect(view).toMatchObject({ invitation: null, friends: [{ name: 'A friend' }] });
  expect(view!.without).toMatch(/no invitation/);
  await t.db.sqlAcrossShops('update customer set erased_at = $3 where shop_id = $1 and id = $2', [
    shop.id,
    advocateId,
    paidAt,
  ]);
  expect((await lookAt(shop, advocateId, paidAt)).found).toBeNull();
});

test('opens by its own link only', () => {
  const links = advocateLinks({ appUrl: 'https://app.test', key: Buffer.alloc(32, 1) });
  const owner = { shopId: 7n, customerId: '01890000-0000-7000-8000-000000000001' };
  const token = links.page(owner).split('/f/')[1]!;
  expect(links.readPage(token)).toEqual(owner);
  expect(links.readPage(`${token}x`)).toBeNull();
  expect(advocateLinks({ appUrl: '', key: Buffer.alloc(32, 2) }).readPage(token)).toBeNull();
});
