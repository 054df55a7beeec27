/** Tags on conversations: suggested by rules when something is said, agreed to or taken off by people. */
import type { SqlTx } from '../db.server.ts';
import { ringAlarms } from './alarm.server.ts';
import { asBefore, asComplaint, speaksByWords } from './complaints.ts';
import { lockConversations, saveConversations } from './rows.server.ts';
import { promisesOfShop } from './settings.server.ts';
import { suggestedTags, FIRST_TAGS, tagSchema, type Tag } from './tags.ts';
import type { Conversation } from './conversation.ts';
import type { Heard } from './hear.server.ts';
import type { Voice } from './voice.ts';

const OF_SHOPS = `
  select shop_id as "shopId", code, name, complaint, rules from tag where shop_id = any($1::bigint[]) order by name, code`;

/** By shop. */
export async function tagsOf(tx: SqlTx, shopIds: readonly bigint[]): Promise<Map<bigint, Tag[]>> {
  const rows = await tx.sql<Tag & { shopId: bigint }>(OF_SHOPS, [[...new Set(shopIds)]]);
  const byShop = new Map<bigint, Tag[]>();
  for (const { shopId, ...row } of rows) {
    const tag = tagSchema.safeParse(row);
    if (tag.success) byShop.set(shopId, [...(byShop.get(shopId) ?? []), tag.data]);
  }
  return byShop;
}

const SAVE = `
  insert into tag (shop_id, code, name, complaint, rules, created_at) values ($1, $2, $3, $4, $5::jsonb, $6)
  on conflict (shop_id, code) do update set name = excluded.name, complaint = excluded.complaint, rules = excluded.rules`;
const INSTALL = `${SAVE.split('on conflict')[0]} on conflict do nothing`;

const rowOf = (shopId: bigint, tag: Tag, now: Date) => [
  shopId,
  tag.code,
  tag.name,
  tag.complaint,
  JSON.stringify(tag.rules),
  now,
];

/** Gives a new shop its tags; what it has stays. */
export async function installTags(tx: SqlTx, shopId: bigint, now: Date): Promise<void> {
  for (const tag of FIRST_TAGS) await tx.sql(INSTALL, rowOf(shopId, tag, now));
}

export const saveTag = (tx: SqlTx, shopId: bigint, tag: Tag, now: Date) =>
  tx.sql(SAVE, rowOf(shopId, tag, now));

/** A tag that goes is taken off everywhere. */
export async function deleteTag(tx: SqlTx, shopId: bigint, code: string): Promise<void> {
  await tx.sql('delete from conversation_tag where shop_id = $1 and tag = $2', [shopId, code]);
  await tx.sql('delete from tag where shop_id = $1 and code = $2', [shopId, code]);
}

const PUT = `
  insert into conversation_tag (shop_id, conversation_id, tag, by, suggested, at, heard_at, open)
  select c.shop_id, c.id, t.code, $4, $5, $6, c.heard_at, c.state in ('open', 'snoozed')
  from conversation c join tag t on t.shop_id = c.shop_id and t.code = any($3::text[])
  where c.shop_id = $1 and c.id = any($2::uuid[])
  on conflict (shop_id, conversation_id, tag) do update set suggested = false, by = excluded.by
    where conversation_tag.suggested and not excluded.suggested
  returning conversation_id`;

/** Puts tags on conversations; one that is there already stays once. @returns how many were new or agreed to */
export async function putTags(
  tx: SqlTx,
  { shopId, ids, tags, by }: { shopId: bigint; ids: readonly string[]; tags: readonly string[]; by: string },
  now: Date,
): Promise<number> {
  const rows = await tx.sql(PUT, [shopId, [...ids], [...tags], by, by === 'rule', now]);
  return rows.length;
}

const PRODUCTS =
  'select distinct product_id from conversation where shop_id = $1 and id = any($2::uuid[]) and product_id is not null';

