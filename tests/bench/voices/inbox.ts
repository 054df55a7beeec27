/** The inbox with a million conversations, the clocks of a hundred thousand open ones, and how soon a breach is noticed. */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import {
  installDefaults,
  listConversations,
  makeClockLoop,
  recomputeClocks,
} from '../../../app/conversations/conversations.server.ts';
import { filterFrom } from '../../../app/conversations/filter.ts';
import type { Db } from '../../../app/db.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';

/** One of ten waits, the others are solved; words as common and as rare as people's. */
const CONVERSATIONS = `
  insert into conversation (shop_id, id, kind, clock, channel, state, preview, person_name, opened_at, heard_at,
    awaiting_since, reply_due_at, solved_at, search, assignee, due_at)
  select $1::bigint, gen_random_uuid(), (array['mail','review','answer','text'])[1 + n % 4],
    (array['message','review','complaint','message','praise'])[1 + n % 5], (array['mail','review','mail','text'])[1 + n % 4],
    case when n % 10 = 0 then 'open' else 'solved' end, 'Where is my parcel number ' || n, 'Ana ' || n,
    $2::timestamptz - n * interval '20 seconds', $2::timestamptz - n * interval '20 seconds',
    case when n % 10 = 0 then $2::timestamptz - n * interval '20 seconds' end,
    case when n % 10 = 0 then $2::timestamptz + (n % 5000) * interval '1 minute' end,
    case when n % 10 <> 0 then $2::timestamptz end,
    strip(to_tsvector('simple', 'where is my parcel number ' || n || ' ana ' || n || ' ' ||
      (array['vase','lamp','bowl','plate','cup','jug','tray'])[1 + n % 7] || case when n % 1000 = 0 then ' lawyer' else '' end
      || case when n > $5 * 0.9 then ' older' else '' end || case when n between $5 * 0.4 and $5 * 0.5 then ' middle' else '' end)),
    case when n % 20 = 0 then 'me@example.com' end,
    case when n % 10 = 0 then $2::timestamptz + interval '300 days' end
  from generate_series($3::int, $4::int) n where $5::int > 0`;
const TAGS = `
  insert into conversation_tag (shop_id, conversation_id, tag, by, at, heard_at, open)
  select shop_id, id, case when random() < 0.3 then 'delivery' else 'fit' end, 'rule', heard_at, heard_at, state = 'open'
  from conversation where shop_id = $1 and random() < 0.4`;

/**
 * What people ask of it: every view, filters, words that are common, rare, old, partly typed, nowhere, and never together; of
 * these with every view and filter, so that no ask that costs more hides among many that cost nothing.
 */
const ASKED = [
  '',
  'view=late',
  'view=mine',
  'view=open',
  'view=solved',
  'view=all',
  'view=open&tag=delivery',
  'view=all&tag=fit',
  'view=open&kind=complaint',
  'kind=praise',
  'view=all&channel=text',
  'view=all&q=parcel',
  'view=all&q=vase',
  'view=all&q=lawyer',
  'view=all&q=older',
  'view=all&q=la',
  'view=all&q=ana+123456',
  'view=all&q=nobody+said+this',
  'q=lawyer',
  'view=all&tag=delivery&q=lamp',
  'view=all&channel=social',
  'view=solved&kind=praise',
  'view=open&q=older',
  'view=solved&q=older',
  'view=late&q=older',
  'view=mine&q=older',
  'view=unassigned&q=older',
  'view=all&channel=text&q=older',
  'view=open&kind=message&q=older',
  'view=all&tag=fit&q=older',
  'view=all&q=parcel+older',
  'view=all&q=middle',
  'view=open&q=middle',
  'view=all&q=vase+lamp',
  'view=open&q=vase+lamp',
  'q=vase+lamp',
  'q=older',
  'view=snoozed&q=parcel',
  'view=mine&kind=review&q=vase',
  'view=all&q=o',
];

const STEP = 50_000;

export interface InboxFigures {
  inbox_p95_ms: number;
  clocks_100k_s: number;
  breach_noticed_s: number;
}

