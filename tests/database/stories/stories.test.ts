/** A story from its owner's form to the gallery, and out of it again. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { diskStorage } from '../../../app/adapters/files/disk.server.ts';
import type { ShopTx } from '../../../app/db.server.ts';
import { receiveFile } from '../../../app/files/files.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import type { StoryLink } from '../../../app/stories/links.ts';
import type { Term, Use } from '../../../app/stories/rights.ts';
import {
  askRights,
  gallery,
  grantRights,
  listStories,
  mergeCustomers,
  sendStory,
  showStory,
  storiesCsv,
  storyPage,
  withdrawStory,
} from '../../../app/stories/stories.server.ts';
import type { NewStory } from '../../../app/stories/story.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { insertRow } from '../rows.ts';

const t = testDb();
const now = new Date('2026-03-01T10:00:00Z');
const years = (count: number) => new Date(Date.UTC(2026 + count, 2, 1, 10));
const folder = mkdtempSync(path.join(tmpdir(), 'everafter-stories-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let shop: Shop;
let link: StoryLink;

beforeEach(async () => {
  shop = await aShop(t.db);
  link = { shopId: shop.id, customerId: await aCustomer('Ana'), orderId: null, productId: 77n };
});

async function aCustomer(name: string): Promise<string> {
  const id = randomUUID();
  await insertRow(t.db, 'customer', {
    shop_id: shop.id,
    id,
    first_name: name,
    email: `${id}@example.com`,
    locale: 'de',
  });
  return id;
}

const inShop = <Result>(work: (tx: ShopTx) => Promise<Result>) => t.db.inShop(shop.id, work);

let shade = 0;
async function aPhoto(customerId = link.customerId, bytes?: Buffer): Promise<string> {
  const deps = { db: t.db, storage: diskStorage(folder), quotaBytes: 1e9 };
  const background = { r: ++shade % 256, g: 10, b: 10 };
  const photo =
    bytes ??
    (await sharp({ create: { width: 40, height: 30, channels: 3, background } })
      .png()
      .toBuffer());
  const body = (async function* () {
    yield photo;
  })();
  const end = await receiveFile(deps, { shopId: shop.id, purpose: 'story', customerId }, body, now);
  return end.outcome === 'stored' ? end.file.id : end.refusal;
}

const storyOf = (files: string[], change: Partial<NewStory> = {}): NewStory => ({
  kind: 'photos',
  title: null,
  text: 'At home',
  answers: [],
  files: files.map((id) => ({ id, role: 'picture' })),
  name: 'Ana',
  ...change,
});

async function sent(uses: Use[] = ['shop-page'], { term = 'open' as Term, at = now, of = link } = {}) {
  const story = storyOf([await aPhoto(of.customerId)]);
  const result = await inShop((tx) => sendStory(tx, of, story, { uses, term }, at));
  if (result.outcome !== 'sent') throw new Error(JSON.stringify(result));
  return result.storyId;
}

const shown = async (at = now, productId: bigint | null = null) =>
  (await inShop((tx) => gallery(tx, shop.id, { productId }, at))).map(({ id }) => id);
const put = (id: string, show = true, at = now) => inShop((tx) => showStory(tx, shop.id, id, show, at));
const lines = async () =>
  (
    await t.db.sqlAcrossShops<{ code: string }>(
      `select code from timeline_entry where shop_id = $1 and kind = 'story' order by id`,
      [shop.id],
    )
  ).map(({ code }) => code);
const events = async () =>
  t.db.sqlAcrossShops<{ kind: string; data: object }>(
    `select kind, data from event where shop_id = $1 and kind like 'story.%' order by id`,
    [shop.id],
  );

describe('a story', () => {
  test('is told to the house, and stands on its owner’s page', async () => {
    const id = await sent();
    expect(await events()).toEqual([{ kind: 'story.sent', data: { storyId: id, kind: 'photos' } }]);
    expect(await lines()).toEqual(['story-sent']);
    const page = await inShop((tx) => storyPage(tx, shop, link));
    expect(page).toMatchObject({
      locale: 'de',
      firstName: 'Ana',
      mine: [{ id, state: 'new', files: [{ role: 'picture' }] }],
    });
  });

  test('takes only files that its own sender sent in for it, once', async () => {
    const stranger = await aPhoto(await aCustomer('Eve'));
    const mine = await aPhoto();
    const send = (files: string[]) =>
      inShop((tx) => sendStory(tx, link, storyOf(files), { uses: [], term: 'open' }, now));
    expect(await send([stranger])).toEqual({ outcome: 'refused', problem: 'no-file' });
    expect(await send([randomUUID()])).toEqual({ outcome: 'refused', problem: 'no-file' });
    expect(await send([mine])).toMatchObject({ outcome: 'sent' });
    expect(await send([mine])).toEqual({ outcome: 'refused', problem: 'no-file' });
    expect(await events()).toHaveLength(1);
  });

  test('that was sent before is not sent again', async () => {
    const bytes = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const send = async () => {
      const story = storyOf([await aPhoto(link.customerId, bytes)]);
      return inShop((tx) => sendStory(tx, link, story, { uses: [], term: 'open' }, now));
    };
    expect(await send()).toMatchObject({ outcome: 'sent' });
    expect(await send()).toEqual({ outcome: 'refused', problem: 'sent-before' });
  });

  test('of a customer who is erased has no page', async () => {
    await t.db.sqlAcrossShops('update customer set erased_at = $2 where id = $1::uuid', [
      link.customerId,
      now,
    ]);
    expect(await inShop((tx) => storyPage(tx, shop, link))).toBeNull();
    const result = await inShop((tx) => sendStory(tx, link, storyOf([]), { uses: [], term: 'open' }, now));
    expect(result).toEqual({ outcome: 'gone' });
  });

  test('follows its owner into the one they were merged into', async () => {
    const id = await sent();
    const into = await aCustomer('Ana again');
    await t.db.acrossShops((tx) => mergeCustomers(tx, [{ shopId: shop.id, from: link.customerId, into }]));
    const page = await inShop((tx) => storyPage(tx, shop, { ...link, customerId: into }));
    expect(page?.mine.map((story) => story.id)).toEqual([id]);
  });
});

describe('the gallery', () => {
  test('shows what somebody put there and its owner granted, newest first, by product', async () => {
    const [one, two] = [await sent(), await sent()];
    expect(await shown()).toEqual([]);
    expect(await put(one)).toEqual({ outcome: 'done' });
    expect(await put(two, true, years(1))).toEqual({ outcome: 'done' });
    expect(await shown(years(1))).toEqual([two, one]);
    expect(await shown(years(1), 77n)).toEqual([two, one]);
    expect(await shown(years(1), 78n)).toEqual([]);
    await put(two, false, years(1));
    expect(await shown(years(1))).toEqual([one]);
  });

  test('never shows what was not granted, or not for shops’ pages', async () => {
    for (const uses of [[], ['social', 'mails']] as Use[][])
      expect(await put(await sent(uses))).toEqual({ outcome: 'no-right' });
    expect(await shown()).toEqual([]);
  });

  test('lets go of what its term is over for', async () => {
    const id = await sent(['shop-page'], { term: '1' });
    await put(id);
    expect(await shown(new Date(years(1).getTime() - 1))).toEqual([id]);
    expect(await shown(years(1))).toEqual([]);
  });

  test('lets go at once when its owner takes it back, words and files too', async () => {
    const id = await sent();
    await put(id);
    expect(await inShop((tx) => withdrawStory(tx, link, id, now))).toBe(true);
    expect(await inShop((tx) => withdrawStory(tx, link, id, now))).toBe(false);
    expect(await shown()).toEqual([]);
    const left = await t.db.sqlAcrossShops(
      `select title, text, name, files, uses from story where id = $1::uuid`,
      [id],
    );
    expect(left).toEqual([{ title: null, text: null, name: null, files: [], uses: [] }]);
    expect(await t.db.sqlAcrossShops('select 1 from stored_file where shop_id = $1', [shop.id])).toEqual([]);
    expect(
      await t.db.sqlAcrossShops('select 1 from removed_folder where shop_id = $1', [shop.id]),
    ).not.toEqual([]);
    expect((await events()).map(({ kind }) => kind)).toEqual(['story.sent', 'story.withdrawn']);
    expect(await put(id)).toEqual({ outcome: 'gone' });
    expect(await inShop((tx) => grantRights(tx, link, id, { uses: ['ads'], term: 'open' }, now))).toBe(false);
  });

  test('lets go of it when its owner grants it for something else only', async () => {
    const id = await sent();
    await put(id);
    await inShop((tx) => grantRights(tx, link, id, { uses: ['mails'], term: 'open' }, now));
    expect(await shown()).toEqual([]);
    await inShop((tx) => grantRights(tx, link, id, { uses: ['shop-page'], term: 'open' }, now));
    // Nobody of the shop has put it back.
    expect(await shown()).toEqual([]);
    expect(await lines()).toEqual(['story-sent', 'story-shown', 'rights-granted', 'rights-granted']);
  });

  test('is nobody else’s to change', async () => {
    const id = await sent();
    await put(id);
    const eve = { ...link, customerId: await aCustomer('Eve') };
    expect(await inShop((tx) => withdrawStory(tx, eve, id, now))).toBe(false);
    expect(await inShop((tx) => grantRights(tx, eve, id, { uses: [], term: 'open' }, now))).toBe(false);
    expect(await shown()).toEqual([id]);
  });
});

describe('rights', () => {
  test('are asked for by mail, and granted on the page', async () => {
    const id = await sent([]);
    expect(await inShop((tx) => askRights(tx, shop, id, ['shop-page', 'ads'], now))).toBe(true);
    const mails = await t.db.sqlAcrossShops(
      'select template_key, class, data from message where shop_id = $1',
      [shop.id],
    );
    expect(mails).toEqual([{ template_key: 'story-rights', class: 'ask', data: { productId: '77' } }]);
    const listed = async (rights: 'asked' | 'granted' | 'missing') =>
      (await inShop((tx) => listStories(tx, shop.id, { rights }, now))).stories.length;
    expect([await listed('asked'), await listed('missing'), await listed('granted')]).toEqual([1, 1, 0]);
    await inShop((tx) => grantRights(tx, link, id, { uses: ['shop-page'], term: '2' }, now));
    expect([await listed('asked'), await listed('missing'), await listed('granted')]).toEqual([0, 0, 1]);
    expect(await put(id)).toEqual({ outcome: 'done' });
    expect(await lines()).toEqual(['story-sent', 'rights-asked', 'rights-granted', 'story-shown']);
  });

  test('granted for one thing more, they end when they would have ended; for longer, it is told', async () => {
    const id = await sent(['shop-page'], { term: '1' });
    await put(id);
    const half = new Date(now.getTime() + 180 * 86_400_000);
    const uses: Use[] = ['shop-page', 'social'];
    await inShop((tx) => grantRights(tx, link, id, { uses, term: 'keep' }, half));
    expect(await shown(new Date(years(1).getTime() - 1))).toEqual([id]);
    expect(await shown(years(1))).toEqual([]);
    await inShop((tx) => grantRights(tx, link, id, { uses, term: '2' }, half));
    expect(await shown(years(1))).toEqual([id]);
    expect(await lines()).toEqual(['story-sent', 'story-shown', 'rights-granted', 'rights-granted']);
  });

  test('asking for more keeps what was granted', async () => {
    const id = await sent();
    await put(id);
    await inShop((tx) => askRights(tx, shop, id, ['ads'], now));
    expect(await shown()).toEqual([id]);
  });
});

test('the list goes page by page, and the file has all of it', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) ids.unshift(await sent([], { at: new Date(now.getTime() + i * 1000) }));
  const first = await inShop((tx) => listStories(tx, shop.id, { limit: 3 }, now));
  const second = await inShop((tx) => listStories(tx, shop.id, { limit: 3, before: first.next }, now));
  expect([...first.stories, ...second.stories].map(({ id }) => id)).toEqual(ids);
  expect(second.next).toBeNull();
  let csv = '';
  for await (const part of storiesCsv(t.db, shop.id, {}, now)) csv += part;
  expect(csv.split('\r\n')).toHaveLength(7);
  expect(csv).toContain('"At home"');
});
