import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { isSignedByShop } from '../../../app/adapters/webhooks/incoming.ts';
import { webhookSecret } from '../../../app/adapters/webhooks/signature.ts';
import { mentionSchema, voiceOfMention } from '../../../app/correspondence/mentions.ts';

const now = new Date('2026-06-01T10:00:00Z');
const mention = {
  id: '18',
  network: 'mastodon',
  author: { name: 'Ana', handle: '@ana@example.social' },
  text: 'Hello\0',
  url: 'https://example.social/@ana/18',
  language: 'en',
  inReplyTo: '17',
};

test('a mention is a voice of a stranger, with the address of its post and the thread it answers', () => {
  expect(voiceOfMention(7n, mentionSchema.parse(mention), now)).toEqual({
    shopId: 7n,
    kind: 'mention',
    source: 'mention:mastodon:18',
    customerId: null,
    from: { name: 'Ana', address: '@ana@example.social' },
    text: 'Hello',
    language: 'en',
    at: now,
    channel: 'social',
    link: 'https://example.social/@ana/18',
    threads: ['mention:mastodon:17'],
    names: ['mention:mastodon:18'],
  });
});

test.each([
  ['url', { url: 'javascript:alert(1)' }],
  ['url', { url: 'nonsense' }],
  ['network', { network: 'Mastodon!' }],
  ['id', { id: '' }],
  ['id', { id: '\0' }],
  ['author.handle', { author: { handle: ' ' } }],
  ['text', { text: 'x'.repeat(20_001) }],
  ['language', { language: '../en' }],
])('a wrong %s is named', (field, change) => {
  const parsed = mentionSchema.safeParse({ ...mention, ...change });
  expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
});

const key = Buffer.alloc(32, 4);
const nowMs = now.getTime();
const body = JSON.stringify(mention);

/** Signed as docs/mentions.md says, with nothing of ours but the secret. */
function signed(change: Record<string, string> = {}) {
  const seconds = String(nowMs / 1000 - 60);
  const secret = Buffer.from(webhookSecret(key, 7n).slice('whsec_'.length), 'base64');
  const mac = createHmac('sha256', secret).update(`m1.${seconds}.${body}`).digest('base64');
  const headers: Record<string, string> = {
    'webhook-id': 'm1',
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,AAAA v1,${mac}`,
    ...change,
  };
  return (name: string) => headers[name] ?? null;
}

test('what the shop has signed is its own', () => {
  expect(isSignedByShop({ key, shopId: 7n }, signed(), body, nowMs)).toBe(true);
});

test.each([
  ['another shop', 8n, {}, body],
  ['another body', 7n, {}, `${body} `],
  ['another id', 7n, { 'webhook-id': 'm2' }, body],
  ['no id', 7n, { 'webhook-id': '' }, body],
  ['an old moment', 7n, { 'webhook-timestamp': String(nowMs / 1000 - 301) }, body],
  ['no moment', 7n, { 'webhook-timestamp': 'x' }, body],
  ['no signature', 7n, { 'webhook-signature': '' }, body],
])('%s is not', (_name, shopId, change, text) => {
  expect(isSignedByShop({ key, shopId }, signed(change), text, nowMs)).toBe(false);
});
