/**
 * Mail by the HTTP interface of Resend (and of whoever speaks it). The message's id is the idempotency key: the
 * provider answers a repetition within 24 hours as it answered the first and sends nothing.
 */
import { neverConnected, retryAfterMs } from '../../messages/provider-answers.ts';
import {
  SEND_TIMEOUT_MS,
  type MailProvider,
  type OutgoingMail,
  type SendResult,
} from '../../messages/provider.ts';

export interface ResendSettings {
  apiKey: string;
  /** https://api.resend.com */
  apiUrl: string;
  timeoutMs?: number;
}

const MEMORY_MS = 24 * 3_600_000;
/** What accounts are allowed before they ask for more. */
const PER_SECOND = 10;

export function resendProvider({
  apiKey,
  apiUrl,
  timeoutMs = SEND_TIMEOUT_MS,
}: ResendSettings): MailProvider {
  return {
    name: 'resend',
    memoryMs: MEMORY_MS,
    perSecond: PER_SECOND,
    async send(mail, beforeCommit) {
      if (!(await beforeCommit())) return { kind: 'withdrawn' };
      try {
        const response = await fetch(`${apiUrl}/emails`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${apiKey}`,
            'content-type': 'application/json',
            'idempotency-key': mail.id,
          },
          body: JSON.stringify(bodyOf(mail)),
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
        });
        return await sorted(response);
      } catch (error) {
        // No answer: it may have been taken or not. The same key tells on the next try.
        return neverConnected(error) ? { kind: 'unavailable', retryAfterMs: null } : { kind: 'uncertain' };
      }
    },
    async close() {},
  };
}

function bodyOf(mail: OutgoingMail) {
  const domain = mail.from.address.slice(mail.from.address.lastIndexOf('@') + 1);
  return {
    from: `"${mail.from.name.replace(/[\\"]/g, '\\$&')}" <${mail.from.address}>`,
    to: [mail.to],
    ...(mail.replyTo ? { reply_to: mail.replyTo } : {}),
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    headers: { ...mail.headers, 'Message-ID': `<${mail.id}@${domain}>` },
    // Comes back with every event of this mail.
    tags: [
      { name: 'message', value: mail.id },
      { name: 'shop', value: String(mail.shopId) },
    ],
  };
}

async function sorted(response: Response): Promise<SendResult> {
  const body = (await response.json().catch(() => null)) as { id?: string; name?: string } | null;
  if (response.ok) return { kind: 'accepted', providerId: body?.id ?? null };
  const { status } = response;
  // The key is known with other words: the first call was taken, ours changed nothing.
  if (status === 409 && body?.name === 'invalid_idempotent_request')
    return { kind: 'accepted', providerId: null };
  const isOurs = [401, 403].includes(status);
  if (status === 409 || status === 429 || status === 408 || isOurs) {
    return { kind: 'unavailable', retryAfterMs: retryAfterMs(response.headers) };
  }
  // A gateway that gives up may have passed the mail on before.
  if (status >= 500)
    return status === 503
      ? { kind: 'unavailable', retryAfterMs: retryAfterMs(response.headers) }
      : { kind: 'uncertain' };
  const address = body?.name === 'invalid_to_address';
  return { kind: 'refused', permanent: true, reason: `http-${status}`, address };
}
