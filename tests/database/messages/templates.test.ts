import { describe, expect, test } from 'vitest';
import type { TemplateText } from '../../../app/messages/blocks.ts';
import {
  installTemplates,
  makeMergeSource,
  preview,
  saveTemplate,
  sendTest,
  templatesOf,
} from '../../../app/messages/messages.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import {
  aMessage,
  anOrderOf,
  aRecipient,
  aTextOf,
  handOverAll,
  handOverDeps,
  noon,
  plainText,
  RememberingMail,
  testLinks,
} from '../../messages.ts';

const t = testDb();
const source = makeMergeSource({ links: testLinks });
const saying = (text: string): TemplateText => ({
  subject: text,
  preheader: 'x',
  blocks: [{ kind: 'paragraph', text: `${text} {{ shop.name }}` }],
});
const save = (shop: Shop, text: TemplateText, locale = 'en') =>
  t.db.inShop(shop.id, (tx) => saveTemplate(tx, { key: 'hello', locale, text }, noon));
const saved = (shop: Shop) => t.db.inShop(shop.id, (tx) => templatesOf(tx, 'hello'));

describe('publishing', () => {
  test('keeps nothing while a check fails, and counts versions', async () => {
    const shop = await aShop(t.db);
    expect(await save(shop, saying('{{ customer.email }}'))).toMatchObject({ outcome: 'refused' });
    expect(await saved(shop)).toEqual([]);
    expect(await save(shop, saying('One'))).toEqual({ outcome: 'saved', checks: [] });
    await save(shop, saying('Two'));
    expect(await saved(shop)).toMatchObject([
      { key: 'hello', locale: 'en', version: 2, text: saying('Two') },
    ]);
  });

  test('installing again leaves what the merchant wrote', async () => {
    const shop = await aShop(t.db);
    await save(shop, saying('Mine'));
    await t.db.inShop(shop.id, (tx) =>
      installTemplates(
        tx,
        [
          { key: 'hello', locale: 'en', text: plainText },
          { key: 'hello', locale: 'de', text: plainText },
        ],
        noon,
      ),
    );
    expect((await saved(shop)).map((one) => [one.locale, one.text.subject])).toEqual([
      ['de', plainText.subject],
      ['en', 'Mine'],
    ]);
  });

  test('what was published is what the next mail says, without a restart', async () => {
    const shop = await aShop(t.db, { settings: { rhythm: { minGapHours: 0, perWeek: 14 } } });
    const customer = await aRecipient(t.db, shop);
    const mail = new RememberingMail();
    const deps = handOverDeps(t.db, mail);
    for (const words of ['First', 'Second']) {
      await save(shop, saying(words));
      await aMessage(t.db, shop, customer);
      await handOverAll(deps, noon);
    }
    expect(mail.accepted.map((one) => one.subject)).toEqual(['First', 'Second']);
  });

  test('a message whose text does not exist says so', async () => {
    const shop = await aShop(t.db);
    await aMessage(t.db, shop, await aRecipient(t.db, shop), { templateKey: 'nothing' });
    const mail = new RememberingMail();
    await handOverAll(handOverDeps(t.db, mail), noon);
    const [row] = await t.db.sqlAcrossShops('select state, reason from message where shop_id = $1', [
      shop.id,
    ]);
    expect(row).toMatchObject({ state: 'skipped', reason: { code: 'no-template', template: 'nothing' } });
  });
});

describe('the language of a mail', () => {
  test.each([
    ['their own', 'fr-CA', 'en', [], 'fr'],
    ["the shop's where theirs is not written", 'ja', 'de', [], 'de'],
    ['English where neither is', 'ja', 'pt-BR', [], 'en'],
    ['only languages that the merchant writes in', 'fr', 'en', ['en', 'de'], 'en'],
    ["the shop's where nothing is known", null, 'de-AT', [], 'de'],
  ])('%s', async (_name, locale, shopLocale, languages, expected) => {
    const shop = await aShop(t.db, { locale: shopLocale, settings: { languages } });
    for (const one of ['en', 'de', 'fr']) await aTextOf(t.db, shop, saying(one), one);
    await aMessage(t.db, shop, await aRecipient(t.db, shop, { locale }));
    const mail = new RememberingMail();
    await handOverAll(handOverDeps(t.db, mail), noon);
    expect(mail.accepted[0]?.subject).toBe(expected);
  });
});

