/** H14 and E33: whatever somebody typed, a mail carries exactly the headers that were meant. */
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { mimeOf } from '../../../app/adapters/email/smtp.server.ts';
import { headerText, mailboxOf, phoneOf } from '../../../app/messages/address.ts';
import { mailOf } from '../../../app/messages/outgoing.ts';
import { readSettings } from '../../../app/shops/settings.ts';
import type { Shop } from '../../../app/shops/shop.ts';

const settings = {
  from: 'hello@everafter.test',
  unsubscribeUrl: () => 'https://app.example.com/u/token.mac',
};
const id = '0197d2a4-0000-7000-8000-000000000001';

const shopNamed = (name: string, sender: object = {}): Shop => ({
  id: 1n,
  domain: 'shop.myshopify.com',
  name,
  email: 'owner@shop.example.com',
  currency: 'EUR',
  timeZone: 'UTC',
  locale: 'en',
  country: null,
  url: null,
  status: 'installed',
  epoch: 1,
  settings: readSettings({ sender }),
});

function mailFrom(shop: Shop, subject: string, html = '<p>Hi</p>') {
  const message = { shop_id: 1n, id, customer_id: id, class: 'ask' as const };
  return mailOf(
    { message, shop, address: 'ana@example.com' },
    { subject, html, text: 'Hi' },
    settings,
    new Date(0),
  );
}

/** Strings that try to begin a header, beside any other. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .tuple(fc.string(), fc.constantFrom('\r\n', '\n', '\r', '\0', '\u2028', '\x85', '\r\n\r\n'), fc.string())
    .map(([before, breaker, after]) => `${before}${breaker}Bcc: evil@example.com${breaker}${after}`),
  fc.constantFrom(
    '=?utf-8?Q?=0D=0ABcc:_x@example.com?=',
    '"; <evil@example.com>',
    'a, b@example.com, c',
    '<',
    '(',
    '\\"',
  ),
);

const EXPECTED = [
  'auto-submitted',
  'content-type',
  'date',
  'from',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'message-id',
  'mime-version',
  'reply-to',
  'subject',
  'to',
  'x-everafter',
];

test('no subject and no name adds a header, a recipient or a control character', async () => {
  await fc.assert(
    fc.asyncProperty(nasty, nasty, async (subject, name) => {
      const raw = await mimeOf(mailFrom(shopNamed(name), subject));
      const head = raw.toString('latin1').split('\r\n\r\n', 1)[0]!;
      expect(head).not.toMatch(/[^\x20-\x7e\r\n\t]/);
      const mail = await simpleParser(raw);
      const expected = headerText(subject) === '' ? EXPECTED.filter((name) => name !== 'subject') : EXPECTED;
      expect(mail.headerLines.map((line) => line.key).sort()).toEqual(expected);
      expect(mail.subject ?? '').toBe(headerText(subject));
      expect(mail.from?.value).toHaveLength(1);
      expect(mail.from?.value[0]).toMatchObject({ address: 'hello@everafter.test' });
      expect(mail.to).toMatchObject({ value: [{ address: 'ana@example.com' }] });
      expect(mail.messageId).toBe(`<${id}@everafter.test>`);
    }),
    { numRuns: 1500 },
  );
}, 60_000);

test('a name that is plain comes back as it was', async () => {
  const mail = await simpleParser(await mimeOf(mailFrom(shopNamed('Café "Ünder" & Söhne, GmbH'), 'Für Ána')));
  expect(mail.from?.value[0]?.name).toBe('Café "Ünder" & Söhne, GmbH');
  expect(mail.subject).toBe('Für Ána');
});

test('the body comes back as it was, in any script', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2000 }), async (text) => {
      const html = `<p>${text.replace(/[<>&\r\n]/g, '')}</p>`;
      const mail = await simpleParser(await mimeOf(mailFrom(shopNamed('A'), 'S', html)));
      expect(String(mail.html).trim()).toBe(html);
    }),
    { numRuns: 200 },
  );
}, 60_000);

test('the sender is the shop where it has an address, and answers reach it', () => {
  const sender = { name: 'Ana', email: 'ana@shop.example.com', replyTo: 'help@shop.example.com' };
  expect(mailFrom(shopNamed('A', sender), 'S')).toMatchObject({
    from: { name: 'Ana', address: 'ana@shop.example.com' },
    replyTo: 'help@shop.example.com',
  });
  expect(mailFrom(shopNamed('A'), 'S').replyTo).toBe('owner@shop.example.com');
});

test('where answers are taken in they come to an address of the message’s own, unless the shop wants them elsewhere', () => {
  const inbound = {
    ...settings,
    replyTo: ({ messageId }: { messageId: string }) => `replies+${messageId}@in.co`,
  };
  const answersOf = (sender: object) => {
    const message = { shop_id: 1n, id, customer_id: id, class: 'ask' as const };
    const words = { subject: 'S', html: '', text: '' };
    return mailOf({ message, shop: shopNamed('A', sender), address: 'a@b.co' }, words, inbound, new Date(0))
      .replyTo;
  };
  expect(answersOf({ email: 'ana@shop.example.com' })).toBe(`replies+${id}@in.co`);
  expect(answersOf({ replyTo: 'help@shop.example.com' })).toBe('help@shop.example.com');
});

test('service mails carry no List-Unsubscribe; asks and offers do', () => {
  const words = { subject: 'S', html: '', text: '' };
  const headersOf = (kind: 'service' | 'offer') =>
    Object.keys(
      mailOf(
        {
          message: { shop_id: 1n, id, customer_id: id, class: kind },
          shop: shopNamed('A'),
          address: 'a@b.co',
        },
        words,
        settings,
        new Date(0),
      ).headers,
    );
  expect(headersOf('service')).toEqual(['Auto-Submitted', 'X-Everafter']);
  expect(headersOf('offer')).toContain('List-Unsubscribe-Post');
});

test.each([
  ['ana@example.com', 'ana@example.com'],
  ['  Ana.Lima+shop@Example.COM ', 'Ana.Lima+shop@example.com'],
  ["o'neil@example.co.uk", "o'neil@example.co.uk"],
  ['ana@bücher.example', 'ana@xn--bcher-kva.example'],
  ['"ana lima"@example.com', null],
  ['"evil@example.com x"@example.com', null],
  ['ana@example.com\r\nBcc: x@example.com', null],
  ['ana@example.com, x@example.com', null],
  ['Ana <ana@example.com>', null],
  ['ana@localhost', null],
  ['ana@127.0.0.1', null],
  ['ana@[127.0.0.1]', null],
  ['ana@exa mple.com', null],
  ['ana@example.com:25', null],
  ['ana..lima@example.com', null],
  ['@example.com', null],
  ['ana', null],
  ['', null],
  [`${'a'.repeat(65)}@example.com`, null],
])('an address: %s', (raw, expected) => {
  expect(mailboxOf(raw)).toBe(expected);
});

test('whatever is taken for an address is one word before and one host name after the @', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        nasty,
        fc.emailAddress(),
        nasty.map((text) => `${text}@example.com`),
      ),
      (raw) => {
        expect(mailboxOf(raw) ?? 'a@b.co').toMatch(/^[^\s@<>(),;:\\"[\]]+@[a-z0-9.-]+\.[a-z0-9-]+$/i);
      },
    ),
    { numRuns: 3000 },
  );
});

test('a phone number is E.164 or nothing', () => {
  expect(phoneOf('+49 (151) 123-45678')).toBe('+4915112345678');
  expect(phoneOf('0151 12345678')).toBeNull();
  expect(phoneOf(null)).toBeNull();
});
