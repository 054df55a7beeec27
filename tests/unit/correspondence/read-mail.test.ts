import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutDown, readMail } from '../../../app/adapters/email/inbound/read-mail.server.ts';
import { MAX_MAIL_BYTES } from '../../../app/correspondence/incoming-mail.ts';
import { aMail, rawMail } from './mails.ts';

test('who, to whom, about what, and which mails it answers', async () => {
  const mail = await aMail({
    To: 'Shop <shop@example.org>, undisclosed: b@example.com;',
    Cc: 'c@example.com',
    'In-Reply-To': '<two@example.org>',
    References: '<one@example.org> <two@example.org>',
    'Delivered-To': 'shop+x@example.org',
    Subject: '=?UTF-8?B?R3LDvMOfZQ==?= aus Köln',
  });
  expect(mail).toMatchObject({
    messageId: '<q1@mail.example.com>',
    from: { name: 'Ana Lima', address: 'ana@example.com' },
    to: ['shop@example.org', 'b@example.com', 'c@example.com', 'shop+x@example.org'],
    answers: ['<two@example.org>', '<one@example.org>'],
    text: 'Hello, where is my parcel?',
    attachments: [],
    leftOut: [],
    report: null,
    tooLarge: null,
  });
  expect(mail.subject).toContain('Grüße');
});

test.each([
  ['iso-8859-1', Buffer.from('Schöne Grüße', 'latin1'), 'Schöne Grüße'],
  ['windows-1252', Buffer.from([0x80, 0x20, 0x93, 0x68, 0x94]), '€ “h”'],
  ['utf-8', Buffer.from('日本語 🎁'), '日本語 🎁'],
  ['koi8-r', Buffer.from([0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4]), 'Привет'],
  ['shift_jis', Buffer.from([0x82, 0xa0, 0x82, 0xe8]), 'あり'],
  ['no-such-charset', Buffer.from('plain'), 'plain'],
])('a body in %s is read', async (charset, bytes, text) => {
  const head = rawMail(
    { 'Content-Type': `text/plain; charset=${charset}`, 'Content-Transfer-Encoding': '8bit' },
    '',
  );
  expect((await readMail(Buffer.concat([head, bytes]), null)).text).toBe(text);
});

test('a mail that has only markup gives words: no scripts, no styles, no quote, no hidden picture', async () => {
  const html = `<html><head><style>p{color:red}</style></head><body><p>It <b>broke</b>.</p>
    <script>alert(1)</script><img src="https://spy.example/x.gif" alt="x">
    <a href="javascript:alert(1)">click</a>
    <div class="gmail_quote">On Monday the shop wrote: <blockquote>How is it?</blockquote></div></body></html>`;
  const mail = await aMail({ 'Content-Type': 'text/html; charset=utf-8' }, html);
  expect(mail.text).toBe('It broke.\n\nclick');
});

test('photos come along, with the names their sender gave them', async () => {
  const body = `--x\r\nContent-Type: text/plain\r\n\r\nLook\r\n--x\r\nContent-Type: image/png; name="../../e vil.png"\r\nContent-Disposition: attachment; filename="../../e vil.png"\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--x--`;
  const mail = await aMail({ 'MIME-Version': '1.0', 'Content-Type': 'multipart/mixed; boundary=x' }, body);
  expect(mail.attachments).toMatchObject([
    { type: 'image/png', bytes: Buffer.from('iVBORw0KGgo=', 'base64') },
  ]);
  expect(mail.text).toBe('Look');
});

test('a mail without a sender, an id or words is a mail', async () => {
  const mail = await aMail({ From: null, 'Message-ID': null, Subject: null }, '');
  expect(mail).toMatchObject({ from: null, messageId: null, subject: null, text: '' });
});

test('a mail that is too large keeps what it says and loses what it carries', async () => {
  const body = `--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nKöln: it broke\r\n--x\r\nContent-Type: image/jpeg; name="=?utf-8?q?=C3=A4_b.jpg?="\r\nContent-Transfer-Encoding: base64\r\n\r\n${'A'.repeat(MAX_MAIL_BYTES)}\r\n--x--`;
  const raw = rawMail({ 'MIME-Version': '1.0', 'Content-Type': 'multipart/mixed; boundary=x' }, body);
  const small = await cutDown(raw);
  expect(small.length).toBeLessThan(2000);
  expect(await readMail(small, null)).toMatchObject({
    messageId: '<q1@mail.example.com>',
    from: { address: 'ana@example.com' },
    text: 'Köln: it broke',
    attachments: [],
    leftOut: [{ name: 'ä b.jpg', type: 'image/jpeg', bytes: 19_660_800, why: 'mail-size' }],
    tooLarge: raw.length,
  });
  expect(await cutDown(small)).toBe(small);
});

test('of many things that came along thirty are kept and others named; signatures of programs are none', async () => {
  const one = (type: string, name: string) =>
    `--x\r\nContent-Type: ${type}; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\n12345\r\n`;
  const all = Array.from({ length: 100 }, (_, index) => one('text/plain', `note ${index}.txt`));
  const body = `${one('application/pkcs7-signature', 'smime.p7s')}${all.join('')}--x--`;
  const mail = await aMail({ 'MIME-Version': '1.0', 'Content-Type': 'multipart/mixed; boundary=x' }, body);
  expect(mail.attachments.map(({ name }) => name)).toEqual(
    Array.from({ length: 30 }, (_, index) => `note ${index}.txt`),
  );
  expect(mail.leftOut).toHaveLength(50);
  expect(mail.leftOut[0]).toEqual({ name: 'note 30.txt', type: 'text/plain', bytes: 5, why: 'many' });
  expect(mail.leftOut.at(-1)).toMatchObject({ name: '21 more files', bytes: 105 });
});

test('a picture of a mail without plain words is marked where it stands, one from elsewhere is not', async () => {
  const html =
    '<p>Broken: <img src="cid:lid%40x"> <img src="https://spy.example/a.gif"> see?</p><blockquote><img src="cid:old@x"></blockquote>';
  const body = `--x\r\nContent-Type: text/html\r\n\r\n${html}\r\n--x\r\nContent-Type: image/png; name=lid.png\r\nContent-ID: <lid@x>\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--x--`;
  const mail = await aMail({ 'MIME-Version': '1.0', 'Content-Type': 'multipart/related; boundary=x' }, body);
  expect(mail.text).toBe('Broken: [cid:lid@x] see?');
  expect(mail.attachments).toMatchObject([{ cid: 'lid@x', name: 'lid.png' }]);
});

test('nothing that comes breaks the reading', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'From: ',
      'To: <',
      'Content-Type: multipart/mixed; boundary=x\r\n',
      '\r\n\r\n',
      '--x',
      '--x--',
      '=?utf-8?B?',
      '=\r\n',
      'Content-Transfer-Encoding: base64\r\n',
      '<html><',
      '&#x0;',
    ),
    fc.string({ unit: 'binary', maxLength: 30 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
      const mail = await readMail(Buffer.from(pieces.join(''), 'latin1'), null);
      expect(typeof mail.text).toBe('string');
    }),
    { numRuns: 150 },
  );
});
