/** The worker's loop over clocks: warns, notices that it is late, tells the next one, wakes, asks whether it helped. */
import type { Db, SqlTx } from '../db.server.ts';
import type { Shop } from '../shops/shop.ts';
import { due, type Doing } from './clock.ts';
import type { Conversation } from './conversation.ts';
import { askHelp } from './help.server.ts';
import { noticeOf, type Notice } from './notices.ts';
import {
  addEntries,
  CONVERSATION_COLUMNS,
  saveClocks,
  saveConversations,
  type NewEntry,
} from './rows.server.ts';
import { promisesOf } from './settings.server.ts';

export interface ClockDeps {
  db: Db;
  /** Where the shop's people read a conversation. */
  inboxUrl: (shop: Shop, conversationId: string) => string;
  /** Where the customer answers "did it help?" */
  helpUrl: (of: { shopId: bigint; conversationId: string }) => string;
}

const IS_DUE = 'select 1 from conversation where due_at <= $1 limit 1';
const CLAIM = `
  select ${CONVERSATION_COLUMNS} from conversation c where c.due_at <= $1 order by c.due_at, c.id limit 500
  for update skip locked`;

/** @returns how many clocks were seen to */
export function makeClockLoop(deps: ClockDeps): (now: Date) => Promise<number> {
  return async (now) => {
    if ((await deps.db.sqlAcrossShops(IS_DUE, [now])).length === 0) return 0;
    return deps.db.acrossShops((tx) => tick(tx, deps, now));
  };
}

async function tick(tx: SqlTx, deps: ClockDeps, now: Date): Promise<number> {
  const claimed = await tx.sql<Conversation>(CLAIM, [now]);
  const promises = await promisesOf(
    tx,
    claimed.map(({ shopId }) => shopId),
  );
  const moved: Conversation[] = [];
  const entries: NewEntry[] = [];
  const given: Conversation[] = [];
  for (const one of claimed) {
    const promised = promises.get(one.shopId);
    // Nobody is told anything of a shop that has left; what it has is kept.
    if (promised?.shop.status !== 'installed') {
      moved.push({ ...one, dueAt: null });
      continue;
    }
    const { doings, after } = due(one, promised, now);
    const { shop, settings } = promised;
    const to = settings.chain.find(Boolean)?.to ?? shop.email;
    const told = { shop, url: deps.inboxUrl(shop, one.id), to: one.assignee ?? to };
    entries.push(...doings.flatMap((doing) => entriesOf(doing, one, told, now)));
    if (doings.some(({ kind }) => kind === 'ask-help'))
      await askHelp(
        tx,
        one,
        { shop, url: deps.helpUrl({ shopId: one.shopId, conversationId: one.id }) },
        now,
      );
    const passed = doings.flatMap((doing) => (doing.kind === 'escalate' ? [doing.to] : [])).at(-1);
    if (passed) given.push({ ...after, assignee: passed });
    else moved.push(after);
  }
  await saveClocks(tx, moved);
  await saveConversations(tx, given);
  await addEntries(tx, entries, now);
  return claimed.length;
}

interface Told {
  shop: Shop;
  url: string;
  /** Whoever it belongs to, or whoever is told first; null: nobody has said who. */
  to: string | null;
}

const HAPPENED: Partial<Record<Doing['kind'], string>> = {
  late: 'late',
  escalate: 'escalated',
  overdue: 'overdue',
  wake: 'woken',
};

function entriesOf(doing: Doing, one: Conversation, { shop, url, to }: Told, now: Date): NewEntry[] {
  const about = { shopId: one.shopId, conversationId: one.id, at: now };
  const code = HAPPENED[doing.kind];
  const happened: NewEntry[] = code
    ? [
        {
          ...about,
          kind: 'happening',
          data: { code, ...(doing.kind === 'escalate' ? { to: doing.to } : {}) },
        },
      ]
    : [];
  const notice = noticeOf(doing, one, { zone: shop.timeZone, link: url });
  const address = doing.kind === 'escalate' ? doing.to : to;
  return notice && address ? [...happened, noticeEntry(about, notice, address)] : happened;
}

/** A mail to somebody of the shop. */
export const noticeEntry = (
  about: { shopId: bigint; conversationId: string; at: Date },
  { subject, text }: Notice,
  address: string,
): NewEntry => ({ ...about, kind: 'notice', address, subject, text, state: 'to-send', dueAt: about.at });