/** @param quick a twentieth of the conversations */
export async function benchInbox(db: Db, url: string, quick: boolean): Promise<InboxFigures> {
  const shop = await aShop(db);
  const now = new Date();
  const all = quick ? 50_000 : 1_000_000;
  await db.inShop(shop.id, (tx) => installDefaults(tx, shop.id, now));
  const owner = new pg.Client(url);
  await owner.connect();
  await withoutWords(owner, async () => {
    for (let from = 1; from <= all; from += STEP)
      await owner.query(CONVERSATIONS, [String(shop.id), now, from, Math.min(all, from + STEP - 1), all]);
  });
  await owner.query(TAGS, [String(shop.id)]);
  await owner.query('vacuum analyze conversation, conversation_words, conversation_tag');
  const inbox = await timeLists(db, shop, now);
  const clocks = await timeClocks(db, owner, shop, now);
  const breach = await timeBreach(db, shop);
  await owner.end();
  return { inbox_p95_ms: inbox, clocks_100k_s: clocks, breach_noticed_s: breach };
}

/** An index of words is made at once in a third of the time in which a million are put into it. */
async function withoutWords(owner: pg.Client, fill: () => Promise<void>): Promise<void> {
  const name = 'conversation_terms';
  const { rows } = await owner.query<{ made: string }>('select pg_get_indexdef($1::regclass) as made', [
    name,
  ]);
  await owner.query(`drop index ${name}`);
  await fill();
  await owner.query(rows[0]!.made);
}

async function timeLists(db: Db, shop: Shop, now: Date): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 6; round++)
    for (const asked of ASKED) {
      const ask = { ...filterFrom(new URLSearchParams(asked)), me: 'me@example.com' };
      const started = performance.now();
      const { rows } = await db.inShop(shop.id, (tx) => listConversations(tx, ask, now));
      const ms = performance.now() - started;
      // The first round fills the caches of a server that has just begun.
      if (round > 0) times.push(ms);
      if (round === 5) console.log(`${asked.padEnd(32)} ${rows.length} rows, ${ms.toFixed(1)} ms`);
    }
  const sorted = times.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length * 0.95)]! * 10) / 10;
}

/** Seconds for a hundred thousand, from what the open ones took. */
async function timeClocks(db: Db, owner: pg.Client, shop: Shop, now: Date): Promise<number> {
  const { rows } = await owner.query(
    `select count(*)::int as open from conversation where shop_id = $1 and state = 'open'`,
    [String(shop.id)],
  );
  const open = (rows as { open: number }[])[0]!.open;
  const started = performance.now();
  const moved = await recomputeClocks(db, shop.id, now);
  const seconds = (performance.now() - started) / 1000;
  console.log(`${moved} of ${open} open clocks moved in ${seconds.toFixed(2)} s`);
  return Math.round((seconds / open) * 100_000 * 100) / 100;
}

/** From the moment that a promise runs out to the line that says so, with the worker's pause between two looks. */
async function timeBreach(db: Db, shop: Shop): Promise<number> {
  const clear = 'update conversation set due_at = null where shop_id = $1';
  await db.sqlAcrossShops(clear, [shop.id]);
  const due = new Date(Date.now() + 1000);
  const one = `
    update conversation set due_at = $2, reply_due_at = $2, warned_at = $2, breached_at = null where shop_id = $1 and id in
      (select id from conversation where shop_id = $1 and state = 'open' limit 500)`;
  await db.sqlAcrossShops(one, [shop.id, due]);
  const round = makeClockLoop({ db, inboxUrl: () => '', helpUrl: () => '' });
  const left = `select count(*)::int as left from conversation where shop_id = $1 and due_at = $2 and breached_at is null`;
  for (;;) {
    if ((await round(new Date())) === 0) await pause(250);
    const [row] = await db.sqlAcrossShops<{ left: number }>(left, [shop.id, due]);
    if (row!.left === 0) return Math.round((Date.now() - due.getTime()) / 10) / 100;
  }
}
