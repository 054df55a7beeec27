/** What comes along with a mail, from the mail itself to what the thread shows, what is served, and what is gone. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Attachment } from 'nodemailer/lib/mailer';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { diskStorage } from '../../../app/adapters/files/disk.server.ts';
import { threadOf } from '../../../app/conversations/conversations.server.ts';
import { lockPeople } from '../../../app/customers/customers.server.ts';
import { makeRemovalLoop, serveStored } from '../../../app/files/files.server.ts';
import { inboundLoops, inboundMail } from '../../../app/inboundMail.server.ts';
import { erasePerson } from '../../../app/shops/erasure.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { tombstonesOf } from '../../../app/shops/shops.server.ts';
import { threadView } from '../../../app/ui/inbox/inboxView.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { after, aRecipient, noon, testKey } from '../../messages.ts';
import { aPdf, aWordDocument } from '../../papers.ts';
import { aVideo } from '../../videos.ts';

const t = testDb();
const folder = mkdtempSync(path.join(tmpdir(), 'everafter-attached-'));
const storage = diskStorage(folder);
const settings = { INBOUND_ADDRESS: 'replies@in.example.com' } as Parameters<typeof inboundMail>[0];

let server: http.Server;
let origin: string;
beforeAll(async () => {
  server = http.createServer((asked, answer) => void serveStored(storage, asked.url!, asked, answer));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await new Promise((resolve) => server.close(resolve));
});

let shop: Shop;
let customerId: string;
let quotaBytes: number;
beforeEach(async () => {
  shop = await aShop(t.db);
  customerId = await aRecipient(t.db, shop, { email: 'ana@example.com' });
  await t.db.sqlAcrossShops('update customer set email_key = email where id = $1', [customerId]);
  quotaBytes = 50_000_000;
});

/** Ana writes, and the worker has worked it in. @returns the entries of her thread */
async function write(mail: { text?: string; html?: string; attachments: Attachment[] }) {
  const { db } = t;
  const inbound = inboundMail(settings, { db, linkKeys: [testKey], hashKey: testKey })!;
  const raw = await new MailComposer({
    from: 'Ana <ana@example.com>',
    to: inbound.addresses.of({ kind: 'shop', shopId: shop.id }),
    subject: 'Look',
    ...mail,
  })
    .compile()
    .build();
  expect(await inbound.receive({ source: 'imap', recipient: null, raw }, noon)).toBe('stored');
  const files = { db, storage, quotaBytes };
  const app = { db, inbound, files, key: () => testKey, social: { db } };
  const { mails } = inboundLoops(app as unknown as Parameters<typeof inboundLoops>[0]) as {
    mails: (now: Date) => Promise<number>;
  };
  while ((await mails(noon)) > 0);
  return entries();
}

const entries = async () => {
  const [row] = await t.db.sqlAcrossShops<{ id: string }>('select id from conversation where shop_id = $1', [
    shop.id,
  ]);
  const thread = await t.db.inShop(shop.id, (tx) => threadOf(tx, row!.id, 'staff:1', noon));
  return threadView(thread!, origin).entries;
};

const picture = (width: number, height = width) =>
  sharp({ create: { width, height, channels: 3, background: '#a33' } })
    .png()
    .toBuffer();

const kept = () => t.db.sqlAcrossShops('select 1 from stored_file where shop_id = $1', [shop.id]);

async function removed() {
  const round = makeRemovalLoop({ db: t.db, storage });
  while ((await round(noon)) > 0);
}

