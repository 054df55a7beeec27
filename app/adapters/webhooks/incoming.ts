/** Webhooks that come in, signed with the shop's own secret as those that go out are (signature.ts). */
import { timingSafeEqual } from 'node:crypto';
import { signedHeaders } from './signature.ts';

const TOLERANCE_SECONDS = 5 * 60;

/** @param nowMs real time: a signature is good for five minutes either way */
export function isSignedByShop(
  shop: { key: Uint8Array; shopId: bigint },
  header: (name: string) => string | null,
  body: string,
  nowMs: number,
): boolean {
  const id = header('webhook-id');
  const seconds = Number(header('webhook-timestamp') ?? 'none');
  if (!id || !Number.isInteger(seconds) || Math.abs(nowMs / 1000 - seconds) > TOLERANCE_SECONDS) return false;
  const right = Buffer.from(signedHeaders(shop, { id, seconds, body })['webhook-signature']);
  return (header('webhook-signature') ?? '').split(' ').some((entry) => {
    const given = Buffer.from(entry);
    return given.length === right.length && timingSafeEqual(given, right);
  });
}
