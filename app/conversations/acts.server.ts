/** What people do with conversations: give them to somebody, note, let them sleep, join, part. Each leaves a line. */
import type { ShopTx } from '../db.server.ts';
import { dated, resolveBy } from './clock.ts';
import type { Conversation } from './conversation.ts';
import { addEntries, addWords, lockConversations, saveConversations } from './rows.server.ts';
import { promisesOfShop } from './settings.server.ts';

/** Who did it: staff:ID */
export type By = string;

export const happened = (
  shopId: bigint,
  id: string,
  author: By,
  data: { code: string } & Record<string, string | null>,
  at: Date,
) => ({
  shopId,
  conversationId: id,
  kind: 'happening' as const,
  author,
  data,
  at,
});

/** Gives conversations to somebody, by e-mail address; null: to nobody. @returns how many were somebody else's before */
export async function assign(
  tx: ShopTx,
  ids: readonly string[],
  { to, by }: { to: string | null; by: By },
  now: Date,
): Promise<number> {
  const locked = await lockConversations(tx, tx.shopId, ids);
  const moved = locked.filter(({ assignee, state }) => assignee !== to && state !== 'merged');
  await saveConversations(
    tx,
    moved.map((one) => ({ ...one, assignee: to })),
  );
  await addEntries(
    tx,
    moved.map(({ id }) => happened(tx.shopId, id, by, { code: 'assigned', to }, now)),
    now,
  );
  return moved.length;
}

const NOTE_MAX = 10_000;

/** A note that no customer ever sees. @returns false: it is empty or too long, or there is no such conversation */
export async function writeNote(
  tx: ShopTx,
  id: string,
  { text, by }: { text: string; by: By },
  now: Date,
): Promise<boolean> {
  const clean = text.replaceAll('\u0000', '').trim();
  if (clean === '' || clean.length > NOTE_MAX) return false;
  const [one] = await lockConversations(tx, tx.shopId, [id]);
  if (!one) return false;
  await addEntries(
    tx,
    [{ shopId: tx.shopId, conversationId: id, kind: 'note', author: by, text: clean, at: now }],
    now,
  );
  await addWords(tx, one, [clean]);
  return true;
}

/** Lets open ones sleep until then; what comes in between wakes them. @returns how many */
export async function snooze(
  tx: ShopTx,
  ids: readonly string[],
  { until, by }: { until: Date; by: By },
  now: Date,
): Promise<number> {
  if (until <= now) return 0;
  const locked = await lockConversations(tx, tx.shopId, ids);
  const asleep = locked.filter(({ state }) => state === 'open' || state === 'snoozed');
  const promised = await promisesOfShop(tx, tx.shopId);
  await saveConversations(
    tx,
    asleep.map((one) => dated({ ...one, state: 'snoozed' as const, snoozedUntil: until }, promised)),
  );
  const data = { code: 'snoozed', until: until.toISOString() };
  await addEntries(
    tx,
    asleep.map(({ id }) => happened(tx.shopId, id, by, data, now)),
    now,
  );
  return asleep.length;
}

/** Takes up again what was solved or sleeps. Nobody waits by that: the clock begins with what the customer says next. */
export async function reopen(tx: ShopTx, ids: readonly string[], by: By, now: Date): Promise<number> {
  const locked = await lockConversations(tx, tx.shopId, ids);
  const closed = locked.filter(({ state }) => state === 'solved' || state === 'snoozed');
  const promised = await promisesOfShop(tx, tx.shopId);
  const opened = closed.map((one): Conversation => {
    const awake: Conversation = { ...one, state: 'open', snoozedUntil: null };
    if (one.state === 'snoozed') return dated(awake, promised);
    return resolveBy(
      { ...awake, solvedAt: null, solvedBy: null, holdsUntil: null, helpDueAt: null },
      now,
      promised,
    );
  });
  await saveConversations(tx, opened);
  await addEntries(
    tx,
    opened.map(({ id }) => happened(tx.shopId, id, by, { code: 'reopened' }, now)),
    now,
  );
  return opened.length;
}

const WRITING = `
  update conversation set writing_by = $3, writing_until = $4 where shop_id = $1 and id = $2
    and (writing_by is null or writing_by = $3 or writing_until <= $5) returning id`;
const WRITES_FOR_MS = 30_000;

/** Says that somebody is writing an answer; said again while they do. @returns false: somebody else is */
export async function sayWriting(tx: ShopTx, id: string, by: By, now: Date): Promise<boolean> {
  const until = new Date(now.getTime() + WRITES_FOR_MS);
  return (await tx.sql(WRITING, [tx.shopId, id, by, until, now])).length > 0;
}
