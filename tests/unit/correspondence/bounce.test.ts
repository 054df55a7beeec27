import { expect, test } from 'vitest';
import { readMail } from '../../../app/adapters/email/inbound/read-mail.server.ts';
import { readReport } from '../../../app/correspondence/bounce.ts';
import { aBounce, aMail, rawMail } from './mails.ts';

const messageId = '0197d2a4-0000-7000-8000-000000000001';
const report = async (raw: Buffer) => readReport(await readMail(raw, null));

test.each([
  ['5.1.1', true],
  ['5.1.10', true],
  ['5.2.1', true],
  ['5.4.4', true],
  ['5.2.2', false],
  ['5.7.1', false],
  ['4.2.2', false],
])('%s: writing to the address ends = %s', async (status, permanent) => {
  expect(await report(aBounce(messageId, { status }))).toEqual({
    kind: 'bounced',
    messageId,
    permanent,
    status,
  });
});

test('a server that is still trying, or has delivered, says nothing of the address', async () => {
  expect(await report(aBounce(messageId, { action: 'delayed', status: '4.4.1' }))).toEqual({
    kind: 'nothing',
  });
  expect(await report(aBounce(messageId, { action: 'delivered', status: '2.0.0' }))).toEqual({
    kind: 'nothing',
  });
});

test('a bounce of somebody else’s mail is none of ours', async () => {
  expect(await report(aBounce('not-one-of-ours'))).toBeNull();
});

test('a bounce in plain words is read by the mail that it answers', async () => {
  const mail = await aMail(
    { From: 'postmaster@example.com', 'In-Reply-To': `<${messageId}@example.org>` },
    'ana@example.com: 550 5.1.1 The email account does not exist.',
  );
  expect(readReport(mail)).toMatchObject({ kind: 'bounced', messageId, permanent: true });
});

test('somebody calls a mail spam (RFC 5965)', async () => {
  const body = `--a
Content-Type: text/plain

This is an abuse report.
--a
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeMail/1.0
Version: 1

--a
Content-Type: message/rfc822

From: shop@example.org
Message-ID: <${messageId}@example.org>

Words
--a--`.replaceAll('\n', '\r\n');
  const raw = rawMail(
    {
      From: 'fbl@mail.example',
      'MIME-Version': '1.0',
      'Content-Type': 'multipart/report; report-type=feedback-report; boundary="a"',
    },
    body,
  );
  expect(await report(raw)).toEqual({ kind: 'complained', messageId });
});
