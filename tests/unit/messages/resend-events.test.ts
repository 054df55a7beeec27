import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { readResendEvent } from '../../../app/adapters/email/resend-events.server.ts';

const key = Buffer.alloc(24, 3);
const secret = `whsec_${key.toString('base64')}`;
const nowMs = Date.parse('2026-06-01T10:00:00Z');
const messageId = '0197d2a4-0000-7000-8000-000000000001';

const body = (type: string, data: object = {}) =>
  JSON.stringify({
    type,
    created_at: '2026-06-01T09:59:58.000Z',
    data: { email_id: 'x', tags: { message: messageId, shop: '7' }, ...data },
  });

function read(text: string, change: Record<string, string | null> = {}) {
  const timestamp = change['svix-timestamp'] ?? String(nowMs / 1000);
  const signature = createHmac('sha256', key).update(`msg_1.${timestamp}.${text}`).digest('base64');
  const headers: Record<string, string | null> = {
    'svix-id': 'msg_1',
    'svix-timestamp': timestamp,
    'svix-signature': `v1,bm90IHRoaXM= v1,${signature}`,
    ...change,
  };
  return readResendEvent(secret, (name) => headers[name] ?? null, text, nowMs);
}

test('each kind is understood', () => {
  expect(read(body('email.delivered'))).toEqual({
    outcome: 'event',
    event: {
      shopId: 7n,
      messageId,
      kind: 'delivered',
      ref: 'msg_1',
      at: new Date('2026-06-01T09:59:58.000Z'),
    },
  });
  expect(read(body('email.bounced', { bounce: { type: 'Permanent' } }))).toMatchObject({
    event: { kind: 'bounced', permanent: true },
  });
  expect(read(body('email.bounced', { bounce: { type: 'Transient' } }))).toMatchObject({
    event: { kind: 'bounced', permanent: false },
  });
  const tags = [
    { name: 'message', value: messageId },
    { name: 'shop', value: '7' },
  ];
  expect(read(body('email.complained', { tags }))).toMatchObject({
    event: { kind: 'complained', messageId },
  });
});

test('what is signed but not ours is left alone', () => {
  expect(read(body('email.scheduled'))).toEqual({ outcome: 'ignored' });
  expect(read(body('email.delivered', { tags: {} }))).toEqual({ outcome: 'ignored' });
  expect(read(body('email.delivered', { tags: { message: "'; drop table", shop: '7' } }))).toEqual({
    outcome: 'ignored',
  });
  expect(
    read(body('email.delivered', { tags: { message: messageId, shop: '99999999999999999999' } })),
  ).toEqual({ outcome: 'ignored' });
  expect(read('no json')).toEqual({ outcome: 'ignored' });
});

test('what is not signed, signed for something else or long ago is forged', () => {
  const text = body('email.delivered');
  expect(read(text, { 'svix-signature': null })).toEqual({ outcome: 'forged' });
  expect(read(text, { 'svix-signature': 'v1,bm90IHRoaXM=' })).toEqual({ outcome: 'forged' });
  expect(read(text, { 'svix-signature': 'v2,bm90IHRoaXM=' })).toEqual({ outcome: 'forged' });
  expect(read(text, { 'svix-id': 'msg_2' })).toEqual({ outcome: 'forged' });
  expect(read(text, { 'svix-timestamp': String(nowMs / 1000 - 400) })).toEqual({ outcome: 'forged' });
  expect(read(text, { 'svix-timestamp': 'soon' })).toEqual({ outcome: 'forged' });
});