/** As {@link putTags}, by a person: what is named a complaint now counts as one, and may ring the alarm of its product. */
export async function tagByHand(
  tx: SqlTx,
  wanted: Parameters<typeof putTags>[1],
  now: Date,
): Promise<number> {
  const { shopId, ids, tags } = wanted;
  const before = await lockConversations(tx, shopId, ids);
  const put = await putTags(tx, wanted, now);
  if (put === 0) return 0;
  const promised = await promisesOfShop(tx, shopId);
  const known = (await tagsOf(tx, [shopId])).get(shopId) ?? [];
  if (known.some(({ code, complaint }) => complaint && tags.includes(code)))
    await saveChanged(tx, before, (one) => asComplaint(one, promised));
  const rows = await tx.sql<{ product_id: bigint }>(PRODUCTS, [shopId, [...ids]]);
  const products = rows.map((row) => row.product_id);
  await ringAlarms(tx, promised, products, now);
  return put;
}

async function saveChanged(
  tx: SqlTx,
  conversations: readonly Conversation[],
  change: (one: Conversation) => Conversation,
): Promise<void> {
  const changed = conversations.map(change).filter((one, place) => one !== conversations[place]);
  await saveConversations(tx, changed);
}

/** Of those that no subject of complaints is left on. */
const SAID = `
  select e.conversation_id as id, e.voice_kind as kind, e.score from conversation_entry e
  where e.shop_id = $1 and e.conversation_id = any($2::uuid[]) and e.kind = 'voice' and not exists (
    select from conversation_tag g join tag t on t.shop_id = g.shop_id and t.code = g.tag and t.complaint
    where g.shop_id = e.shop_id and g.conversation_id = e.conversation_id)`;

/** Agreed to or only suggested; a complaint by that subject alone is none any more. @returns how many were there */
export async function takeTag(
  tx: SqlTx,
  shopId: bigint,
  ids: readonly string[],
  tag: string,
): Promise<number> {
  const before = await lockConversations(tx, shopId, ids);
  const rows = await tx.sql(
    'delete from conversation_tag where shop_id = $1 and conversation_id = any($2::uuid[]) and tag = $3 returning tag',
    [shopId, [...ids], tag],
  );
  if (rows.length === 0) return 0;
  const said = await tx.sql<Pick<Voice, 'kind' | 'score'> & { id: string }>(SAID, [shopId, [...ids]]);
  const promised = await promisesOfShop(tx, shopId);
  await saveChanged(tx, before, (one) =>
    asBefore(
      one,
      said.filter(({ id }) => id === one.id),
      promised,
    ),
  );
  return rows.length;
}

/** What rules suggest for what was just said; a mail that they find a complaint in is one, with what was heard. */
export async function suggestTags(tx: SqlTx, heard: readonly Heard[], now: Date): Promise<void> {
  const known = await tagsOf(
    tx,
    heard.map(({ voice }) => voice.shopId),
  );
  const complaints = new Map<string, Conversation>();
  for (const one of heard) {
    const { voice, conversation } = one;
    const product = voice.productId ?? conversation.productId;
    const facts = {
      text: voice.text,
      kind: voice.kind,
      score: voice.score ?? null,
      language: voice.language ?? conversation.language,
      product: product === null ? null : String(product),
    };
    const all = known.get(voice.shopId) ?? [];
    const tags = suggestedTags(all, facts);
    const isComplaint = all.some(({ code, complaint }) => complaint && tags.includes(code));
    if (isComplaint && speaksByWords(voice))
      complaints.set(conversation.id, asComplaint(conversation, one.promised));
    if (tags.length > 0)
      await putTags(tx, { shopId: voice.shopId, ids: [conversation.id], tags, by: 'rule' }, now);
  }
  for (const one of heard) one.conversation = complaints.get(one.conversation.id) ?? one.conversation;
  await saveConversations(tx, [...complaints.values()]);
}

export interface PutTag {
  conversationId: string;
  code: string;
  name: string;
  suggested: boolean;
}

const OF_CONVERSATIONS = `
  select g.conversation_id as "conversationId", g.tag as code, coalesce(t.name, g.tag) as name, g.suggested
  from conversation_tag g left join tag t on t.shop_id = g.shop_id and t.code = g.tag
  where g.shop_id = $1 and g.conversation_id = any($2::uuid[]) order by g.suggested, name`;

export const tagsOn = (
  tx: SqlTx,
  shopId: bigint,
  conversations: readonly Pick<Conversation, 'id'>[],
): Promise<PutTag[]> => tx.sql<PutTag>(OF_CONVERSATIONS, [shopId, conversations.map(({ id }) => id)]);