test('papers are kept beside pictures and downloaded as what they are; what is not kept is named with its reason', async () => {
  const entry = (
    await write({
      text: 'Here it is',
      attachments: [
        { filename: 'Rechnung März.exe', content: aPdf(), contentType: 'text/html' },
        { filename: 'orders.csv', content: 'order,sum,day\n1001,12.50,Mon\n' },
        { filename: 'invoice.pdf', content: Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1') },
        { filename: 'page.txt', content: '<script>alert(1)</script>' },
        { filename: 'letter.docm', content: aWordDocument({ 'word/vbaProject.bin': 'x' }) },
        { filename: 'lid.png', content: await picture(400) },
        { filename: 'fall.mp4', content: aVideo({ brand: 'mp42' }) },
        { filename: 'large.txt', content: 'x'.repeat(15 * 1024 * 1024 + 1) },
        { filename: 'counts.gif', content: await picture(1) },
      ],
    })
  )[0]!;
  expect(entry.text).toBe('Here it is');
  expect(entry.attachments).toMatchObject([
    { kind: 'paper', name: 'Rechnung März.exe', about: 'PDF, 1 KB' },
    { kind: 'paper', name: 'orders.csv', about: 'table (CSV), 1 KB' },
    { kind: 'missing', name: 'invoice.pdf', about: '1 KB, not kept because programs are never kept' },
    { kind: 'missing', name: 'page.txt', about: expect.stringContaining('HTML') },
    { kind: 'missing', name: 'letter.docm', about: expect.stringContaining('programs in it') },
    { kind: 'picture', name: 'lid.png', picture: { kind: 'picture' } },
    { kind: 'picture', name: 'fall.mp4', picture: { kind: 'video' } },
    {
      kind: 'missing',
      name: 'large.txt',
      about: expect.stringMatching(/^15\.0 MB, not kept because it is too large/),
    },
  ]);
  const [paper] = entry.attachments;
  if (paper?.kind !== 'paper') throw new Error('no paper');
  expect(paper.url).toMatch(/\/files\/[0-9a-f]{32}\/rechnung-marz\.pdf$/);
  const answer = await fetch(paper.url);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': 'attachment',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
  });
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(aPdf());
  const other = async (ending: string) => (await fetch(paper.url.replace(/[^/]+$/, ending))).status;
  expect(await Promise.all(['document.txt', 'x.html', 'x.pdf/y', '..%2fx.pdf'].map(other))).toEqual([
    404, 404, 404, 404,
  ]);
});

test('a picture stands where the words have it', async () => {
  const lid = { filename: 'lid.png', cid: 'lid@ana', content: await picture(500, 300) };
  const [entry] = await write({
    html: '<p>The lid:</p><img src="cid:lid@ana"><p>See?</p>',
    attachments: [lid],
  });
  expect(entry).toMatchObject({ text: expect.stringMatching(/^The lid:\s+\[lid\.png\]\s+See\?$/) });
  expect(entry!.attachments).toMatchObject([{ kind: 'picture', name: 'lid.png', isInline: true }]);
});

test('what came along goes with whoever sent it, from the storage too', async () => {
  const attachments = [
    { filename: 'a.pdf', content: aPdf() },
    { filename: 'a.png', content: await picture(400) },
  ];
  await write({ text: 'Mine', attachments });
  expect(await kept()).toHaveLength(2);
  await removed();
  const [before] = [readdirSync(path.join(folder, 'public'), { recursive: true }).length];
  const ana = { shopId: shop.id, shopifyId: null, email: 'ana@example.com', phone: null, orderIds: [] };
  const deps = { tombstones: tombstonesOf([testKey]), stopPerson: [], lockPeople };
  const { found } = await t.db.acrossShops((tx) => erasePerson(deps, tx, ana, after(1)));
  expect(found.customerIds).toEqual([customerId]);
  expect(await kept()).toEqual([]);
  await removed();
  expect(readdirSync(path.join(folder, 'public'), { recursive: true }).length).toBeLessThanOrEqual(
    before - 3,
  );
  expect((await entries())[0]!.attachments).toEqual([]);
});

test('without room what came along is named, and what was said is heard', async () => {
  quotaBytes = 10;
  const [entry] = await write({ text: 'Hello', attachments: [{ filename: 'a.pdf', content: aPdf() }] });
  expect(entry).toMatchObject({
    text: 'Hello',
    attachments: [{ kind: 'missing', about: '1 KB, not kept because the space for files is used up' }],
  });
  expect(await kept()).toEqual([]);
});
