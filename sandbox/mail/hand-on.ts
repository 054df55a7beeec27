/**
 * Somebody answers a mail: the answer goes to the app as Mailgun forwards what it takes in, the whole mail in a signed form
 * (a route with forward(".../mime")). The app knows nothing else of who wrote it.
 */

import { createHmac, randomBytes } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { post, type PostResult } from '../webhooks/post.ts';
import type { Mail, Text } from '../state/traffic.ts';

export interface Answer {
  text: string;
  from?: string | undefined;
  headers?: Record<string, string> | undefined;
  attachments?: { filename: string; type: string; base64: string; cid?: string | undefined }[] | undefined;
  at: string;
}

export async function handOn(
  { appUrl, key }: { appUrl: string; key: string },
  mail: Mail,
  answer: Answer,
): Promise<PostResult> {
  const raw = await mimeOf(mail, answer);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const token = randomBytes(25).toString('hex');
  const signature = createHmac('sha256', key)
    .update(timestamp + token)
    .digest('hex');
  const form = new FormData();
  const fields = {
    recipient: recipientOf(mail),
    sender: answer.from ?? mail.to,
    timestamp,
    token,
    signature,
  };
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('body-mime', raw.toString('utf8'));
  const request = new Response(form);
  const contentType = request.headers.get('content-type') ?? '';
  const body = Buffer.from(await request.arrayBuffer());
  return post(`${appUrl}/api/mail-in/mailgun/mime`, { 'content-type': contentType }, body);
}

/**
 * Somebody answers a text: the answer goes to the app as a gateway posts it, signed as standardwebhooks.com says. The app
 * knows nothing else of who wrote it than the number.
 */
export function handOnText(
  { appUrl, secret }: { appUrl: string; secret: string },
  { to: from }: Text,
  text: string,
): Promise<PostResult> {
  const id = randomBytes(12).toString('hex');
  const body = JSON.stringify({ id, from, text });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const mac = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${mac}`,
  };
  return post(`${appUrl}/api/text-in`, headers, body);
}

/** Where an answer goes: Reply-To, else whoever it is from. */
export function recipientOf({ headers, from }: Mail): string {
  const asked = headers['reply-to'] ?? from;
  return /<([^<>]+)>/.exec(asked)?.[1] ?? asked.trim();
}

function mimeOf(mail: Mail, { text, from, headers, attachments, at }: Answer): Promise<Buffer> {
  const answered = mail.headers['message-id'];
  const quoted = mail.text.split('\n').slice(0, 20);
  const quote = quoted.map((line) => `> ${line}`).join('\n');
  const composer = new MailComposer({
    from: from ?? mail.to,
    to: recipientOf(mail),
    subject: /^re:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`,
    date: new Date(at),
    ...(answered ? { inReplyTo: answered, references: [answered] } : {}),
    ...(headers ? { headers } : {}),
    text: `${text}\n\nOn ${mail.at.slice(0, 10)}, ${mail.from} wrote:\n${quote}\n`,
    attachments: (attachments ?? []).map(({ filename, type, base64, cid }) => ({
      filename,
      contentType: type,
      content: Buffer.from(base64, 'base64'),
      ...(cid ? { cid } : {}),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
