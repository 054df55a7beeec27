/** One thread a matter: joining what belongs together, parting what was joined by mistake. Each leaves a line. */
import type { ShopTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import { happened, type By } from './acts.server.ts';
import { dated, started, stopped } from './clock.ts';
import type { Conversation } from './conversation.ts';
import { addEntries, insertConversation, lockConversations, saveConversations } from './rows.server.ts';
import { promisesOfShop } from './settings.server.ts';
import { rebuildWords } from './words.server.ts';

const MOVE_ALL = `update conversation_entry set conversation_id = $3 where shop_id = $1 and conversation_id = any($2::uuid[])`;
const MOVE_NAMES = `update conversation_name set conversation_id = $3 where shop_id = $1 and conversation_id = any($2::uuid[])`;
const MOVE_TAGS = `
  insert into conversation_tag (shop_id, conversation_id, tag, by, suggested, at, heard_at, open)
  select g.shop_id, c.id, g.tag, g.by, g.suggested, g.at, c.heard_at, true
  from conversation_tag g join conversation c on c.shop_id = g.shop_id and c.id = $3
  where g.shop_id = $1 and g.conversation_id = any($2::uuid[]) on conflict do nothing`;
const TAKE_TAGS = 'delete from conversation_tag where shop_id = $1 and conversation_id = any($2::uuid[])';
const FOLLOW = `update conversation set merged_into = $3 where shop_id = $1 and merged_into = any($2::uuid[])`;

/**
 * Makes one of several: everything goes into `into`, the rest leads there.
 * @returns false: one of them is gone, or they are two people's: an answer would tell one what the other said
 */
export async function mergeConversations(
  tx: ShopTx,
  { into, from, by }: { into: string; from: readonly string[]; by: By },
  now: Date,
): Promise<boolean> {
  const others = from.filter((id) => id !== into);
  const locked = await lockConversations(tx, tx.shopId, [into, ...others]);
  const target = locked.find(({ id }) => id === into);
  const gone = locked.filter(({ id }) => id !== into);
  if (!target || gone.length !== others.length || gone.length === 0) return false;
  if (locked.some(({ state }) => state === 'merged')) return false;
  if (new Set(locked.flatMap(({ customerId }) => customerId ?? [])).size > 1) return false;
  const values = [tx.shopId, others, into];
  for (const statement of [MOVE_ALL, MOVE_NAMES, MOVE_TAGS, FOLLOW]) await tx.sql(statement, values);
  await tx.sql(TAKE_TAGS, [tx.shopId, others]);
  const promised = await promisesOfShop(tx, tx.shopId);
  const merged = gone.map((one) =>
    dated({ ...one, state: 'merged' as const, mergedInto: into, matter: null }, promised),
  );
  await saveConversations(tx, [dated(withAll(target, gone), promised), ...merged]);
  await rebuildWords(tx, tx.shopId, [into]);
  const data = { code: 'merged', count: String(gone.length) };
  await addEntries(tx, [happened(tx.shopId, into, by, data, now)], now);
  return true;
}

/** Whoever has waited longest waits in the one that is left. */
function withAll(target: Conversation, gone: readonly Conversation[]): Conversation {
  const all = [target, ...gone];
  const earliest = (dates: (Date | null)[]) =>
    dates.reduce((least, at) => (at && (!least || at < least) ? at : least), null);
  const open = all.filter(({ state }) => state !== 'solved');
  const first = open.toSorted(
    (a, b) => (a.replyDueAt?.getTime() ?? Infinity) - (b.replyDueAt?.getTime() ?? Infinity),
  )[0];
  return {
    ...target,
    ...(first
      ? {
          state: 'open',
          clock: first.clock,
          awaitingSince: first.awaitingSince,
          replyDueAt: first.replyDueAt,
          solvedAt: null,
          snoozedUntil: null,
        }
      : {}),
    customerId: all.find(({ customerId }) => customerId)?.customerId ?? null,
    problem: all.some(({ problem }) => problem),
    voices: all.reduce((sum, { voices }) => sum + voices, 0),
    resolutionDueAt: earliest(open.map(({ resolutionDueAt }) => resolutionDueAt)),
    heardAt: new Date(Math.max(...all.map(({ heardAt }) => heardAt.getTime()))),
  };
}

const PART = `
  update conversation_entry set conversation_id = $3 where shop_id = $1 and conversation_id = $2 and id = any($4::uuid[])
    and kind in ('voice', 'reply', 'note') returning kind, text, at, product_id as "productId"`;
const PART_NAMES = `
  update conversation_name n set conversation_id = $3 from conversation_entry e
  where n.shop_id = $1 and n.conversation_id = $2 and e.shop_id = $1 and e.conversation_id = $3 and n.name = e.source`;

/**
 * Parts what was joined by mistake: these entries become a conversation of their own.
 * @returns its id; null: none of them is a voice, or nothing would be left
 */
export async function splitConversation(
  tx: ShopTx,
  { id, entries, by }: { id: string; entries: readonly string[]; by: By },
  now: Date,
): Promise<string | null> {
  const [one] = await lockConversations(tx, tx.shopId, [id]);
  if (!one || one.state === 'merged') return null;
  const counts = `
    select count(*) filter (where id = any($3::uuid[]))::int as taken, count(*)::int as all from conversation_entry
    where shop_id = $1 and conversation_id = $2 and kind = 'voice'`;
  const [count] = await tx.sql<{ taken: number; all: number }>(counts, [tx.shopId, id, [...entries]]);
  if (!count || count.taken === 0 || count.taken === count.all) return null;
  const promised = await promisesOfShop(tx, tx.shopId);
  const part: Conversation = stopped(
    {
      ...one,
      id: newId(now),
      matter: null,
      voices: count.taken,
      state: 'open',
      solvedAt: null,
      solvedBy: null,
      snoozedUntil: null,
    },
    promised,
  );
  await insertConversation(tx, part);
  const values = [tx.shopId, id, part.id];
  const rows = await tx.sql<{ kind: string; text: string; at: Date }>(PART, [...values, [...entries]]);
  await tx.sql(PART_NAMES, values);
  const said = rows
    .filter(({ kind }) => kind === 'voice')
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const answered = rows.some(({ kind, at }) => kind === 'reply' && at >= said.at(-1)!.at);
  const waiting = answered
    ? part
    : started(
        part,
        said.find(({ at }) => !rows.some((row) => row.kind === 'reply' && row.at >= at))!.at,
        promised,
      );
  await saveConversations(tx, [
    { ...waiting, preview: said.at(-1)!.text.slice(0, 160), heardAt: said.at(-1)!.at, openedAt: said[0]!.at },
    { ...one, voices: one.voices - count.taken },
  ]);
  await rebuildWords(tx, tx.shopId, [id, part.id]);
  await addEntries(
    tx,
    [
      happened(tx.shopId, id, by, { code: 'split' }, now),
      happened(tx.shopId, part.id, by, { code: 'split' }, now),
    ],
    now,
  );
  return part.id;
}
