/**
 * Texts that a gateway posts: `{ "id", "from", "text" }`, signed as standardwebhooks.com says, with the secret of this
 * installation (TEXTS_INBOUND_SECRET).
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { IncomingText } from '../../correspondence/text.server.ts';

export type TextReading =
  { outcome: 'text'; text: IncomingText } | { outcome: 'forged' } | { outcome: 'unreadable'; reason: string };

const TOLERANCE_MS = 5 * 60_000;

const schema = z.object({
  id: z.string().min(1).max(200),
  from: z.string().min(3).max(30),
  text: z
    .string()
    .max(5000)
    .transform((text) => text.replaceAll('\0', '')),
});

/** @param secret whsec_ and base64, or any text @param nowMs real time: a signature is good for five minutes */
export function readText(
  secret: string,
  header: (name: string) => string | null,
  body: string,
  nowMs: number,
): TextReading {
  const id = header('webhook-id') ?? '';
  const timestamp = header('webhook-timestamp') ?? '';
  const isFresh = Math.abs(nowMs - Number(timestamp) * 1000) <= TOLERANCE_MS;
  const right = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest();
  const isSigned = (header('webhook-signature') ?? '').split(' ').some((entry) => {
    const [version, mac = ''] = entry.split(',');
    const given = Buffer.from(mac, 'base64');
    return version === 'v1' && given.length === right.length && timingSafeEqual(given, right);
  });
  if (!isSigned || !isFresh || !id) return { outcome: 'forged' };
  const parsed = schema.safeParse(jsonOf(body));
  if (parsed.success) return { outcome: 'text', text: parsed.data };
  const [issue] = parsed.error.issues;
  return {
    outcome: 'unreadable',
    reason: `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'no JSON'}`,
  };
}

const keyOf = (secret: string) =>
  secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
