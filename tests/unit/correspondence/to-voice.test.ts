import { expect, test } from 'vitest';
import { voiceOf, type Kept, type MailFacts } from '../../../app/correspondence/to-voice.ts';
import { shownName } from '../../../app/correspondence/parts.ts';
import { aMail } from './mails.ts';

const nothing: Kept = { attached: [] };
const message = {
  id: '0197d2a4-0000-7000-8000-000000000001',
  customerId: 'c1',
  orderId: 9n,
  isErased: false,
};
const facts: MailFacts = {
  shopId: 7n,
  key: 'abc',
  answered: null,
  message: null,
  sender: null,
  isRestless: false,
  at: new Date('2026-06-01T10:00:00Z'),
};

test('an answer is in the thread of the message it answers, and of nothing that has its subject', async () => {
  const mail = await aMail({ Subject: 'Re: How is it going?', 'In-Reply-To': '<x@shop.example>' });
  const answered = { kind: 'message' as const, shopId: 7n, id: message.id };
  expect(voiceOf(mail, { ...facts, answered, message }, nothing, false)).toMatchObject({
    kind: 'mail',
    source: 'mail:abc',
    customerId: 'c1',
    orderId: 9n,
    channel: 'mail',
    threads: [`message:${message.id}`, 'mail:<x@shop.example>'],
    names: ['mail:<q1@mail.example.com>'],
  });
  const stranger = await aMail({ Subject: 'Re: How is it going?' });
  expect(voiceOf(stranger, facts, nothing, false)).toMatchObject({ customerId: null, threads: [] });
});

test('who answers from another address stays in the thread and is shown with that address', async () => {
  const mail = await aMail({ From: 'Work <ana@work.example>' });
  const answered = { kind: 'message' as const, shopId: 7n, id: message.id };
  const voice = voiceOf(mail, { ...facts, answered, message, sender: { customerId: 'c2' } }, nothing, false);
  expect(voice).toMatchObject({ customerId: 'c1', from: { name: 'Work', address: 'ana@work.example' } });
});

test('who answers what was written to somebody erased since is somebody new', async () => {
  const mail = await aMail({ 'In-Reply-To': '<x@shop.example>' });
  const erased = { ...message, customerId: null, isErased: true };
  const answered = { kind: 'message' as const, shopId: 7n, id: message.id };
  expect(voiceOf(mail, { ...facts, answered, message: erased }, nothing, false)).toMatchObject({
    customerId: null,
    orderId: null,
    threads: [],
  });
});

test('a known customer who writes out of the blue is known', async () => {
  expect(voiceOf(await aMail(), { ...facts, sender: { customerId: 'c2' } }, nothing, false)).toMatchObject({
    customerId: 'c2',
    threads: [],
  });
});

const part = { fileId: 'f1', name: 'lid.jpg', type: 'image/jpeg', bytes: 9, cid: 'lid@x' };

test('what was not kept is named beside what was, and mails that come too thick and fast are a machine’s', async () => {
  const exe = { fileId: null, name: 'a.exe', type: 'x/y', bytes: 2_097_152, cid: null, why: 'program' };
  const late = { name: 'c.pdf', type: 'application/pdf', bytes: 5, why: 'many' } as const;
  const voice = voiceOf(
    { ...(await aMail({}, 'Look')), tooLarge: 31_457_280, leftOut: [late] },
    { ...facts, isRestless: true },
    { attached: [part, exe] },
    false,
  );
  expect(voice.text.split('\n\n')).toEqual([
    'Look',
    expect.stringMatching(/^\[This mail had 30\.0 MB, more than the 25 MB that are kept\./),
  ]);
  expect(voice.attachments).toEqual([
    { fileId: 'f1', name: 'lid.jpg', type: 'image/jpeg', bytes: 9 },
    { fileId: null, name: 'a.exe', type: 'x/y', bytes: 2_097_152, why: 'program' },
    { fileId: null, ...late },
  ]);
  expect(voice.isAutomatic).toBe(true);
});

test('a picture keeps its place in the words, however a program marks it; marks of nothing go', async () => {
  const other = { ...part, fileId: 'f2', name: 'box.jpg', cid: 'box@x' };
  const mail = await aMail(
    {},
    'Broken here:\n[cid:box@x]\nand\n[image: lid.jpg]\n[cid:gone@x]\nas you [image: see]',
  );
  const voice = voiceOf(mail, facts, { attached: [part, other] }, false);
  expect(voice.text).toBe('Broken here:\n[box.jpg]\nand\n[lid.jpg]\n\nas you [image: see]');
  expect(voice.attachments).toMatchObject([
    { fileId: 'f2', isInline: true },
    { fileId: 'f1', isInline: true },
  ]);
});

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\docs\\a.pdf', 'a.pdf'],
  ['invoice\u202efdp.exe', 'invoicefdp.exe'],
  ['a\r\nBcc: eve@example.net', 'aBcc: eve@example.net'],
  ['<img src=x onerror=alert(1)>.pdf', '<img src=x onerror=alert(1)>.pdf'],
  ['', 'file without a name'],
  [`${'a'.repeat(300)}.exe`, `${'a'.repeat(100)}…${'a'.repeat(15)}.exe`],
])('the name %j is shown as %j', (name, shown) => {
  expect(shownName(name, 'application/pdf')).toBe(shown);
});
