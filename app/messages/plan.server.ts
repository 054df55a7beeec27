/** Into the outbox. */
import type { SqlTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import { rememberAnswers, tellMoved } from './answers.server.ts';
import type { ClaimedMessage } from './claim.server.ts';
import type { MessageChannel, MessageDraft, PlannedMessage, Reason } from './message.ts';
import { PRIORITIES } from './rank.ts';

/** A message that is about to be planned, as the outbox will know it. */
export type NewMessage = ClaimedMessage;

/** Lets messages go in the transaction that plans them: at-once.server.ts */
export interface Going {
  /** Of what is let through. */
  claim: string;
  leaseMs: number;
  /** Which may go now, and on which channel, by id. */
  approve(tx: SqlTx, messages: readonly NewMessage[]): Promise<ReadonlyMap<string, MessageChannel>>;
  /** Those of them that are in the outbox now; a key that existed before lets nothing go. */
  planned(tx: SqlTx, ids: readonly string[]): Promise<void>;
}

const INSERT = `
  insert into message (shop_id, id, customer_id, enrollment_id, order_id, key, channel, class, template_key, data,
    due_at, useless_after, epoch, priority, reason, planned_at, state, claim, lease_until, attempts, handed_at)
  select shop_id, id, customer_id, enrollment_id, order_id, key, channel, class, template_key, data::jsonb,
    due_at, useless_after, epoch, priority, reason::jsonb, $17, case when going then 'handing-over' else 'waiting' end,
    case when going then $18::uuid end, case when going then clock_timestamp() + $19::int * interval '1 ms' end,
    case when going then 1 else 0 end, case when going then $17::timestamptz end
  from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::text[], $7::text[], $8::text[],
    $9::text[], $10::text[], $11::timestamptz[], $12::timestamptz[], $13::int[], $14::boolean[], $15::smallint[],
    $16::text[])
    as t(shop_id, id, customer_id, enrollment_id, order_id, key, channel, class, template_key, data, due_at,
      useless_after, epoch, going, priority, reason)
  order by shop_id, key
  on conflict (shop_id, key) do nothing
  returning shop_id, key, id`;

const FIND = `
  select message.shop_id, message.key, message.id
  from unnest($1::bigint[], $2::text[]) as t(shop_id, key) join message using (shop_id, key)`;

interface Planned {
  shop_id: bigint;
  key: string;
  id: string;
}

const nameOf = (shopId: bigint, key: string) => `${shopId} ${key}`;

/** See the door. */
export async function planMessages(
  tx: SqlTx,
  drafts: readonly MessageDraft[],
  now: Date,
  going?: Going | null,
): Promise<PlannedMessage[]> {
  if (drafts.length === 0) return [];
  const messages = drafts.map((draft) => newMessage(draft, newId(now), now));
  const channels = (await going?.approve(tx, messages)) ?? new Map<string, MessageChannel>();
  const inserted = await tx.sql<Planned>(INSERT, [
    ...columnsOf(drafts, messages, channels),
    now,
    going?.claim ?? null,
    going?.leaseMs ?? 0,
  ]);
  if (channels.size > 0) {
    await going?.planned(
      tx,
      inserted.map((row) => row.id),
    );
  }
  const found = new Map(inserted.map((row) => [nameOf(row.shop_id, row.key), { id: row.id, isNew: true }]));
  const known = drafts.filter((draft) => !found.has(nameOf(draft.shopId, draft.key)));
  if (known.length > 0) {
    const rows = await tx.sql<Planned>(FIND, [
      known.map((draft) => draft.shopId),
      known.map((draft) => draft.key),
    ]);
    for (const row of rows) found.set(nameOf(row.shop_id, row.key), { id: row.id, isNew: false });
  }
  const planned = drafts.map((draft) => ({ draft, ...found.get(nameOf(draft.shopId, draft.key))! }));
  await tellHeld(tx, planned, now);
  return planned.map(({ draft: { shopId, key }, id, isNew }) => ({ shopId, key, id, isNew }));
}

/** What was moved when it was planned: an answer of permission like any other. */
async function tellHeld(
  tx: SqlTx,
  planned: readonly { draft: MessageDraft; id: string; isNew: boolean }[],
  now: Date,
): Promise<void> {
  const held = planned.flatMap(({ draft, id, isNew }) =>
    isNew && draft.held ? [{ draft, id, reason: draft.held }] : [],
  );
  if (held.length === 0) return;
  const answers = held.map(({ draft, id, reason }) => ({
    shopId: draft.shopId,
    messageId: id,
    answer: 'later' as const,
    reason,
    until: draft.dueAt,
  }));
  await rememberAnswers(tx, answers, now);
  const moves = held.map(({ draft, id, reason }) => ({
    shopId: draft.shopId,
    customerId: draft.customerId,
    orderId: draft.orderId ?? null,
    messageId: id,
    template: draft.templateKey,
    channel: draft.channel,
    from: now,
    until: draft.dueAt,
    reason,
  }));
  await tellMoved(tx, moves, now);
}

function newMessage(draft: MessageDraft, id: string, now: Date): NewMessage {
  return {
    shop_id: draft.shopId,
    id,
    customer_id: draft.customerId,
    enrollment_id: draft.enrollmentId ?? null,
    order_id: draft.orderId ?? null,
    channel: draft.channel,
    class: draft.class,
    template_key: draft.templateKey,
    data: draft.data,
    state: 'waiting',
    due_at: draft.dueAt,
    useless_after: draft.uselessAfter,
    epoch: draft.epoch,
    attempts: 0,
    reason: draft.held ?? ({} as Reason),
    priority: draft.priority ?? PRIORITIES.normal,
    planned_at: now,
    tried_ms: null,
    locale: null,
    subject: null,
    html: null,
    text: null,
  };
}

function columnsOf(
  drafts: readonly MessageDraft[],
  messages: readonly NewMessage[],
  channels: ReadonlyMap<string, MessageChannel>,
) {
  const all = <Value>(pick: (message: NewMessage) => Value) => messages.map(pick);
  return [
    all((message) => message.shop_id),
    all((message) => message.id),
    all((message) => message.customer_id),
    all((message) => message.enrollment_id),
    all((message) => message.order_id),
    drafts.map((draft) => draft.key),
    all((message) => channels.get(message.id) ?? message.channel),
    all((message) => message.class),
    all((message) => message.template_key),
    all((message) => JSON.stringify(message.data)),
    all((message) => message.due_at),
    all((message) => message.useless_after),
    all((message) => message.epoch),
    all((message) => channels.has(message.id)),
    all((message) => message.priority),
    all((message) => JSON.stringify(message.reason)),
  ];
}
