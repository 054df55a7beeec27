import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { imapMailbox } from '../../../app/adapters/email/inbound/imap.server.ts';
import { cutDown, readMail } from '../../../app/adapters/email/inbound/read-mail.server.ts';
import { makeMailboxLoop, receiveMail } from '../../../app/correspondence/correspondence.server.ts';
import type { Mailbox } from '../../../app/correspondence/mailbox.ts';
import { MAX_MAIL_BYTES } from '../../../app/correspondence/incoming-mail.ts';
import { replyAddresses } from '../../../app/correspondence/reply-address.ts';
import { rawMail } from '../../unit/correspondence/mails.ts';
import { aShop } from '../../builders.ts';
import { watchLease } from '../../leases.ts';
import { testDb } from '../../database.ts';
import { imapServer, type ImapServer } from '../../imap-server.ts';

const t = testDb();
const key = Buffer.alloc(32, 5);
const addresses = replyAddresses('replies@in.example.com', [key]);
const now = new Date('2026-06-01T10:00:00Z');

let server: ImapServer;
let mailbox: Mailbox;
let to: string;
let failing: boolean;

beforeEach(async () => {
  server = await imapServer();
  mailbox = imapMailbox(server.url);
  failing = false;
  await t.db.sqlAcrossShops('delete from incoming_mail');
  to = addresses.of({ kind: 'shop', shopId: (await aShop(t.db)).id });
});
afterEach(async () => {
  await mailbox.close();
  await server.close();
});

const aMailTo = (address: string) => rawMail({ To: address, 'Message-ID': `<${randomUUID()}@x.example>` });

const loop = (box: Mailbox = mailbox, before = () => Promise.resolve()) =>
  makeMailboxLoop({
    db: t.db,
    mailbox: box,
    realNow: () => 0,
    everyMs: -1,
    receive: async (mail, at) => {
      if (failing) throw new Error('the database is away');
      await before();
      return receiveMail({ db: t.db, addresses, hashKey: key, read: readMail, cutDown }, mail, at);
    },
  });

const stored = async () => {
  const [row] = await t.db.sqlAcrossShops<{ count: number }>(
    `select count(*)::int from incoming_mail where source = 'imap'`,
  );
  return row!.count;
};

test('what is new is taken in once, oldest first, and the mailbox is left as it is', async () => {
  for (let i = 0; i < 12; i++) server.deliver(aMailTo(to));
  const round = loop();
  expect([await round(now), await round(now), await round(now)]).toEqual([10, 2, 0]);
  expect(await stored()).toBe(12);
  server.remove(3);
  server.deliver(aMailTo(to));
  expect(await round(now)).toBe(1);
  expect(server.said).not.toContain('STORE');
  expect(server.said).not.toContain('SELECT');
});

test('a second process goes on where the first one stood, and a mailbox made anew is read anew without hearing twice', async () => {
  server.deliver(aMailTo(to));
  await loop()(now);
  const other = imapMailbox(server.url);
  expect(await loop(other)(now)).toBe(0);
  await other.close();
  server.deliver(aMailTo(to));
  server.cut();
  server.renumber();
  await expect
    .poll(() =>
      mailbox.newest(null, 1, 1).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
  expect(await loop()(now)).toBe(2);
  expect(await stored()).toBe(2);
});

test('whoever reads for long keeps the mailbox, and nobody else looks meanwhile', async () => {
  server.deliver(aMailTo(to));
  const isProlonged = watchLease(t.db, 'imap_mailbox');
  const other = imapMailbox(server.url);
  const round = loop(mailbox, async () => {
    await isProlonged();
    expect(await loop(other)(now)).toBe(0);
  });
  expect(await round(now)).toBe(1);
  await other.close();
  expect(await stored()).toBe(1);
});

test('nothing counts as read that was not stored', async () => {
  server.deliver(aMailTo(to));
  failing = true;
  await expect(loop()(now)).rejects.toThrow('the database is away');
  failing = false;
  expect(await loop()(now)).toBe(1);
  expect(await stored()).toBe(1);
});

test('a mail for no shop is left, and holds up nobody', async () => {
  server.deliver(aMailTo('nobody@nowhere.example'));
  server.deliver(aMailTo(to));
  expect(await loop()(now)).toBe(2);
  expect(await stored()).toBe(1);
});

test('of a mail that is too large only the beginning is fetched', async () => {
  const body = `--x\r\nContent-Type: text/plain\r\n\r\nIt broke\r\n--x\r\nContent-Type: image/jpeg; name=a.jpg\r\n\r\n${'A'.repeat(MAX_MAIL_BYTES + 5_000_000)}\r\n--x--`;
  const raw = rawMail({ To: to, 'MIME-Version': '1.0', 'Content-Type': 'multipart/mixed; boundary=x' }, body);
  server.deliver(raw);
  await loop()(now);
  const [row] = await t.db.sqlAcrossShops<{ raw: Buffer; size: number }>(
    'select raw, size from incoming_mail',
  );
  expect(row?.size).toBe(raw.length);
  expect(await readMail(Buffer.from(row!.raw), null)).toMatchObject({
    text: 'It broke',
    tooLarge: raw.length,
  });
});

test('a server that has gone is an error that is told, and is found again', async () => {
  server.deliver(aMailTo(to));
  await loop()(now);
  server.cut();
  server.deliver(aMailTo(to));
  const round = loop();
  await expect.poll(() => round(now).catch(() => -1)).toBeGreaterThan(0);
  expect(await stored()).toBe(2);
});

test('a wrong password is refused in words', async () => {
  const wrong = imapMailbox(server.url.replace('secret', 'wrong'));
  await expect(wrong.newest(null, 1, 1)).rejects.toThrow();
  await wrong.close();
});
