/** The pages behind mails and shared links, with the real routes on a test's own database: in a browser, with and without script. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FeedbackLinks } from '../../app/feedback/links.ts';
import { advocateLinks, type AdvocateLinks } from '../../app/referrals/links.ts';
import { questionSchema } from '../../app/feedback/question.ts';
import type { ReviewLinks } from '../../app/reviews/links.ts';
import type { Shop } from '../../app/shops/shop.ts';
import { proxySignature } from '../../sandbox/oauth/sign.ts';
import { openBrowser, seriousViolations, type TestBrowser } from '../browser.ts';
import { testDb } from '../database.ts';
import { aFriendlyShop, anOrder, customerOf, eventsOf, takeIn } from '../friends.ts';
import { aVideo } from '../videos.ts';

const t = testDb();
const folder = mkdtempSync(path.join(tmpdir(), 'everafter-shopper-'));
let browser: TestBrowser;
let site: { url: string; weights: Map<string, number>; close: () => Promise<void> };
let links: FeedbackLinks;
let reviewsAt: ReviewLinks;
let friendsAt: AdvocateLinks;

beforeAll(async () => {
  process.env['DATABASE_URL'] = t.url;
  process.env['FILES_DIR'] = folder;
  site = await serveRoutes();
  process.env['FILES_ORIGIN'] = site.url;
  const { feedbackLinks } = await import('../../app/feedback/links.ts');
  const { app } = await import('../../app/wiring.server.ts');
  const { reviewLinks } = await import('../../app/reviews/links.ts');
  links = feedbackLinks({ appUrl: site.url, key: app().key('links') });
  friendsAt = advocateLinks({ appUrl: site.url, key: app().key('links') });
  reviewsAt = reviewLinks({ appUrl: site.url, key: app().key('links') });
  browser = await openBrowser();
});

afterAll(async () => {
  const { app } = await import('../../app/wiring.server.ts');
  await browser.close();
  await site.close();
  await app().close();
  rmSync(folder, { recursive: true, force: true });
});

/** The routes as Remix would call them. */
async function serveRoutes() {
  const routes: [RegExp, object][] = [
    [/^\/a\/(?<token>[^/]+)$/, await import('../../app/routes/a.$token.tsx')],
    [/^\/r\/(?<token>[^/]+)$/, await import('../../app/routes/r.$token.tsx')],
    [/^\/upload\/(?<token>[^/]+)$/, await import('../../app/routes/upload.$token._index.tsx')],
    [/^\/upload\/(?<token>[^/]+)\/(?<id>[^/]+)$/, await import('../../app/routes/upload.$token.$id.tsx')],
    [/^\/f\/(?<token>[^/]+)$/, await import('../../app/routes/f.$token.tsx')],
    [/^\/proxy\/friends\/(?<code>[^/]+)$/, await import('../../app/routes/proxy.friends.$code.tsx')],
  ];
  const { app } = await import('../../app/wiring.server.ts');
  const { serveStored } = await import('../../app/files/files.server.ts');
  const weights = new Map<string, number>();
  const server = http.createServer((incoming, outgoing) => {
    void (async () => {
      const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host}`);
      if (url.pathname.startsWith('/files/'))
        return serveStored(app().files.storage, url.pathname, incoming, outgoing);
      const found = routes.find(([address]) => address.test(url.pathname));
      if (!found) return void outgoing.writeHead(404).end();
      const [address, module] = found;
      const params = address.exec(url.pathname)!.groups!;
      const isDeed = ['POST', 'PATCH'].includes(incoming.method!);
      const chunks: Buffer[] = [];
      for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
      const body = isDeed ? { body: Buffer.concat(chunks) } : {};
      const request = new Request(url, {
        method: incoming.method!,
        headers: incoming.headers as Record<string, string>,
        ...body,
      });
      const { loader, action } = module as Record<string, (args: object) => Promise<Response>>;
      const answer = await (isDeed ? action! : loader!)({ request, params, context: {} });
      const text = await answer.text();
      weights.set(url.pathname, Buffer.byteLength(text));
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(text);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, weights, close };
}

async function aDelivery(locale = 'en', brand = { color: '#2b4c3f' }) {
  const shop = await aFriendlyShop(t.db, { settings: { brand } });
  await t.db.sqlAcrossShops(`update shop set name = 'Leaf & Loam' where id = $1`, [shop.id]);
  const order = anOrder(shop, { change: { locale } });
  await takeIn(t.db, [order]);
  const customerId = await customerOf(t.db, order);
  await t.db.sqlAcrossShops('update customer set locale = $3 where shop_id = $1 and id = $2', [
    shop.id,
    customerId,
    locale,
  ]);
  const link = {
    shopId: shop.id,
    customerId,
    orderId: order.id,
    messageId: crypto.randomUUID(),
    surveyKey: 'how-is-it-going',
  };
  return { shop, order, customerId, link };
}

const answers = (shop: Shop) =>
  t.db.sqlAcrossShops<{ score: number; comment: string | null; answers: object; source: string }>(
    'select score::int, comment, answers, source from answer where shop_id = $1',
    [shop.id],
  );

const shot = async (page: Page, name: string) => {
  const folder = process.env['SHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

describe('an answer from a mail', () => {
  test('opening the link answers nothing; one movement of a person does, and more can be said', async () => {
    const { shop, link } = await aDelivery();
    const { page, problems, close } = await browser.open();
    const answered = page.waitForURL((url) => !url.searchParams.has('v'));
    await page.goto(links.answer(link, 4));
    expect(await answers(shop)).toEqual([]);
    await shot(page, 'answer-ask');
    expect(await page.getByRole('radio', { name: 'Well', exact: true }).isChecked()).toBe(true);
    await expect
      .poll(async () => {
        await page.mouse.move(200 + Math.random() * 100, 200);
        return (await answers(shop)).length;
      })
      .toBe(1);
    await answered;
    expect(await page.getByText('You said').innerText()).toBe('You said: Well');
    await shot(page, 'answer-more');
    await page.getByRole('radio', { name: 'Quality', exact: true }).check();
    await page.getByLabel('In your own words').fill('It <b>fits</b>');
    expect(await answers(shop)).toMatchObject([{ score: 4, comment: null, answers: { going: 4 } }]);
    await page.getByRole('button', { name: 'Send' }).click();
    expect(await page.getByRole('status').textContent()).toBe(
      'That is good to hear. Thank you for telling us.',
    );
    expect(await page.getByText('You said').innerText()).toContain('You said: Well');
    expect(await page.getByRole('button', { name: 'Send' }).count()).toBe(0);
    await shot(page, 'answer-thanks');
    expect(await answers(shop)).toEqual([
      {
        score: 4,
        comment: 'It <b>fits</b>',
        answers: { going: 4, best: 'quality', words: 'It <b>fits</b>' },
        source: 'mail',
      },
    ]);
    expect(await eventsOf(t.db, shop, 'answer.verified')).toHaveLength(1);
    expect(problems).toEqual([]);
    await close();
  });

  test('without script it is a form, in the customer’s language, and a slip can be mended', async () => {
    const { shop, link } = await aDelivery('de', { color: '#f2c14e' });
    const { page, close } = await browser.open({
      javaScriptEnabled: false,
      viewport: { width: 375, height: 700 },
    });
    await page.goto(links.answer(link, 2));
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await shot(page, 'answer-ask-de-narrow');
    const send = page.getByRole('button', { name: 'Absenden' });
    const said = page.getByText('Ihre Antwort');
    await send.click();
    expect(await said.innerText()).toBe('Ihre Antwort: Nicht so gut');
    expect(await answers(shop)).toMatchObject([{ score: 2 }]);
    // At once, by going back …
    await page.getByRole('link', { name: 'Zurück' }).click();
    await page.getByRole('radio', { name: 'Schlecht', exact: true }).check();
    await send.click();
    expect(await said.innerText()).toBe('Ihre Antwort: Schlecht');
    expect(await answers(shop)).toMatchObject([{ score: 1 }]);
    // … or at the end, where nothing more has to be said to get there.
    await send.click();
    expect(await page.getByRole('status').textContent()).toMatch(/^Das tut uns leid/);
    await page.getByRole('link', { name: 'Das habe ich nicht gemeint' }).click();
    await page.getByRole('radio', { name: 'Gut', exact: true }).check();
    await send.click();
    expect(await said.innerText()).toBe('Ihre Antwort: Gut');
    await send.click();
    expect(await page.getByRole('status').textContent()).toMatch(/^Das hören wir gern/);
    expect(await said.innerText()).toContain('Ihre Antwort: Gut');
    expect(await answers(shop)).toMatchObject([{ score: 4, answers: { going: 4 } }]);
    await shot(page, 'answer-thanks-de-narrow');
    await close();
  });

  test('a mail opened again puts its press to no later question', async () => {
    const { shop, link } = await aDelivery();
    const next = { kind: 'nps', key: 'next', text: { en: 'Recommend?' }, low: {}, high: {} };
    await t.db.sqlAcrossShops(
      `update survey_version v set content = jsonb_set(v.content, '{questions,1}', $2) from survey s
       where v.shop_id = $1 and s.shop_id = v.shop_id and s.id = v.survey_id and s.key = 'how-is-it-going'`,
      [shop.id, JSON.stringify(questionSchema.parse(next))],
    );
    const url = links.answer(link, 4);
    expect(await (await fetch(url)).text()).toMatch(/<form[^>]*data-chosen/);
    await fetch(url, { method: 'POST', body: new URLSearchParams({ going: '4' }) });
    const again = await (await fetch(url)).text();
    expect(again).toContain('name="next"');
    expect(again).not.toMatch(/<form[^>]*data-chosen|<input[^>]*\schecked/);
  });

  test('a token that is not ours leads nowhere, and weighs little when it is', async () => {
    const { link } = await aDelivery('ja');
    const url = links.answer(link, 5);
    const wrong = url.replace(/\/a\/./, '/a/x');
    expect((await fetch(wrong)).status).toBe(404);
    const good = await fetch(url);
    expect(good.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(site.weights.get(new URL(url).pathname)).toBeLessThan(20_000);
    expect(await good.text()).toContain('お使い心地はいかがですか？');
  });

  test('nothing chosen is said so, beside the question', async () => {
    const { shop, link } = await aDelivery();
    const answer = await fetch(links.answer(link, 4), {
      method: 'POST',
      body: new URLSearchParams({ going: '9' }),
    });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('role="alert"');
    expect(await answers(shop)).toEqual([]);
  });
});

describe('a review', () => {
  test('stars and a story, by keyboard alone, kept for the next visit', async () => {
    const { shop, order, link } = await aDelivery();
    const { page, problems, close } = await browser.open();
    const url = reviewsAt.review({ ...link, orderId: order.id, productId: 11n });
    const reviews = () =>
      t.db.sqlAcrossShops('select stars::int, text from review where shop_id = $1', [shop.id]);
    // A star of a mail is only chosen, as often as scanners press it; nothing is said before the form is sent.
    await page.goto(`${url}?stars=2`);
    expect(await page.getByRole('radio', { name: '2 stars' }).first().isChecked()).toBe(true);
    expect(await reviews()).toEqual([]);
    await page.goto(url);
    const pot = page.getByRole('group', { name: 'Pot' });
    await pot.getByRole('radio', { name: '4 stars' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.type('A pot that keeps its promise.');
    await shot(page, 'review');
    // Past the pictures, to the button.
    const send = page.getByRole('button', { name: 'Send' });
    const isThere = () => send.evaluate((button) => button === document.activeElement);
    for (let tabs = 0; tabs < 10 && !(await isThere()); tabs++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    // The page of the form has a status too, for pictures on their way.
    expect(await page.getByRole('status').filter({ hasText: /./ }).textContent()).toBe(
      'Thank you for your story',
    );
    await shot(page, 'review-thanks');
    await page.goto(url);
    expect(await page.getByRole('radio', { name: '4 stars' }).first().isChecked()).toBe(true);
    expect(await page.getByRole('textbox', { name: 'Your story' }).first().inputValue()).toBe(
      'A pot that keeps its promise.',
    );
    expect(await reviews()).toEqual([{ stars: 4, text: 'A pot that keeps its promise.' }]);
    expect(await eventsOf(t.db, shop, 'review.written')).toHaveLength(1);
    expect(problems).toEqual([]);
    await close();
  });

  test('with pictures: sent at once, refused where they are none, kept, and taken away again', async () => {
    const { shop, order, link } = await aDelivery('de');
    const { page, problems, close } = await browser.open();
    const url = reviewsAt.review({ ...link, orderId: order.id, productId: 11n });
    const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#a33' } })
      .withExif({ IFD0: { Copyright: 'c' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
      .jpeg()
      .toBuffer();
    const rows = () =>
      t.db.sqlAcrossShops<{ kind: string; used_by: string }>(
        `select p.kind, f.used_by from review_photo p join stored_file f on f.shop_id = p.shop_id and f.id = p.file_id where p.shop_id = $1`,
        [shop.id],
      );
    await page.goto(url);
    const pot = page.getByRole('group', { name: 'Pot' });
    await pot.getByRole('radio', { name: '5 Sterne' }).check({ force: true });
    await pot.getByLabel('Fotos oder ein Video').setInputFiles([
      { name: 'pot.jpg', mimeType: 'image/jpeg', buffer: picture },
      {
        name: '<img src=x onerror=alert(1)>.svg',
        mimeType: 'image/svg+xml',
        buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
      },
    ]);
    await pot.getByRole('button', { name: 'Entfernen pot.jpg' }).waitFor();
    expect(await pot.getByRole('alert').innerText()).toContain(
      '<img src=x onerror=alert(1)>.svg: Solche Zeichnungen',
    );
    await shot(page, 'review-pictures');
    // Refused ones are said by the browser as well, which is none of our doing.
    expect(problems.splice(0)).toEqual([expect.stringContaining('415')]);
    await page.getByRole('button', { name: 'Absenden' }).click();
    await page.getByRole('status').first().waitFor();
    const [review] = await t.db.sqlAcrossShops<{ id: string }>('select id from review where shop_id = $1', [
      shop.id,
    ]);
    expect(await rows()).toEqual([{ kind: 'photo', used_by: `review:${review!.id}` }]);
    await page.goto(url);
    const img = pot.getByRole('img', { name: 'Ihr Bild' });
    const src = (await img.getAttribute('src'))!;
    const kept = Buffer.from(await (await fetch(src)).arrayBuffer());
    expect((await sharp(kept).metadata()).exif).toBeUndefined();
    await pot.getByLabel('Wegnehmen').check();
    await shot(page, 'review-pictures-again');
    await page.getByRole('button', { name: 'Absenden' }).click();
    await page.getByRole('status').first().waitFor();
    expect(await rows()).toEqual([]);
    expect(problems).toEqual([]);
    await close();
  });

  test('a film whose line breaks goes on by a button, and after the page was closed, where it stopped', async () => {
    const { shop, order, link } = await aDelivery('de');
    const film = path.join(folder, 'film.mp4');
    writeFileSync(film, aVideo({ padding: 9 * 1024 * 1024, brand: 'isom' }));
    const { page, close } = await browser.open();
    const offsets: number[] = [];
    /** How many pieces come through before the line breaks. */
    let left = 3;
    await page.route('**/upload/*/*', (route) => {
      if (route.request().method() !== 'PATCH') return route.continue();
      if (left-- <= 0) return route.abort('connectionreset');
      offsets.push(Number(route.request().headers()['upload-offset']));
      return route.continue();
    });
    const url = reviewsAt.review({ ...link, orderId: order.id, productId: 11n });
    await page.clock.install();
    await page.goto(url);
    const pot = page.getByRole('group', { name: 'Pot' });
    await pot.getByRole('radio', { name: '5 Sterne' }).check({ force: true });
    const field = pot.getByLabel('Fotos oder ein Video');
    await field.setInputFiles(film);
    const more = pot.getByRole('button', { name: 'Weiter senden film.mp4' });
    while (!(await more.isVisible())) await page.clock.runFor(1000);
    await shot(page, 'film-cut');
    left = 2;
    await more.click();
    while (left > -2) await page.clock.runFor(1000);
    expect(offsets).toEqual(Array.from({ length: 5 }, (_, i) => i * 1024 * 1024));

    left = Infinity;
    await page.goto('about:blank');
    await page.goto(url);
    await pot.getByRole('radio', { name: '5 Sterne' }).check({ force: true });
    await field.setInputFiles(film);
    await pot.getByRole('button', { name: 'Entfernen film.mp4' }).waitFor();
    expect(offsets[5]).toBe(5 * 1024 * 1024);
    expect(offsets).toHaveLength(10);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await page.getByRole('button', { name: 'Absenden' }).click();
    await page.getByRole('status').first().waitFor();
    expect(
      await t.db.sqlAcrossShops(
        `select p.kind, f.bytes::int as bytes from review_photo p join stored_file f on f.shop_id = p.shop_id and f.id = p.file_id where p.shop_id = $1`,
        [shop.id],
      ),
    ).toEqual([{ kind: 'video', bytes: statSync(film).size }]);
    await close();
  });

  test('without script pictures come with the form; what is refused is said beside them, and nothing typed is lost', async () => {
    const { shop, order, link } = await aDelivery();
    const url = reviewsAt.review({ ...link, orderId: order.id, productId: 11n });
    const png = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#3a3' } })
      .png()
      .toBuffer();
    const form = (...files: [string, Uint8Array<ArrayBuffer>][]) => {
      const body = new FormData();
      body.set('stars-11', '4');
      body.set('text-11', 'Kept <b>text</b>');
      for (const [name, bytes] of files) body.append('files-11', new Blob([bytes]), name);
      return fetch(url, { method: 'POST', body, redirect: 'manual' });
    };
    const refused = await form(
      ['a.png', new Uint8Array(png)],
      ['b.txt', new TextEncoder().encode('no picture')],
    );
    expect(refused.status).toBe(422);
    const text = await refused.text();
    expect(text).toContain('This is neither a photo nor a video.');
    expect(text).toContain('Kept &#60;b&#62;text');
    const [, waiting] = /name="sent-files-11"\s+value="([^"]+)"/.exec(text)!;
    expect(await t.db.sqlAcrossShops('select 1 from review where shop_id = $1', [shop.id])).toEqual([]);
    const body = new URLSearchParams({ 'stars-11': '4', 'text-11': 'x', 'sent-files-11': waiting! });
    expect((await fetch(url, { method: 'POST', body, redirect: 'manual' })).status).toBe(303);
    // The same file cannot be taken for another review, nor somebody else's for this one.
    const other = await aDelivery();
    const theirs = reviewsAt.review({ ...other.link, orderId: other.order.id, productId: 11n });
    expect((await fetch(theirs, { method: 'POST', body, redirect: 'manual' })).status).toBe(303);
    const rows = await t.db.sqlAcrossShops<{ shop_id: bigint }>(
      'select shop_id from review_photo where shop_id = any($1::bigint[])',
      [[shop.id, other.shop.id]],
    );
    expect(rows).toEqual([{ shop_id: shop.id }]);
  });

  test('of something that is not on the order is refused', async () => {
    const { shop, order, link } = await aDelivery();
    const url = reviewsAt.review({ ...link, orderId: order.id, productId: null });
    const body = new URLSearchParams({ 'stars-999': '5', 'text-999': 'x' });
    expect((await fetch(url, { method: 'POST', body })).status).toBe(422);
    expect(await t.db.sqlAcrossShops('select 1 from review where shop_id = $1', [shop.id])).toEqual([]);
  });
});

test('every page is accessible', async () => {
  const { shop, order, link } = await aDelivery('en', { color: '#f2c14e' });
  const answered = await aDelivery('fr');
  await fetch(links.answer(answered.link, 4), { method: 'POST', body: new URLSearchParams({ going: '4' }) });
  const pages = [
    links.answer(link, 4),
    links.answer(answered.link, 4),
    `${links.answer(answered.link, 4)}&q=end`,
    reviewsAt.review({ ...link, orderId: order.id, productId: null }),
    signed(shop, 'FRIEND-7KQ4-WXHT'),
    friendsAt.page(link),
  ];
  // axe is put into the page, which its policy would not let happen.
  const { page, close } = await browser.open({ bypassCSP: true });
  for (const url of pages) {
    await page.goto(url);
    expect(await seriousViolations(page)).toEqual([]);
  }
  await close();
});

test('an advocate’s page stays in its bounds, whatever their friends call themselves', async () => {
  const { shop, link, order } = await aDelivery('en');
  const names = { shop: shop.id, id: link.customerId, name: `\u202E${'x'.repeat(200)}` };
  await t.db.sqlAcrossShops(
    'update customer set first_name = $3 where shop_id = $1 and id = $2',
    Object.values(names),
  );
  await t.db.sqlAcrossShops(
    `insert into referral (shop_id, id, program_id, code, advocate_id, friend_id, order_id, state, reasons, created_at)
     select $1, gen_random_uuid(), id, 'ANA-7K4XR2', $2, $2, $3, 'pending', '[]', $4 from program where shop_id = $1 limit 1`,
    [shop.id, link.customerId, order.id, new Date()],
  );
  const { page, close } = await browser.open({ viewport: { width: 375, height: 800 } });
  await page.goto(friendsAt.page(link));
  const name = page.locator('.rows strong').first();
  expect(await name.textContent()).toContain('xxx');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
  // What turns its direction around turns nothing beside it.
  expect(await name.evaluate((element) => getComputedStyle(element).unicodeBidi)).toBe('isolate');
  await close();
});

/** A shared link as Shopify forwards it. */
function signed(shop: Shop, code: string): string {
  const query = new URLSearchParams({
    shop: shop.domain,
    path_prefix: '/apps/friends',
    timestamp: String(Math.floor(Date.now() / 1000)),
    logged_in_customer_id: '',
  });
  query.set('signature', proxySignature(query, process.env['SHOPIFY_API_SECRET']!));
  return `${site.url}/proxy/friends/${code}?${query}`;
}

describe('a friend’s link', () => {
  test('shows the offer in the friend’s language and leads into the shop with the code', async () => {
    const { shop } = await aDelivery();
    const { page, close } = await browser.open({ locale: 'fr-FR' });
    await page.goto(signed(shop, 'friend-7kq4-wxht'));
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    expect(await page.locator('.code').textContent()).toBe('FRIEND-7KQ4-WXHT');
    const button = page.getByRole('link', { name: 'Découvrir la boutique' });
    expect(await button.getAttribute('href')).toMatch(
      /^\/discount\/FRIEND-7KQ4-WXHT\?redirect=%2F%3Ffriend%3D[\w.-]+$/,
    );
    await shot(page, 'friend-landing');
    await close();
  });

  test('is the same page for every code, and only Shopify’s signature opens it', async () => {
    const { shop } = await aDelivery();
    const [row] = await t.db.sqlAcrossShops<{ code: string }>(
      `update referral_code set code = 'ANA-7K4XR2' where shop_id = $1 and code = (
         select code from referral_code where shop_id = $1 limit 1) returning code`,
      [shop.id],
    );
    const strip = (text: string, code: string) =>
      text
        .replaceAll(code, 'CODE')
        .replace(/nonce="[^"]+"/g, '')
        .replace(/friend(=|%3D)[\w.-]+/g, '');
    const known = await (await fetch(signed(shop, row!.code))).text();
    expect(known).toContain('Ana thought of you');
    // Also where the last sign says a programme that there is not.
    for (const code of ['ANA-7K4XT2', 'ANA-7K4XR7']) {
      const unknown = await (await fetch(signed(shop, code))).text();
      expect(strip(known, row!.code)).toBe(strip(unknown, code));
    }
    const forged = signed(shop, row!.code).replace(/signature=./, 'signature=0');
    expect((await fetch(forged.replace('timestamp=', 'timestamp=1'))).status).toBe(401);
  });
});
