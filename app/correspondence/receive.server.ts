/** Takes mails in: finds whose they are, stores them, and has them worked in later. Answered only once stored. */
import { createHash } from 'node:crypto';
import type { Db, SqlTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import { addressHash } from '../messages/messages.server.ts';
import type { BroughtMail, IncomingMail } from './incoming-mail.ts';
import type { ReplyAddresses } from './reply-address.ts';

export interface ReceiveDeps {
  db: Db;
  addresses: ReplyAddresses;
  /** Keys the hash by which a sender is counted. */
  hashKey: Uint8Array;
  read: (raw: Buffer, recipient: string | null) => Promise<IncomingMail>;
  /** What is too large loses its attachments, and says so. */
  cutDown: (raw: Buffer, size: number) => Promise<Buffer>;
}

/** `nobody`: no shop has such an address. */
export type Received = 'stored' | 'known' | 'nobody';

const STORE = `
  insert into incoming_mail (shop_id, id, source, key, sender, recipient, raw, size, received_at, state, due_at)
  select $1::bigint, $2::uuid, $3, $4::bytea, $5::bytea, $6, $7::bytea, $8::int, $9::timestamptz, 'waiting', $9::timestamptz
  where exists (select 1 from shop where id = $1::bigint and status = 'installed')
  on conflict (shop_id, key) do nothing returning 1 as stored`;

export async function receiveMail(deps: ReceiveDeps, brought: BroughtMail, now: Date): Promise<Received> {
  const { db, addresses, hashKey } = deps;
  const head = await deps.read(headOf(brought.raw), brought.recipient);
  const shopId = await shopOf(deps, head, addresses);
  if (shopId === null) return 'nobody';
  const size = brought.size ?? brought.raw.length;
  const raw = await deps.cutDown(brought.raw, size);
  const sender = head.from ? addressHash(hashKey, shopId, 'email', head.from.address) : null;
  const values = [
    shopId,
    newId(now),
    brought.source,
    keyOf(brought.raw),
    sender,
    brought.recipient,
    raw,
    size,
    now,
  ];
  const stored = await db.inShop(shopId, (tx) => tx.sql(STORE, values));
  return stored.length > 0 ? 'stored' : 'known';
}

const BY_ADDRESS = `
  select id from shop where status = 'installed' and (
    lower(settings -> 'sender' ->> 'email') = any($1::text[]) or lower(settings -> 'sender' ->> 'replyTo') = any($1::text[])
    or lower(email) = any($1::text[]))
  order by id limit 2`;

/** A signed address says it; else the shop whose own address it was sent to, where only one has it. */
async function shopOf(
  { db }: ReceiveDeps,
  mail: IncomingMail,
  addresses: ReplyAddresses,
): Promise<bigint | null> {
  for (const address of mail.to) {
    const answered = addresses.read(address);
    if (answered) return answered.shopId;
  }
  const asked = mail.to.map((address) => address.toLowerCase());
  if (asked.length === 0) return null;
  const found = await db.sqlAcrossShops<{ id: bigint }>(BY_ADDRESS, [asked]);
  return found.length === 1 ? found[0]!.id : null;
}

const FORGET = `delete from incoming_mail where due_at is null and received_at < $1::timestamptz - interval '30 days'`;

/** Worked in or given up, after a month; a mail that is brought again later would be heard again, and is the same voice. */
export const forgetOldMails = async (tx: SqlTx, now: Date): Promise<void> =>
  void (await tx.sql(FORGET, [now]));

const HEAD_BYTES = 256 * 1024;

/** The headers alone: they say whose it is. */
function headOf(raw: Buffer): Buffer {
  const start = raw.subarray(0, HEAD_BYTES);
  const ends = [start.indexOf('\r\n\r\n'), start.indexOf('\n\n')].filter((at) => at >= 0);
  return start.subarray(0, Math.min(...ends, start.length));
}

/**
 * The same mail by two ways, or brought again: what servers on the way have put in front does not count. What carries no
 * Message-ID is told apart by all of it.
 */
function keyOf(raw: Buffer): Buffer {
  const head = headOf(raw)
    .toString('latin1')
    .replace(/\r?\n[ \t]+/g, ' ');
  const field = (name: string) => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
  const id = field('message-id');
  const hash = createHash('sha256');
  if (!id) return hash.update(raw).digest();
  const body = raw.subarray(headOf(raw).length);
  return hash
    .update(`${id}\0${field('from')}\0${body.length}\0`)
    .update(body)
    .digest();
}
