/**
 * Mail by SMTP. The protocol knows no idempotency: once the last line has been sent, only the server's answer says
 * whether the mail was taken. The message is therefore streamed, and `beforeCommit` is awaited between its body and
 * the dot that ends it: everything before that dot has certainly not been accepted and may be tried again.
 */
import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';
import {
  SEND_TIMEOUT_MS,
  type MailProvider,
  type OutgoingMail,
  type SendResult,
} from '../../messages/provider.ts';

export interface SmtpSettings {
  /**
   * smtp://user:password@host:port or smtps://… For a server that keeps the Message-IDs it took and drops a repetition,
   * `?remembers=24h` says for how many hours it does; others remember nothing.
   */
  url: string;
  maxConnections?: number;
  timeoutMs?: number;
}

export function smtpProvider(settings: SmtpSettings): MailProvider {
  const { maxConnections = 10, timeoutMs = SEND_TIMEOUT_MS } = settings;
  const { url, memoryMs } = serverOf(settings.url);
  const transport = createTransport({
    url,
    pool: true,
    maxConnections,
    maxMessages: 500,
    // Its own repetitions would send a mail twice whose answer was lost.
    maxRequeues: 0,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: 'smtp',
    memoryMs,
    async send(mail, beforeCommit) {
      const raw = await mimeOf(mail);
      const attempt = { ended: 'before' as 'before' | 'after' | 'withdrawn' };
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const info = await transport.sendMail({
          envelope: { from: mail.from.address, to: [mail.to] },
          raw: Readable.from(bodyThenCommit(raw, beforeCommit, attempt)),
          signal,
        });
        return { kind: 'accepted', providerId: info.response.slice(0, 200) };
      } catch (error) {
        if (attempt.ended === 'withdrawn') return { kind: 'withdrawn' };
        return sorted(error as SmtpError, attempt.ended === 'after');
      }
    },
    async close() {
      transport.close();
    },
  };
}

function serverOf(setting: string): { url: string; memoryMs: number } {
  const url = new URL(setting);
  const hours = /^(\d{1,3})h$/.exec(url.searchParams.get('remembers') ?? '')?.[1] ?? '0';
  url.searchParams.delete('remembers');
  return { url: url.href, memoryMs: Number(hours) * 3_600_000 };
}

async function* bodyThenCommit(
  raw: Buffer,
  beforeCommit: () => Promise<boolean>,
  attempt: { ended: 'before' | 'after' | 'withdrawn' },
) {
  yield raw;
  const go = await beforeCommit();
  attempt.ended = go ? 'after' : 'withdrawn';
  // Breaks the connection before the dot: the server forgets what it has heard of this mail.
  if (!go) throw new Error('withdrawn');
}

/** The mail as RFC 5322 has it; every header is encoded by the composer. */
export function mimeOf(mail: OutgoingMail): Promise<Buffer> {
  const domain = mail.from.address.slice(mail.from.address.lastIndexOf('@') + 1);
  const composer = new MailComposer({
    from: { name: mail.from.name, address: mail.from.address },
    to: [{ name: '', address: mail.to }],
    ...(mail.replyTo ? { replyTo: { name: '', address: mail.replyTo } } : {}),
    messageId: `<${mail.id}@${domain}>`,
    date: mail.at,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: mail.headers,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

interface SmtpError extends Error {
  code?: string;
  command?: string;
  responseCode?: number;
  response?: string;
}

/** @param committed whether the end of the mail may have reached the server */
function sorted(error: SmtpError, committed: boolean): SendResult {
  const { responseCode: status, command } = error;
  if (status === undefined)
    return committed ? { kind: 'uncertain' } : { kind: 'unavailable', retryAfterMs: null };
  // Refused log-in or sender: a setting of ours is wrong, not this mail.
  const isOurs = error.code === 'EAUTH' || command === 'MAIL FROM' || command === 'CONN';
  if (status < 500 || isOurs) return { kind: 'unavailable', retryAfterMs: null };
  const saysAddress = /\b5\.1\.\d/.test(error.response ?? '') || [550, 551, 553].includes(status);
  const address = command === 'RCPT TO' && saysAddress && !/\b5\.[2-7]\.\d/.test(error.response ?? '');
  return { kind: 'refused', permanent: true, reason: `smtp-${status}`, address };
}
