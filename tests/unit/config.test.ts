/** A missing or senseless setting is named, all at once, and its value never told. */

import { expect, test } from 'vitest';
import { readConfig } from '../../app/config.server.ts';

const SOUND = {
  DATABASE_URL: 'postgresql://me:hush@db.example/shop',
  SHOPIFY_API_KEY: 'key',
  SHOPIFY_API_SECRET: 'hush',
  SHOPIFY_APP_URL: 'https://app.example',
  ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
  MAIL_FROM: 'shop@app.example',
  SMTP_URL: 'smtp://mail.example',
};

test('sound settings are taken', () => {
  expect(readConfig(SOUND)).toMatchObject({ PORT: 3000, EMAIL_PROVIDER: 'smtp' });
});

test('an empty name of the mail server is none', () => {
  expect(readConfig({ ...SOUND, MAIL_SPF_INCLUDE: '' }).MAIL_SPF_INCLUDE).toBeUndefined();
  expect(readConfig({ ...SOUND, MAIL_DKIM_SELECTOR: 's1' }).MAIL_DKIM_SELECTOR).toBe('s1');
});

test('nothing set: everything needed is named', () => {
  const { SMTP_URL, ...always } = SOUND;
  for (const name of Object.keys(always)) expect(() => readConfig({})).toThrow(`${name}: missing`);
  expect(() => readConfig(always)).toThrow('SMTP_URL: needed with EMAIL_PROVIDER=smtp');
  expect(readConfig({ ...always, EMAIL_PROVIDER: 'resend', RESEND_API_KEY: SMTP_URL })).toBeTruthy();
});

test.each([
  ['DATABASE_URL', 'mysql://me:hush@db.example/shop'],
  ['DATABASE_POOL', '0'],
  ['SHOPIFY_API_SECRET', ''],
  ['SHOPIFY_APP_URL', 'app.example'],
  ['SHOPIFY_APP_URL', 'localhost:3000'],
  ['TEXTS_URL', 'ftp://hush.example'],
  ['ENCRYPTION_KEY', 'c2hvcnQ='],
  ['MAIL_FROM', 'hush'],
  ['MAIL_SPF_INCLUDE', 'include:hush.example'],
  ['MAIL_DKIM_SELECTOR', 'hush._domainkey.'],
  ['EMAIL_PROVIDER', 'pigeon'],
  ['SMTP_URL', ''],
  ['SMTP_URL', 'https://hush.example'],
  ['PORT', 'hush'],
  ['PORT', '70000'],
  ['WORKER_PORT', 'hush'],
  ['WORKER_POLL_MS', '-5'],
  ['LOG_LEVEL', 'loud'],
  ['TEXTS_INBOUND_SECRET', 'hush'],
  ['INBOUND_ADDRESS', 'hush'],
  ['INBOUND_ADDRESS', 'much-too-long-hush@in.example'],
  ['INBOUND_POSTMARK_LOGIN', 'hush'],
  ['INBOUND_POSTMARK_LOGIN', 'me:hush'],
  ['INBOUND_MAILGUN_KEY', 'hush'],
  ['INBOUND_IMAP_URL', 'https://me:hush@mail.example'],
  ['INBOUND_IMAP_URL', 'imap://me:hush@mail.example'],
  ['INBOUND_IMAP_URL', 'imaps://hush.example'],
])('%s=%s', (name, value) => {
  expect(() => readConfig({ ...SOUND, [name]: value })).toThrow(
    new RegExp(`senseless:\n  ${name}: (?!.*hush)`),
  );
});

test('whoever brings mails in needs an address for them', () => {
  const ways = {
    INBOUND_POSTMARK_LOGIN: 'postmark:a-long-password-here',
    INBOUND_MAILGUN_KEY: 'a-long-signing-key',
    INBOUND_IMAP_URL: 'imaps://me:hush@mail.example/INBOX',
  };
  for (const [name, value] of Object.entries(ways)) {
    expect(() => readConfig({ ...SOUND, [name]: value })).toThrow(`INBOUND_ADDRESS: needed with ${name}`);
    expect(readConfig({ ...SOUND, [name]: value, INBOUND_ADDRESS: 'replies@in.example.com' })).toBeTruthy();
  }
});
