import { expect, test } from 'vitest';
import { cutDown, readMail } from '../../../app/adapters/email/inbound/read-mail.server.ts';
import { mimeOf } from '../../../app/adapters/email/smtp.server.ts';
import { hear, makeReplyLoop, reply } from '../../../app/conversations/conversations.server.ts';
import { mailWay, makeMailLoop, receiveMail } from '../../../app/correspondence/correspondence.server.ts';
import { replyAddresses } from '../../../app/correspondence/reply-address.ts';
import { rawMail } from '../../unit/correspondence/mails.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { after, aRecipient, noon, RememberingMail, testKey } from '../../messages.ts';

const t = testDb();
const addresses = replyAddresses('replies@in.example.com', [testKey]);

test('a mail opens a conversation, its answer goes out in the thread, and what is answered to that goes on with it', async () => {
  const shop = await aShop(t.db);
  const customerId = await aRecipient(t.db, shop, { email: 'ana@example.com' });
  await t.db.sqlAcrossShops('update customer set email_key = email where id = $1', [customerId]);
  const email = new RememberingMail();
  const receive = (raw: Buffer, at: Date) =>
    receiveMail(
      { db: t.db, addresses, hashKey: testKey, read: readMail, cutDown },
      { source: 'imap', recipient: null, raw },
      at,
    );
  const mails = makeMailLoop({
    db: t.db,
    addresses,
    read: readMail,
    hear,
    keep: () => Promise.resolve({ attached: [] }),
    tie: () => Promise.resolve(),
    suppressionKey: testKey,
  });
  const way = mailWay({
    db: t.db,
    email,
    texts: null,
    from: 'app@everafter.example',
    addresses,
    suppressionKey: testKey,
  });
  const replies = makeReplyLoop({ db: t.db, ways: { mail: way } });
  const conversations = () =>
    t.db.sqlAcrossShops<{ id: string; customer_id: string | null; voices: number; subject: string | null }>(
      'select id, customer_id, voices, subject from conversation where shop_id = $1 order by opened_at',
      [shop.id],
    );
  const entries = () =>
    t.db.sqlAcrossShops<{ kind: string; text: string; state: string | null }>(
      'select kind, text, state from conversation_entry where shop_id = $1 order by at, id',
      [shop.id],
    );

  await receive(rawMail({ To: addresses.of({ kind: 'shop', shopId: shop.id }) }), noon);
  await mails(noon);
  const [opened] = await conversations();
  expect(opened).toMatchObject({ customer_id: customerId, voices: 1, subject: 'A question' });

  const given = { shopId: shop.id, conversationId: opened!.id, text: 'It is on its way.', author: 'staff:1' };
  expect(await t.db.inShop(shop.id, (tx) => reply(tx, given, after(1)))).toMatchObject({ outcome: 'given' });
  await replies(after(1));
  const sent = email.accepted[0]!;
  expect(sent).toMatchObject({ to: 'ana@example.com', headers: { 'In-Reply-To': '<q1@mail.example.com>' } });

  const answered = await readMail(await mimeOf(sent), null);
  const back = rawMail(
    {
      To: sent.replyTo!,
      Subject: 'Re: A question',
      'Message-ID': '<q2@mail.example.com>',
      'In-Reply-To': answered.messageId,
    },
    'Thank you!\r\n\r\nOn Mon, 1 Jun 2026 at 12:00, A Shop <app@everafter.example> wrote:\r\n> It is on its way.',
  );
  await receive(back, after(2));
  await mails(after(2));
  expect(await conversations()).toMatchObject([{ id: opened!.id, voices: 2 }]);
  expect(await entries()).toMatchObject([
    { kind: 'voice', text: 'Hello, where is my parcel?' },
    { kind: 'reply', text: 'It is on its way.', state: 'sent' },
    { kind: 'voice', text: 'Thank you!' },
  ]);

  // An absence note is shown where it belongs and opens nothing; a stranger's mail is another matter.
  const away = {
    To: sent.replyTo!,
    'Auto-Submitted': 'auto-replied',
    'Message-ID': '<a@x.example>',
    'In-Reply-To': answered.messageId,
  };
  await receive(rawMail(away, 'I am away'), after(3));
  await receive(
    rawMail({
      To: addresses.of({ kind: 'shop', shopId: shop.id }),
      From: 'eve@example.net',
      'Message-ID': '<e@x.example>',
    }),
    after(3),
  );
  while ((await mails(after(3))) > 0);
  expect(await conversations()).toMatchObject([{ id: opened!.id }, { customer_id: null, voices: 1 }]);
});
