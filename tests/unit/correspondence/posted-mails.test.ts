import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { readMailgun } from '../../../app/adapters/email/inbound/mailgun.server.ts';
import { readPostmark } from '../../../app/adapters/email/inbound/postmark.server.ts';
import { rawMail } from './mails.ts';

const nowMs = Date.parse('2026-06-01T10:00:00Z');
const key = 'key-0123456789abcdef';
const latin1 = Buffer.concat([
  rawMail({ 'Content-Type': 'text/plain; charset=iso-8859-1' }, ''),
  Buffer.from([0xe4]),
]);

function signed(change: Record<string, string> = {}) {
  const timestamp = String(nowMs / 1000 - 5);
  const token = 'a'.repeat(50);
  const signature = createHmac('sha256', key)
    .update(timestamp + token)
    .digest('hex');
  return { timestamp, token, signature, recipient: 'shop+x@in.example.com', ...change };
}

function multipart(fields: Record<string, string>, raw: Buffer | null) {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const mime = raw && [
    Buffer.from(
      '--b\r\nContent-Disposition: form-data; name="body-mime"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n',
    ),
    raw,
    Buffer.from('\r\n'),
  ];
  const body = Buffer.concat([Buffer.from(parts.join('')), ...(mime ?? []), Buffer.from('--b--\r\n')]);
  return readMailgun(key, { header: () => 'multipart/form-data; boundary=b', body, nowMs });
}

test('Mailgun: the mail comes byte for byte, in a multipart form and in a plain one', async () => {
  expect(await multipart(signed(), latin1)).toEqual({
    outcome: 'mail',
    mail: { source: 'mailgun', recipient: 'shop+x@in.example.com', raw: latin1 },
  });
  const encoded = [...latin1].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const body = Buffer.from(`${new URLSearchParams(signed())}&body-mime=${encoded}`);
  const header = () => 'application/x-www-form-urlencoded; charset=utf-8';
  expect(await readMailgun(key, { header, body, nowMs })).toMatchObject({ mail: { raw: latin1 } });
});

test.each([
  ['another token', { token: 'b'.repeat(50) }],
  ['no token', { token: '' }],
  ['another signature', { signature: '0'.repeat(64) }],
  ['an empty signature', { signature: '' }],
  ['another time', { timestamp: String(nowMs / 1000 - 6) }],
])('Mailgun: %s is forged', async (_name, change) => {
  expect(await multipart(signed(change), latin1)).toEqual({ outcome: 'forged' });
});

test('Mailgun: what was signed yesterday is not taken today', async () => {
  const timestamp = String(nowMs / 1000 - 10 * 3600);
  const signature = createHmac('sha256', key)
    .update(timestamp + 'a'.repeat(50))
    .digest('hex');
  expect(await multipart(signed({ timestamp, signature }), latin1)).toEqual({ outcome: 'forged' });
});

test('Mailgun: a route that does not send the whole mail is told so', async () => {
  expect(await multipart(signed(), null)).toMatchObject({ outcome: 'unreadable' });
  for (const type of ['application/json', 'multipart/form-data', '']) {
    const reading = await readMailgun(key, { header: () => type, body: Buffer.from('{}'), nowMs });
    expect(reading).toMatchObject({ outcome: 'unreadable' });
  }
});

const login = 'postmark:a-long-password-here';
const postmark = (body: object | string, authorization: string | null) =>
  readPostmark(login, {
    header: (name) => (name === 'authorization' ? authorization : null),
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    nowMs,
  });
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

test('Postmark: the raw mail counts, and only with the name and password of the address', () => {
  const body = {
    From: 'ana@example.com',
    OriginalRecipient: 'shop+x@in.example.com',
    RawEmail: 'From: a\r\n\r\nö',
  };
  expect(postmark(body, basic(login))).toEqual({
    outcome: 'mail',
    mail: { source: 'postmark', recipient: 'shop+x@in.example.com', raw: Buffer.from('From: a\r\n\r\nö') },
  });
  for (const header of [null, '', 'Basic', basic('postmark:wrong'), basic(`${login}x`), `Bearer ${login}`])
    expect(postmark(body, header)).toEqual({ outcome: 'forged' });
});

test('Postmark: without the raw mail, or without any JSON, nothing is half-taken', () => {
  expect(postmark({ From: 'ana@example.com' }, basic(login))).toMatchObject({ outcome: 'unreadable' });
  expect(postmark('no json', basic(login))).toMatchObject({ outcome: 'unreadable' });
});
