import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { readText } from '../../../app/adapters/texts/inbound.server.ts';
import { isStop } from '../../../app/correspondence/stop-words.ts';

const secret = 'whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ=';
const nowMs = Date.parse('2026-06-01T10:00:00Z');

function read(body: string, change: Record<string, string> = {}) {
  const timestamp = String(nowMs / 1000);
  const mac = createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
    .update(`m1.${timestamp}.${body}`)
    .digest('base64');
  const headers: Record<string, string> = {
    'webhook-id': 'm1',
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${mac}`,
    ...change,
  };
  return readText(secret, (name) => headers[name] ?? null, body, nowMs);
}

const good = JSON.stringify({ id: 'g1', from: '+4930123456', text: 'Hello\0' });

test('a signed text is read', () => {
  expect(read(good)).toEqual({ outcome: 'text', text: { id: 'g1', from: '+4930123456', text: 'Hello' } });
});

test.each([
  ['another signature', { 'webhook-signature': 'v1,AAAA' }],
  ['no signature', { 'webhook-signature': '' }],
  ['another id', { 'webhook-id': 'm2' }],
  ['an old time', { 'webhook-timestamp': String(nowMs / 1000 - 301) }],
  ['no time', { 'webhook-timestamp': 'x' }],
])('%s is forged', (_name, change) => {
  expect(read(good, change)).toEqual({ outcome: 'forged' });
});

test('what is missing is named', () => {
  expect(read('{"id":"g1","text":"x"}')).toEqual({
    outcome: 'unreadable',
    reason: expect.stringMatching(/^from: /),
  });
  expect(read('no json')).toMatchObject({ outcome: 'unreadable' });
});

test('a word that stops texts counts when it is all that is said', () => {
  for (const text of ['STOP', ' stop. ', 'Arrêt', 'arre\u0302t', 'BAJA!', 'Stop all', 'stopp'])
    expect(isStop(text)).toBe(true);
  for (const text of ['', 'Do not stop', 'stop the lamp', 'Unstoppable', 'When does it end?'])
    expect(isStop(text)).toBe(false);
});
