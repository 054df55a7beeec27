/**
 * Mails that a route of Mailgun forwards to an address that ends with "mime": the mail as it came, in a form. The
 * signature is an HMAC-SHA256 of timestamp and token with the account's signing key, and stands in the form itself.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Busboy } from '@fastify/busboy';
import { MAX_POST_BYTES } from '../../../correspondence/incoming-mail.ts';
import { sameLength, type Posted, type PostReading } from './posted.ts';

/** A post is tried again for eight hours, with the timestamp of its first try. */
const OLDEST_MS = 9 * 3_600_000;
const AHEAD_MS = 5 * 60_000;

export async function readMailgun(signingKey: string, posted: Posted): Promise<PostReading> {
  const fields = await fieldsOf(posted);
  if (!fields) return { outcome: 'unreadable', reason: 'the body is not a form' };
  const field = (name: string) => fields.get(name)?.toString('utf8') ?? '';
  const [timestamp, token, signature] = [field('timestamp'), field('token'), field('signature')];
  const age = posted.nowMs - Number(timestamp) * 1000;
  const right = createHmac('sha256', signingKey)
    .update(timestamp + token)
    .digest('hex');
  const isSigned = token.length > 0 && timingSafeEqual(...sameLength(right, signature.toLowerCase()));
  if (!isSigned || !(age < OLDEST_MS && age > -AHEAD_MS)) return { outcome: 'forged' };
  const raw = fields.get('body-mime');
  if (!raw)
    return { outcome: 'unreadable', reason: 'body-mime is missing: the route’s address must end with mime' };
  return { outcome: 'mail', mail: { source: 'mailgun', recipient: field('recipient') || null, raw } };
}

/** Each field byte for byte: the mail in it may be in any charset. Null when the body is no form. */
function fieldsOf({ header, body }: Posted): Promise<Map<string, Buffer> | null> {
  const form = formReader(header('content-type') ?? '');
  if (!form) return Promise.resolve(null);
  return new Promise((resolve) => {
    const fields = new Map<string, Buffer>();
    form.on('field', (name, value) => void fields.set(name, Buffer.from(value, 'latin1')));
    form.on('file', (name, stream) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
      stream.on('end', () => void fields.set(name, Buffer.concat(chunks)));
    });
    form.on('error', () => resolve(null));
    form.on('finish', () => resolve(fields));
    form.end(body);
  });
}

/** Takes every part as bytes, whatever charset it claims. Null for what is no form, or has no boundary. */
function formReader(contentType: string) {
  const kind = /^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i
    .exec(contentType)?.[1]
    ?.toLowerCase();
  if (!kind) return null;
  const isPlain = kind === 'application/x-www-form-urlencoded';
  const headers = { 'content-type': isPlain ? kind : contentType };
  const limits = { fieldSize: MAX_POST_BYTES, fileSize: MAX_POST_BYTES, fields: 200, files: 200 };
  try {
    return Busboy({ headers, defCharset: 'latin1', limits, isPartAFile: () => true });
  } catch (error) {
    if (error instanceof Error && /boundary/i.test(error.message)) return null;
    throw error;
  }
}
