/** Webhooks of Resend, signed as Svix signs: delivered, bounced, complained, opened, clicked. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What the consumer wants of an event. */
export interface MailEvent {
  shopId: bigint;
  messageId: string;
  kind: 'delivered' | 'bounced' | 'complained' | 'opened' | 'clicked';
  ref: string;
  at: Date;
  permanent?: boolean;
}

export type EventReading =
  | { outcome: 'event'; event: MailEvent }
  /** Signed, but of no interest: of another sender, or of a kind that nothing follows from. */
  | { outcome: 'ignored' }
  | { outcome: 'forged' };

const bodySchema = z.object({
  type: z.string(),
  created_at: z.coerce.date(),
  data: z.object({
    tags: z.union([
      z.record(z.string(), z.string()),
      z
        .array(z.object({ name: z.string(), value: z.string() }))
        .transform((tags) => Object.fromEntries(tags.map((tag) => [tag.name, tag.value]))),
    ]),
    bounce: z.object({ type: z.string() }).partial().optional(),
  }),
});

const KINDS: Record<string, MailEvent['kind']> = {
  'email.delivered': 'delivered',
  'email.bounced': 'bounced',
  'email.complained': 'complained',
  'email.opened': 'opened',
  'email.clicked': 'clicked',
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @param nowMs real time: the signature is good for five minutes */
export function readResendEvent(
  secret: string,
  header: (name: string) => string | null,
  body: string,
  nowMs: number,
): EventReading {
  const id = header('svix-id');
  if (
    !id ||
    !isSigned(
      secret,
      { id, timestamp: header('svix-timestamp'), signatures: header('svix-signature') },
      body,
      nowMs,
    )
  ) {
    return { outcome: 'forged' };
  }
  const parsed = bodySchema.safeParse(jsonOf(body));
  if (!parsed.success) return { outcome: 'ignored' };
  const { type, created_at: at, data } = parsed.data;
  const kind = KINDS[type];
  const { message = '', shop = '' } = data.tags;
  if (!kind || !UUID.test(message) || !/^\d{1,18}$/.test(shop)) return { outcome: 'ignored' };
  const permanent = kind === 'bounced' ? { permanent: data.bounce?.type === 'Permanent' } : {};
  return {
    outcome: 'event',
    event: { shopId: BigInt(shop), messageId: message, kind, ref: id, at, ...permanent },
  };
}

interface Signed {
  id: string;
  timestamp: string | null;
  signatures: string | null;
}

const TOLERANCE_MS = 5 * 60_000;

function isSigned(
  secret: string,
  { id, timestamp, signatures }: Signed,
  body: string,
  nowMs: number,
): boolean {
  const sentMs = Number(timestamp) * 1000;
  if (!timestamp || !signatures || !(Math.abs(nowMs - sentMs) <= TOLERANCE_MS)) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const right = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return signatures.split(' ').some((entry) => {
    const [version, mac = ''] = entry.split(',');
    const given = Buffer.from(mac, 'base64');
    return version === 'v1' && given.length === right.length && timingSafeEqual(given, right);
  });
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
