/** Texts by a plain HTTP POST `{ to, body, id }` to one address, which is expected to drop a repeated id. */
import { neverConnected, retryAfterMs } from '../../messages/provider-answers.ts';
import { SEND_TIMEOUT_MS, type SendResult, type TextProvider } from '../../messages/provider.ts';

export interface TextsSettings {
  url: string;
  timeoutMs?: number;
  /** How long the receiver remembers ids; 0 where it does not. */
  memoryMs?: number;
}

export function httpTexts({ url, timeoutMs = SEND_TIMEOUT_MS, memoryMs = 0 }: TextsSettings): TextProvider {
  return {
    name: 'texts',
    memoryMs,
    async send(text, beforeCommit) {
      if (!(await beforeCommit())) return { kind: 'withdrawn' };
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': text.id },
          body: JSON.stringify({ to: text.to, body: text.body, id: text.id }),
          redirect: 'error',
          signal: AbortSignal.timeout(timeoutMs),
        });
        return await sorted(response);
      } catch (error) {
        return neverConnected(error) ? { kind: 'unavailable', retryAfterMs: null } : { kind: 'uncertain' };
      }
    },
    async close() {},
  };
}

async function sorted(response: Response): Promise<SendResult> {
  const body = (await response.json().catch(() => null)) as { id?: string; error?: string } | null;
  if (response.ok) return { kind: 'accepted', providerId: body?.id ?? null };
  const { status } = response;
  if (status === 429 || status === 503 || status === 401 || status === 403)
    return { kind: 'unavailable', retryAfterMs: retryAfterMs(response.headers) };
  if (status >= 500) return { kind: 'uncertain' };
  return {
    kind: 'refused',
    permanent: true,
    reason: `http-${status}`,
    address: body?.error === 'invalid-number',
  };
}
