/** Finding what a voice belongs to. */
import type { SqlTx } from '../db.server.ts';
import { followed } from '../followed.ts';
import { matterOf, type Candidate } from './matters.ts';
import type { Voice } from './voice.ts';

const LOCK = `
  select pg_advisory_xact_lock(hashtextextended(k, 0))::text from (select distinct k from unnest($1::text[]) as t(k) order by k) keys`;

/** Two voices of one matter that come at once are heard one after the other. */
export async function lockMatters(tx: SqlTx, voices: readonly Voice[]): Promise<void> {
  const keys = voices.flatMap((voice) => [
    `voice:${voice.shopId}:${matterOf(voice) ?? voice.source}`,
    ...(voice.threads?.slice(0, 1) ?? []).map((name) => `voice:${voice.shopId}:${name}`),
  ]);
  await tx.sql(LOCK, [keys]);
}

const SPOKEN = `
  select id, conversation_id as "conversationId", text, score from conversation_entry
  where shop_id = $1 and source = $2`;

/** What has been heard from this source before. */
export async function spoken(
  tx: SqlTx,
  { shopId, source }: Voice,
): Promise<{ id: string; conversationId: string; text: string; score: number | null } | null> {
  const [row] = await tx.sql<{ id: string; conversationId: string; text: string; score: number | null }>(
    SPOKEN,
    [shopId, source],
  );
  return row ?? null;
}

const FOUND = `c.id, c.state, c.matter, c.customer_id as "customerId", c.heard_at as "heardAt", c.channel`;

/** A signed address names its conversation itself; what was merged leads to where it went. */
const NAMED = `
  with asked as (select name, place from unnest($2::text[]) with ordinality as t(name, place)),
  direct as (
    select n.conversation_id as id, a.place from asked a join conversation_name n on n.shop_id = $1 and n.name = a.name
    union all
    select substr(name, 14)::uuid, place from asked
    where name ~ '^conversation:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')
  select ${FOUND} from direct d
  join conversation o on o.shop_id = $1 and o.id = d.id
  join conversation c on c.shop_id = $1 and c.id = ${followed('o')}
  order by d.place limit 20`;

const ABOUT = `
  select ${FOUND} from conversation c where c.shop_id = $1 and c.matter = $2 and c.state <> 'merged'
  order by c.heard_at desc limit 20`;

/** Whom its threads lead to, the nearest first; and what is or was about the same matter. */
export async function candidates(
  tx: SqlTx,
  { shopId, threads }: Voice,
  matter: string | null,
): Promise<{ named: Candidate[]; about: Candidate[] }> {
  const names = [...(threads ?? [])].slice(0, 50);
  const named = names.length > 0 ? await tx.sql<Candidate>(NAMED, [shopId, names]) : [];
  const about = matter ? await tx.sql<Candidate>(ABOUT, [shopId, matter]) : [];
  return { named, about };
}

const ONLY_PRODUCT = `
  select t.place::int as place, (select min(l.product_id) from order_line l where l.shop_id = t.shop_id and l.order_id = t.id
    having count(distinct l.product_id) = 1) as "productId"
  from unnest($1::bigint[], $2::bigint[]) with ordinality as t(shop_id, id, place)`;

/** Who writes about an order of one product writes about that product: an alarm counts it. @returns the same voices, in order */
export async function withProducts(tx: SqlTx, voices: readonly Voice[]): Promise<readonly Voice[]> {
  const open = voices.filter(
    ({ kind, orderId, productId }) => (kind === 'mail' || kind === 'text') && orderId && !productId,
  );
  if (open.length === 0) return voices;
  const rows = await tx.sql<{ place: number; productId: bigint | null }>(ONLY_PRODUCT, [
    open.map(({ shopId }) => shopId),
    open.map(({ orderId }) => orderId),
  ]);
  const found = new Map(rows.map(({ place, productId }) => [open[place - 1], productId]));
  return voices.map((voice) => (found.get(voice) ? { ...voice, productId: found.get(voice)! } : voice));
}

const OF_SOURCE = `
  select coalesce(c.merged_into, c.id) as id from conversation_entry e
  join conversation c on c.shop_id = e.shop_id and c.id = e.conversation_id
  where e.shop_id = $1 and e.source = $2`;

/** The conversation in which a source has been heard; null while it has not. */
export async function conversationOf(tx: SqlTx, shopId: bigint, source: string): Promise<string | null> {
  const [row] = await tx.sql<{ id: string }>(OF_SOURCE, [shopId, source]);
  return row?.id ?? null;
}
