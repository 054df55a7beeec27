import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { cutDown, readMail } from '../../../app/adapters/email/inbound/read-mail.server.ts';
import {
  forgetOldMails,
  makeMailLoop,
  receiveMail,
} from '../../../app/correspondence/correspondence.server.ts';
import { MAX_MAIL_BYTES } from '../../../app/correspondence/incoming-mail.ts';
import { replyAddresses } from '../../../app/correspondence/reply-address.ts';
import type { Heard } from '../../../app/correspondence/voices.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aBounce, rawMail } from '../../unit/correspondence/mails.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { insertRow } from '../rows.ts';

const t = testDb();
const key = Buffer.alloc(32, 5);
const addresses = replyAddresses('replies@in.example.com', [key]);
const now = new Date('2026-06-01T10:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

let shop: Shop;
let customerId: string;
let messageId: string;
let heard: Heard[];
let tied: string[];
let trouble: Error | null;

beforeEach(async () => {
  await t.db.sqlAcrossShops('delete from incoming_mail');
  shop = await aShop(t.db, { settings: { sender: { replyTo: `hello-${randomUUID()}@shop.example` } } });
  [customerId, messageId] = [randomUUID(), randomUUID()];
  const at = { created_at: now, updated_at: now };
  await insertRow(t.db, 'customer', {
    shop_id: shop.id,
    id: customerId,
    email: 'ana@example.com',
    email_key: 'ana@example.com',
    ...at,
  });
  await insertRow(t.db, 'message', {
    shop_id: shop.id,
    id: messageId,
    customer_id: customerId,
    channel: 'email',
    state: 'sent',
    order_id: 77n,
  });
  heard = [];
  tied = [];
  trouble = null;
});

const receive = (
  raw: Buffer,
  recipient: string | null = addresses.of({ kind: 'message', shopId: shop.id, id: messageId }),
  at = now,
) =>
  receiveMail(
    { db: t.db, addresses, hashKey: key, read: readMail, cutDown },
    { source: 'mailgun', recipient, raw },
    at,
  );

const loop = () =>
  makeMailLoop({
    db: t.db,
    addresses,
    read: readMail,
    suppressionKey: key,
    keep: (_shopId, parts) =>
      Promise.resolve({
        attached: parts.map(({ name, type, cid }) => ({ fileId: 'f1', name: name ?? 'file', type, cid })),
      }),
    tie: async (_tx, _shopId, ids, usedBy) => void tied.push(...ids.map((id) => `${id} ${usedBy}`)),
    hear: async (_tx, voices) => {
      if (trouble) throw trouble;
      heard.push(...voices);
    },
  });

async function work(at = now) {
  const round = loop();
  while ((await round(at)) > 0);
}

const rows = () =>
  t.db.sqlAcrossShops<{
    state: string;
    outcome: string | null;
    raw: Buffer | null;
    recipient: string | null;
    attempts: number;
  }>('select state, outcome, raw, recipient, attempts from incoming_mail where shop_id = $1 order by id', [
    shop.id,
  ]);

test('an answer is stored, heard once in its thread, and its words are forgotten here', async () => {
  expect(await receive(rawMail())).toBe('stored');
  await work();
  expect(heard).toMatchObject([
    {
      kind: 'mail',
      customerId,
      orderId: 77n,
      threads: [`message:${messageId}`],
      text: 'Hello, where is my parcel?',
    },
  ]);
  expect(await rows()).toEqual([
    { state: 'done', outcome: 'heard', raw: null, recipient: null, attempts: 1 },
  ]);
});

test('brought twice, by two ways, it is one', async () => {
  expect(await receive(rawMail())).toBe('stored');
  expect(await receive(rawMail())).toBe('known');
  const otherWay = Buffer.concat([
    Buffer.from('Received: by mx2\r\nDelivered-To: x@y.example\r\n'),
    rawMail(),
  ]);
  expect(await receive(otherWay)).toBe('known');
  await work();
  await receive(rawMail());
  await work();
  expect(heard).toHaveLength(1);
});

test('another mail under the same Message-ID is another voice', async () => {
  await receive(rawMail());
  await receive(rawMail({ From: 'eve@example.net' }, 'I am somebody else'));
  await work();
  expect(new Set(heard.map(({ source }) => source)).size).toBe(2);
});

test('a mail to the address of the shop itself is for that shop; to nobody’s, for nobody', async () => {
  const raw = rawMail({ To: shop.settings.sender.replyTo });
  expect(await receive(raw, null)).toBe('stored');
  expect(await receive(rawMail({ To: 'unknown@nowhere.example' }), 'unknown@nowhere.example')).toBe('nobody');
  await work();
  expect(heard).toMatchObject([{ customerId, threads: [], orderId: null }]);
});

test('a signed address of a shop that has gone takes nothing', async () => {
  await t.db.sqlAcrossShops(`update shop set status = 'uninstalled' where id = $1`, [shop.id]);
  expect(await receive(rawMail())).toBe('known');
  expect(await rows()).toEqual([]);
});

test('an unknown sender is a stranger with an address', async () => {
  await receive(rawMail({ From: 'Eve <eve@example.net>' }), addresses.of({ kind: 'shop', shopId: shop.id }));
  await work();
  expect(heard).toMatchObject([
    { customerId: null, from: { name: 'Eve', address: 'eve@example.net' }, threads: [] },
  ]);
});

test('an answer to somebody who has been erased since begins anew', async () => {
  await t.db.sqlAcrossShops(
    'update customer set erased_at = $2, email = null, email_key = null where id = $1',
    [customerId, now],
  );
  await receive(rawMail());
  await work();
  expect(heard).toMatchObject([{ customerId: null, threads: [], orderId: null }]);
});

test('what came along belongs to the voice', async () => {
  const body = `--x\r\nContent-Type: text/plain\r\n\r\nLook\r\n--x\r\nContent-Type: image/png; name=a.png\r\n\r\nx\r\n--x--`;
  await receive(rawMail({ 'MIME-Version': '1.0', 'Content-Type': 'multipart/mixed; boundary=x' }, body));
  await work();
  expect(heard[0]?.attachments).toEqual([{ fileId: 'f1', name: 'a.png', type: 'image/png' }]);
  expect(tied).toEqual([`f1 ${heard[0]!.source}`]);
});

test('a bounce of an answer is told in its thread', async () => {
  const answerId = randomUUID();
  await receive(aBounce(answerId));
  await work();
  expect(heard).toMatchObject([
    {
      threads: [`message:${answerId}`],
      isAutomatic: true,
      text: '[This answer could not be delivered (5.1.1).]',
    },
  ]);
});

test('an absence note opens nothing; a list and our own mail are no voices', async () => {
  await receive(rawMail({ 'Auto-Submitted': 'auto-replied', 'Message-ID': '<1@x.example>' }));
  await receive(rawMail({ 'List-Id': '<x.example>', 'Message-ID': '<2@x.example>' }));
  await receive(rawMail({ 'X-Everafter': String(shop.id), 'Message-ID': '<3@x.example>' }));
  await work();
  expect(heard.map(({ isAutomatic }) => isAutomatic)).toEqual([true]);
  expect((await rows()).map(({ outcome }) => outcome).sort()).toEqual(['automatic', 'list', 'ourselves']);
});

test('two machines that answer each other are stopped after a dozen', async () => {
  for (let i = 0; i < 16; i++)
    await receive(rawMail({ 'Message-ID': `<loop-${i}@x.example>` }), undefined, later(i));
  await work(later(20));
  expect(heard.filter(({ isAutomatic }) => isAutomatic).length).toBe(4);
  expect(heard.length).toBe(16);
});

test('a bounce ends writing to the address, and is told once', async () => {
  const raw = aBounce(messageId);
  await receive(raw);
  await work();
  expect(heard).toEqual([]);
  expect((await rows())[0]).toMatchObject({ outcome: 'bounced', raw: null });
  const [message] = await t.db.sqlAcrossShops<{ bounced_at: Date | null }>(
    'select bounced_at from message where id = $1',
    [messageId],
  );
  expect(message?.bounced_at).toEqual(now);
  const suppressed = await t.db.sqlAcrossShops('select reason from suppression where shop_id = $1', [
    shop.id,
  ]);
  expect(suppressed).toEqual([{ reason: 'bounced' }]);
});

test('a bounce for another shop’s message is no news here', async () => {
  const other = await aShop(t.db);
  const foreign = randomUUID();
  await insertRow(t.db, 'message', {
    shop_id: other.id,
    id: foreign,
    customer_id: randomUUID(),
    channel: 'email',
    state: 'sent',
  });
  await receive(aBounce(foreign));
  await work();
  expect((await rows())[0]).toMatchObject({ outcome: 'no-news' });
  const [message] = await t.db.sqlAcrossShops<{ bounced_at: Date | null }>(
    'select bounced_at from message where id = $1',
    [foreign],
  );
  expect(message?.bounced_at).toBeNull();
});

test('a mail of 25 MB is kept without what it carries, and the thread says so', async () => {
  const body = `--x\r\nContent-Type: text/plain\r\n\r\nIt broke\r\n--x\r\nContent-Type: image/jpeg; name=a.jpg\r\n\r\n${'A'.repeat(MAX_MAIL_BYTES)}\r\n--x--`;
  const raw = rawMail({ 'MIME-Version': '1.0', 'Content-Type': 'multipart/mixed; boundary=x' }, body);
  expect(await receive(raw)).toBe('stored');
  expect(await receive(raw)).toBe('known');
  await work();
  expect(heard[0]?.text).toMatch(/^It broke\n\n\[This mail had 25\.0 MB/);
  expect(heard[0]?.attachments).toMatchObject([{ fileId: null, name: 'a.jpg', why: 'mail-size' }]);
});

test('what fails is tried again later and kept for a person in the end; nothing is half-heard', async () => {
  trouble = new Error('no');
  await receive(rawMail());
  await work();
  expect(await rows()).toMatchObject([{ state: 'waiting', attempts: 1 }]);
  trouble = null;
  await work();
  expect(heard).toEqual([]);
  await work(later(2));
  expect(heard).toHaveLength(1);
  trouble = new Error('no');
  await receive(rawMail({ 'Message-ID': '<2@x.example>' }));
  for (let day = 0; day < 9; day++) await work(later(60 * 24 * (day + 1)));
  const [, dead] = await rows();
  expect(dead).toMatchObject({ state: 'dead', outcome: 'given-up' });
  expect(dead?.raw).not.toBeNull();
});

test('two workers hear a mail once', async () => {
  for (let i = 0; i < 6; i++)
    await receive(rawMail({ 'Message-ID': `<m${i}@x.example>`, From: `p${i}@example.com` }));
  await Promise.all([work(), work(), work()]);
  expect(heard).toHaveLength(6);
  expect(new Set(heard.map(({ source }) => source)).size).toBe(6);
});

test('what waits is a due moment', async () => {
  await receive(rawMail());
  const due = await t.db.sqlAcrossShops(`select kind from due_moment where shop_id = $1`, [shop.id]);
  expect(due).toEqual([{ kind: 'incoming-mail' }]);
});

test('after a month nothing of it is left but the conversation; what waits is kept', async () => {
  await receive(rawMail());
  await work();
  await receive(rawMail({ 'Message-ID': '<waits@x.example>' }));
  const forget = (days: number) => t.db.acrossShops((tx) => forgetOldMails(tx, later(days * 24 * 60)));
  await forget(29);
  expect(await rows()).toHaveLength(2);
  await forget(31);
  expect(await rows()).toMatchObject([{ state: 'waiting' }]);
});
