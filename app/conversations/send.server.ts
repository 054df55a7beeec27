/**
 * The loop over answers that have to leave: claimed and committed as sending before any provider is called; its id is what
 * a provider knows it by, so that one called twice sends once.
 */
import type { Db } from '../db.server.ts';
import { renewalOf, workUnderLease } from '../lease.server.ts';
import { errorFields, log } from '../log.server.ts';
import type { Entry } from './conversation.ts';
import { addNames, ENTRY_COLUMNS } from './rows.server.ts';
import { waitAgain } from './unsent.server.ts';
import type { OutgoingReply, SendReply, SentReply, WaysOut } from './sending.ts';

export interface SendDeps {
  db: Db;
  ways: WaysOut;
}

const BATCH = 20;
/** Pauses between tries, in minutes; after the last it stays where a person sees it. */
const PAUSES = [1, 5, 15, 60, 180, 360, 720];

/** Those that somebody has claimed and never finished are taken up again when their lease is over. */
const CLAIM = `
  with claimed as (
    select e.shop_id, e.id from conversation_entry e join shop s on s.id = e.shop_id and s.status = 'installed'
    where e.due_at <= $1 and (e.state = 'to-send' or e.lease_until < clock_timestamp())
    order by e.due_at, e.id limit ${BATCH} for update of e skip locked)
  update conversation_entry e set state = 'sending', attempts = attempts + 1,
    lease_until = clock_timestamp() + make_interval(secs => $2)
  from claimed c where e.shop_id = c.shop_id and e.id = c.id
  returning ${ENTRY_COLUMNS}`;

const RENEW = renewalOf('conversation_entry');

const AROUND = `
  select c.shop_id as "shopId", c.id, c.customer_id as "customerId", c.order_id as "orderId", cu.erased_at as "erasedAt",
    array(select n.name from conversation_name n where n.shop_id = c.shop_id and n.conversation_id = c.id
      and n.name like 'mail:%' order by n.at limit 50) as thread
  from conversation c left join customer cu on cu.shop_id = c.shop_id and cu.id = c.customer_id
  where c.shop_id = any($1::bigint[]) and c.id = any($2::uuid[])`;

interface Around {
  shopId: bigint;
  id: string;
  customerId: string | null;
  orderId: bigint | null;
  erasedAt: Date | null;
  thread: string[];
}

/** The worker's loop. @returns how many were dealt with */
export function makeReplyLoop({ db, ways }: SendDeps): (now: Date) => Promise<number> {
  return (now) => {
    const lease = {
      claim: (seconds: number) => claim(db, now, seconds),
      renew: (rows: Claimed[], seconds: number) =>
        db.sqlAcrossShops(RENEW, [
          rows.map(({ entry }) => entry.shopId),
          rows.map(({ entry }) => entry.id),
          seconds,
        ]),
    };
    return workUnderLease(lease, async ({ entry, around }) => {
      const sent = around ? await send(wayOf(entry, ways), entry, around) : REFUSED;
      await settle(db, entry, sent, now);
    });
  };
}

interface Claimed {
  entry: Entry;
  around: Around | undefined;
}

async function claim(db: Db, now: Date, seconds: number): Promise<Claimed[]> {
  const entries = await db.acrossShops((tx) => tx.sql<Entry>(CLAIM, [now, seconds]));
  if (entries.length === 0) return [];
  const rows = await db.sqlAcrossShops<Around>(AROUND, [
    [...new Set(entries.map(({ shopId }) => shopId))],
    [...new Set(entries.map(({ conversationId }) => conversationId))],
  ]);
  const around = new Map(rows.map((row) => [`${row.shopId} ${row.id}`, row]));
  return entries.map((entry) => ({ entry, around: around.get(`${entry.shopId} ${entry.conversationId}`) }));
}

const REFUSED: SentReply = { outcome: 'refused', reason: 'erased' };

function wayOf(entry: Entry, ways: WaysOut): SendReply | undefined {
  if (entry.kind === 'notice') return ways.colleague;
  // The question goes by mail or by text only: in public it would be an odd one.
  return ways[entry.channel ?? 'none'];
}

async function send(way: SendReply | undefined, entry: Entry, around: Around): Promise<SentReply> {
  if (around.erasedAt && entry.kind !== 'notice') return REFUSED;
  if (!way) return { outcome: 'by-hand' };
  try {
    return await way(outgoingOf(entry, around));
  } catch (error) {
    log.error('a reply was not taken', { id: entry.id, kind: entry.channel ?? '', ...errorFields(error) });
    return { outcome: 'later', reason: 'no-answer' };
  }
}

const outgoingOf = (entry: Entry, { customerId, orderId, thread }: Around): OutgoingReply => ({
  shopId: entry.shopId,
  id: entry.id,
  conversationId: entry.conversationId,
  channel: entry.channel ?? 'none',
  kind: entry.kind as OutgoingReply['kind'],
  customerId,
  name: entry.name,
  address: entry.address,
  subject: entry.subject,
  text: entry.text,
  language: entry.language,
  orderId,
  productId: entry.productId,
  source: entry.ref,
  thread,
  link: entry.link,
  attachments: entry.attachments,
  at: entry.at,
  attempts: entry.attempts,
});

const SETTLE = `
  update conversation_entry set state = $3, due_at = $4, lease_until = null, ref = coalesce($5, ref),
    data = case when $6::text is null then data - 'problem' else data || jsonb_build_object('problem', $6::text) end
  where shop_id = $1 and id = $2 and state = 'sending'`;

async function settle(db: Db, entry: Entry, sent: SentReply, now: Date): Promise<void> {
  const { shopId, id } = entry;
  const pause = PAUSES[entry.attempts - 1];
  const again =
    sent.outcome === 'later' && pause !== undefined ? new Date(now.getTime() + pause * 60_000) : null;
  const state = sent.outcome === 'later' ? (again ? 'to-send' : 'refused') : sent.outcome;
  const reason = sent.outcome === 'later' || sent.outcome === 'refused' ? sent.reason : null;
  const ref = sent.outcome === 'sent' ? sent.ref : null;
  await db.acrossShops(async (tx) => {
    await tx.sql(SETTLE, [shopId, id, state, again, ref, reason]);
    if (state === 'refused') await waitAgain(tx, entry, reason ?? '', now);
    const names = sent.outcome === 'sent' ? [...(sent.names ?? []), `message:${id}`] : [];
    await addNames(tx, { shopId, id: entry.conversationId }, names, now);
  });
}
