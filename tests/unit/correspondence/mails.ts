/** Mails as servers bring them, for tests: only what matters is said. */
import { readMail } from '../../../app/adapters/email/inbound/read-mail.server.ts';
import type { IncomingMail } from '../../../app/correspondence/incoming-mail.ts';

/** A mail in its raw form; headers are laid over those of an ordinary one, null takes one away. */
export function rawMail(
  headers: Record<string, string | null> = {},
  body = 'Hello, where is my parcel?',
): Buffer {
  const all: Record<string, string | null> = {
    From: 'Ana Lima <ana@example.com>',
    To: 'shop@example.org',
    Subject: 'A question',
    'Message-ID': '<q1@mail.example.com>',
    Date: 'Mon, 01 Jun 2026 10:00:00 +0000',
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

export const aMail = (headers: Record<string, string | null> = {}, body?: string): Promise<IncomingMail> =>
  readMail(rawMail(headers, body), null);

/** What a mail server says of one of ours that it could not deliver (RFC 3464). */
export function aBounce(messageId: string, { status = '5.1.1', action = 'failed' } = {}): Buffer {
  const body = `--b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; ana@example.com
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp; 550 ${status} no such user

--b
Content-Type: message/rfc822

From: shop@example.org
To: ana@example.com
Message-ID: <${messageId}@example.org>
Subject: How is it going?

Words
--b--
`.replaceAll('\n', '\r\n');
  const headers = {
    From: 'Mail Delivery System <MAILER-DAEMON@mx.example.com>',
    Subject: 'Undelivered Mail Returned to Sender',
    'Message-ID': `<bounce-${messageId}@mx.example.com>`,
    'Return-Path': '<>',
    'Auto-Submitted': 'auto-replied',
    'MIME-Version': '1.0',
    'Content-Type': 'multipart/report; report-type=delivery-status; boundary="b"',
  };
  return rawMail(headers, body);
}
