import { expect, test } from 'vitest';
import { writerOf } from '../../../app/correspondence/machine.ts';
import { aBounce, aMail } from './mails.ts';
import { readMail } from '../../../app/adapters/email/inbound/read-mail.server.ts';

const cases: [string, Record<string, string>, string][] = [
  ['a person', {}, 'person'],
  ['a person whose program says so', { 'Auto-Submitted': 'no' }, 'person'],
  ['a person who has been away', { Subject: 'Re: Out of office? No, the mugs' }, 'person'],
  ['a person who writes of an absence', { Subject: 'In my absence the parcel came back' }, 'person'],
  ['an absence note by its header', { 'Auto-Submitted': 'auto-replied (vacation)' }, 'automatic'],
  ['an old absence note', { Precedence: 'auto_reply' }, 'automatic'],
  ['a help desk', { 'X-Autoreply': 'yes' }, 'automatic'],
  ['an English subject', { Subject: 'Automatic reply: How is it going?' }, 'automatic'],
  ['a German subject', { Subject: 'Abwesenheitsnotiz: Wie läuft es?' }, 'automatic'],
  ['a French subject', { Subject: 'Réponse automatique : Tout va bien ?' }, 'automatic'],
  ['a Spanish subject', { Subject: 'Respuesta automática: ¿Qué tal?' }, 'automatic'],
  ['a Dutch subject', { Subject: 'Automatisch antwoord: Hoe gaat het?' }, 'automatic'],
  ['a Japanese subject', { Subject: '自動返信: お問い合わせ' }, 'automatic'],
  ['an address nobody reads', { From: 'Shop <no-reply@example.com>' }, 'automatic'],
  ['an empty envelope', { 'Return-Path': '<>' }, 'automatic'],
  ['a campaign', { Precedence: 'bulk', 'List-Unsubscribe': '<https://example.com/u>' }, 'list'],
  ['a mailing list', { 'List-Id': '<talk.example.com>' }, 'list'],
  ['our own mail', { 'X-Everafter': '7' }, 'ourselves'],
  ['another shop’s mail', { 'X-Everafter': '8' }, 'person'],
  ['a mail server', { From: 'MAILER-DAEMON@mx.example.com', 'Auto-Submitted': 'auto-replied' }, 'server'],
];

test.each(cases)('%s is known', async (_name, headers, writer) => {
  expect(writerOf(await aMail(headers), 7n)).toBe(writer);
});

test('a report of a mail server is known by its parts', async () => {
  expect(writerOf(await readMail(aBounce('0197d2a4-0000-7000-8000-000000000001'), null), 7n)).toBe('server');
});
