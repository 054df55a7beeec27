/** The mail editor shows each mail with the data of somebody real, where there is somebody; and what is said of the sender's domain. */
import { beforeAll, expect, test } from 'vitest';
import type * as mailRoute from '../../../app/routes/app.mail.$template.tsx';
import type * as domainRoute from '../../../app/routes/app.sender-domain.tsx';
import type { Shop } from '../../../app/shops/shop.ts';
import { testDb } from '../../database.ts';
import { aRecipient } from '../../messages.ts';
import { testShopify } from '../../shopify.ts';
import { installDefaults } from './defaults.ts';

const t = testDb();
const shopify = testShopify(t);

let shop: Shop;
let mail: typeof mailRoute;
let domain: typeof domainRoute;

beforeAll(async () => {
  process.env['DATABASE_URL'] = t.url;
  ({ shop } = await shopify.open());
  await installDefaults(t.db, shop);
  domain = await import('../../../app/routes/app.sender-domain.tsx');
  mail = await import('../../../app/routes/app.mail.$template.tsx');
});

const open = (template: string, query = '') => {
  const token = shopify.sandbox.tokens.admin(shopify.sandbox.shop());
  const request = shopify.request(`/app/mail/${template}?${query}`, token);
  return mail.loader({ request, params: { template }, context: {} } as unknown as Parameters<
    typeof mail.loader
  >[0]);
};

test('an invented customer, then whoever ordered last, then who is picked', async () => {
  const nobody = await open('thank-you');
  expect(nobody.person).toBeNull();
  expect(nobody.shown.html).toContain('Ana');

  const olga = await aRecipient(t.db, shop, { firstName: 'Olga' });
  const bruno = await aRecipient(t.db, shop, { firstName: 'Bruno' });
  await t.db.sqlAcrossShops(`update customer set active_at = now() where id = $1`, [olga]);
  const last = await open('thank-you');
  expect(last.person?.id).toBe(olga);
  expect(last.shown.html).toContain('Olga');

  const picked = await open('thank-you', `customer=${bruno}`);
  expect(picked.person?.id).toBe(bruno);
  expect(picked.shown.html).toContain('Bruno');
  expect(picked.shown.html).not.toContain('Olga');

  const gone = await open('thank-you', `customer=${crypto.randomUUID()}`);
  expect(gone.person?.id).toBe(olga);
});

test('the language that is chosen is shown, whichever Shopify adds for the staff', async () => {
  const { locale, shown } = await open('thank-you', 'language=de&embedded=1&locale=en');
  expect(locale).toBe('de');
  expect(shown.html).toContain('Bestellung');
  expect((await open('thank-you', 'embedded=1&locale=fr')).locale).toBe('en');
});

test('the mails with a code and a reward are edited as any other, and lead back to Referrals', async () => {
  for (const template of ['your-code', 'reward-issued']) {
    const { kind, shown, back } = await open(template);
    expect(kind).toBe('service');
    expect(shown.html).not.toBe('');
    expect(back).toEqual({ content: 'Referrals', url: '/app/referrals' });
  }
  const { kind, back } = await open('how-is-it-going');
  expect(kind).toBe('ask');
  expect(back.url).toMatch(/^\/app\/sequences\//);
});

test('what is not written in a language yet is shown as those who read it get it now, and can be written', async () => {
  await t.db.sqlAcrossShops(`delete from template where key = 'win-back' and locale = 'fr'`);
  const before = await open('win-back', 'language=fr');
  expect(before.written).toEqual(['de', 'en', 'es']);
  expect([before.locale, before.borrowed]).toEqual(['fr', 'en']);

  const token = shopify.sandbox.tokens.admin(shopify.sandbox.shop());
  const text = { ...before.text, subject: 'Cela fait longtemps' };
  const body = new URLSearchParams({ intent: 'save', locale: 'fr', text: JSON.stringify(text) });
  const request = shopify.request('/app/mail/win-back', token, { method: 'POST', body });
  const args = { request, params: { template: 'win-back' }, context: {} };
  expect(await mail.action(args as unknown as Parameters<typeof mail.action>[0])).toMatchObject({
    saved: true,
  });
  const after = await open('win-back', 'language=fr');
  expect(after.written).toContain('fr');
  expect(after.text.subject).toBe('Cela fait longtemps');
});

test('a text that is being written is drawn for one customer, and nothing of it is kept', async () => {
  const { action } = await import('../../../app/routes/app.drawn-mail.tsx');
  const olga = await aRecipient(t.db, shop, { firstName: 'Olga' });
  const before = await open('win-back', 'language=en');
  const draw = (fields: Record<string, string>) => {
    const token = shopify.sandbox.tokens.admin(shopify.sandbox.shop());
    const body = new URLSearchParams({ template: 'win-back', locale: 'en', customer: olga, ...fields });
    const request = shopify.request('/app/drawn-mail', token, { method: 'POST', body });
    return action({ request, params: {}, context: {} } as unknown as Parameters<typeof action>[0]);
  };
  const text = JSON.stringify({ ...before.text, subject: 'For {{ customer.first_name }}' });
  expect(await (await draw({ text })).json()).toMatchObject({ shown: { subject: 'For Olga' } });
  const after = await open('win-back', 'language=en');
  expect(after.text).toEqual(before.text);
  const half = await draw({ text: '{}' });
  expect([half.status, await half.json()]).toMatchObject([422, { problems: expect.any(Array) }]);
  await expect(draw({ text, locale: 'xx' })).rejects.toMatchObject({ status: 400 });
  await expect(draw({ text, template: 'none' })).rejects.toMatchObject({ status: 404 });
});

test('the domain of the address is judged by what DNS says of it, and only a domain that can be sent as', async () => {
  const { app } = await import('../../../app/wiring.server.ts');
  const asked: string[] = [];
  app().txtRecords = async (name) => {
    asked.push(name);
    if (name.startsWith('_dmarc.')) return { outcome: 'unreachable' };
    return { outcome: 'found', records: ['v=spf1 mx -all'] };
  };
  const check = (address: string) => {
    const token = shopify.sandbox.tokens.admin(shopify.sandbox.shop());
    const query = new URLSearchParams({ address }).toString();
    const request = shopify.request(`/app/sender-domain?${query}`, token);
    return domain.loader({ request, params: {}, context: {} } as unknown as Parameters<
      typeof domain.loader
    >[0]);
  };
  expect(await check('')).toEqual({ outcome: 'ours' });
  expect(await check('jo@gmail.com')).toEqual({ outcome: 'free-mail', domain: 'gmail.com' });
  expect(await check('jo')).toEqual({ outcome: 'no-domain' });
  expect(asked).toEqual([]);
  expect(await check('Jo@Bowls.example')).toMatchObject({
    domain: 'bowls.example',
    records: [
      { kind: 'spf', state: 'unknown' },
      { kind: 'dkim', state: 'unknown' },
      { kind: 'dmarc', state: 'unknown', says: expect.stringContaining('could not be looked up') },
    ],
  });
  expect(asked).toEqual(['bowls.example', '_dmarc.bowls.example']);
});
