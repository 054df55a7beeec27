/** Signatures as standardwebhooks.com has them: over id, timestamp and body, with a secret that one shop has. */
import { createHmac } from 'node:crypto';

/** What the merchant gives to their system: `whsec_` and the key in base64. */
export const webhookSecret = (key: Uint8Array, shopId: bigint): string =>
  `whsec_${keyOf(key, shopId).toString('base64')}`;

/** The same shop has the same secret for ever; it says nothing of any other's. */
const keyOf = (key: Uint8Array, shopId: bigint): Buffer =>
  createHmac('sha256', key).update(`shop:${shopId}`).digest();

/** @param seconds since 1970, in real time: receivers refuse what is older than some minutes */
export function signedHeaders(
  { key, shopId }: { key: Uint8Array; shopId: bigint },
  { id, seconds, body }: { id: string; seconds: number; body: string },
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const mac = createHmac('sha256', keyOf(key, shopId)).update(`${id}.${seconds}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${mac}` };
}
