/**
 * Mails that Postmark posts to an inbound webhook. It signs nothing: who posts is known by the name and password in the
 * webhook's address (https://NAME:PASSWORD@app.example.com/api/mail-in/postmark). "Include raw email content in JSON
 * payload" has to be on, so that nothing of a mail is lost on the way.
 */
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Posted, PostReading } from './posted.ts';
import { sameLength } from './posted.ts';

const bodySchema = z.object({
  RawEmail: z.string().optional(),
  OriginalRecipient: z.string().optional(),
});

/** @param login name:password */
export function readPostmark(login: string, { header, body }: Posted): PostReading {
  const given = /^Basic ([A-Za-z0-9+/=]+)$/.exec(header('authorization') ?? '')?.[1];
  const [right, told] = sameLength(login, Buffer.from(given ?? '', 'base64').toString());
  if (!timingSafeEqual(right, told)) return { outcome: 'forged' };
  const parsed = bodySchema.safeParse(jsonOf(body));
  if (!parsed.success) return { outcome: 'unreadable', reason: 'the body is not what Postmark posts' };
  const { RawEmail: raw, OriginalRecipient: recipient } = parsed.data;
  if (!raw) return { outcome: 'unreadable', reason: 'RawEmail is missing: switch on "raw email content"' };
  return {
    outcome: 'mail',
    mail: { source: 'postmark', recipient: recipient || null, raw: Buffer.from(raw, 'utf8') },
  };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
