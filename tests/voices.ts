/** For tests of conversations: voices, and what became of them. */
import type { Voice } from '../app/conversations/voice.ts';
import type { Db } from '../app/db.server.ts';
import type { Shop } from '../app/shops/shop.ts';

let spoken = 0;

/** Somebody writes a mail. */
export function aVoice(shop: Shop, at: Date, with_: Partial<Voice> = {}): Voice {
  return {
    shopId: shop.id,
    kind: 'mail',
    source: `mail:${++spoken}`,
    customerId: null,
    from: { name: 'Ana', address: 'ana@example.com' },
    text: 'Where is my vase?',
    at,
    channel: 'mail',
    ...with_,
  };
}

export interface ConversationRow {
  id: string;
  state: string;
  clock: string;
  channel: string;
  voices: number;
  problem: boolean;
  preview: string;
  kind: string;
  link: string | null;
  person_name: string | null;
  customer_id: string | null;
  awaiting_since: Date | null;
  reply_due_at: Date | null;
  due_at: Date | null;
  replied_at: Date | null;
  assignee: string | null;
  score: number | null;
}

export const conversationsOf = (db: Db, shop: Shop) =>
  db.sqlAcrossShops<ConversationRow>('select * from conversation where shop_id = $1 order by opened_at, id', [
    shop.id,
  ]);

export interface EntryRow {
  id: string;
  conversation_id: string;
  kind: string;
  source: string | null;
  text: string;
  state: string | null;
  address: string | null;
  ref: string | null;
  waited_minutes: number | null;
  late: boolean | null;
  first: boolean | null;
  data: { code?: string; problem?: string };
}

export const entriesOf = (db: Db, shop: Shop, kind?: string) =>
  db.sqlAcrossShops<EntryRow>(
    `select * from conversation_entry where shop_id = $1 and ($2::text is null or kind = $2) order by at, id`,
    [shop.id, kind ?? null],
  );