describe('preview', () => {
  test('shows one customer with their order, and invents what is not known', async () => {
    const shop = await aShop(t.db);
    const customerId = await aRecipient(t.db, shop, { firstName: 'Jo' });
    const order = await anOrderOf(t.db, shop, customerId);
    const text: TemplateText = {
      subject: '{{ customer.first_name }} {{ order.name }}',
      preheader: 'x',
      blocks: [{ kind: 'code', label: 'Code', code: '{{ referral.code }}' }, { kind: 'products' }],
    };
    const shown = await t.db.inShop(shop.id, (tx) =>
      preview(tx, source, { key: 'hello', locale: 'en', text, customerId }, noon),
    );
    expect(shown.subject).toBe(`Jo #${order}`);
    expect(shown.html).toContain('ANA-7Q4K');
    expect(shown.checks.map((check) => check.code)).toEqual(['no-fallback']);
  });

  test('names what is missing: translations, fields, the text itself', async () => {
    const shop = await aShop(t.db, { settings: { languages: ['en', 'de'] } });
    const show = (text?: TemplateText) =>
      t.db.inShop(shop.id, (tx) =>
        preview(tx, source, { key: 'hello', locale: 'en', ...(text ? { text } : {}) }, noon),
      );
    expect((await show()).checks).toMatchObject([{ level: 'error', code: 'empty' }]);
    await save(shop, saying('Hi'));
    expect((await show()).checks).toMatchObject([{ code: 'missing-translation', detail: 'de' }]);
    expect(await show(saying('{{ nobody }}'))).toMatchObject({
      html: '',
      checks: [{ code: 'unknown-field' }, {}, {}],
    });
  });

  test('a test goes to whoever asked for it, at once and past the outbox', async () => {
    const shop = await aShop(t.db);
    await save(shop, saying('Hi'));
    const email = new RememberingMail();
    const mail = { from: 'hello@everafter.test', unsubscribeUrl: () => 'https://app.example.com/u/x' };
    const send = (to: string) =>
      sendTest({ db: t.db, email, source, mail }, shop.id, { key: 'hello', locale: 'en', to }, noon);
    expect(await send('me@shop.example.com')).toEqual({ outcome: 'sent' });
    expect(email.accepted).toMatchObject([{ to: 'me@shop.example.com', subject: 'Hi' }]);
    expect(await send('not an address')).toMatchObject({ outcome: 'refused' });
    email.answer = () => ({ kind: 'unavailable', retryAfterMs: null });
    expect(await send('me@shop.example.com')).toEqual({ outcome: 'unavailable' });
  });
});

test('“it has not arrived yet” stands in asks after an arrival and in news about that parcel, nowhere else', async () => {
  const shop = await aShop(t.db);
  const customerId = await aRecipient(t.db, shop);
  const orderId = await anOrderOf(t.db, shop, customerId);
  const linked = makeMergeSource({
    links: testLinks,
    notArrivedUrl: ({ shipmentId }) => `https://app.test/n/${shipmentId ?? 'all'}`,
  });
  const linksOf = async () => {
    const of = { shop, customerId, orderId, locale: 'en' };
    const about = { ...of, data: { shipmentId: '5' } };
    const wanted = [
      { ...of, id: 'ask', class: 'ask' as const, data: {} },
      { ...about, id: 'ask-parcel', class: 'ask' as const },
      { ...of, id: 'service', class: 'service' as const, data: {} },
      { ...about, id: 'service-parcel', class: 'service' as const },
      { ...about, id: 'offer', class: 'offer' as const },
    ];
    const fields = await t.db.inShop(shop.id, (tx) => linked(tx, wanted, noon));
    return wanted.flatMap(({ id }) => {
      const url = fields.get(id)!.links.not_arrived;
      return url ? [`${id} ${url}`] : [];
    });
  };
  await t.db.sqlAcrossShops(
    `insert into shipment (shop_id, id, order_id, status, shipped_at, snapshot_at) values ($1, 5, $2, 'shipped', $3, $3)`,
    [shop.id, orderId, noon],
  );
  expect(await linksOf()).toEqual([]);
  await t.db.sqlAcrossShops(`update shipment set delivered_at = $2 where shop_id = $1`, [shop.id, noon]);
  expect(await linksOf()).toEqual([
    'ask https://app.test/n/all',
    'ask-parcel https://app.test/n/5',
    'service-parcel https://app.test/n/5',
  ]);
});
