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

test.each([
  'STOP',
  ' stop. ',
  'Arrêt',
  'arre\u0302t',
  'BAJA!',
  'Stop all',
  'stopp',
  'OPT OUT',
  'cancel',
  'END',
  'Opt-out',
  ' Stop please ',
  'Please STOP texting me!',
  'stop sending me these messages',
  'cancel, thanks',
  'STOP now!!',
  'Do not text me again',
  "don't text me",
  'no more texts please',
  'I want to unsubscribe',
  'Take me off your list',
  'Bitte keine SMS mehr',
  'bitte abmelden',
  'Arrêtez les messages svp',
  'Plus de SMS, merci',
  'no más mensajes por favor',
])('“%s” stops texts', (text) => {
  expect(isStop(text)).toBe(true);
});

test.each([
  '',
  '👍',
  'thanks',
  'please',
  'Do not stop',
  'stop the lamp',
  'please stop the blinking lamp',
  'Unstoppable',
  'When does it end?',
  'cancel my order',
  'I want to cancel',
  'Please end the subscription of my box',
  'no',
  'Send me the messages',
  'text me more',
  'no more olive oil please',
  'no text on the label',
  "don't write on the parcel",
  'Ich will die Bestellung abmelden lassen',
  'Do not stop by before noon, text me when you are there, I will open',
  'Bitte schicken Sie mir mehr Nachrichten',
])('“%s” is read by somebody', (text) => {
  expect(isStop(text)).toBe(false);
});
