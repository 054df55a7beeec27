/**
 * Group commit: webhooks that arrive while an insert is under way share the next one, and its fsync.
 * A row that PostgreSQL refuses does not take its neighbours with it.
 */
import pg from 'pg';
import { runBound, Scratch } from './bound-insert.server.ts';

/** A verified webhook, ready to be stored. */
export interface InboxRow {
  domain: string;
  webhookId: string;
  topic: string;
  eventId: string | null;
  apiVersion: string | null;
  /** ISO 8601 */
  triggeredAt: string | null;
  body: Buffer | string;
  /** Why it can never be worked in; null for all but a few. */
  dead: string | null;
}

/** Stores a row; true once it is committed. */
export type InboxWriter = (row: InboxRow) => Promise<boolean>;

interface Waiting extends InboxRow {
  since: number;
  answer: (stored: boolean) => void;
}

/** Inserts under way at a time: one commits while the next is being read. */
const LANES = 2;
const GROUP_ROWS = 64;
const GROUP_BYTES = 1024 * 1024;
/** Shopify gives up after five seconds; what waits longer is asked for again. */
const PATIENCE_MS = 4000;
/** Beyond this much waiting, new ones are turned away at once. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;

/**
 * Sorted, so that two lanes that meet the same webhook wait for each other in one order.
 * What comes for a shop that is not known goes to stray_webhook.
 */
const INSERT = `
  with given as (
    select t.*, s.id as shop_id
    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
      as t(domain, webhook_id, topic, event_id, api_version, triggered_at, body, dead)
    left join shop s on s.domain = t.domain
  ), stray as (
    insert into stray_webhook (domain, webhook_id, topic, received_at, body)
    select domain, webhook_id, topic, $9::text::timestamptz, body from given where shop_id is null order by 1, 2
    on conflict do nothing
  )
  insert into webhook_inbox
    (shop_id, webhook_id, topic, event_id, api_version, triggered_at, received_at, body, state, due_at, reason)
  select shop_id, webhook_id, topic, event_id, api_version, triggered_at::timestamptz, $9::text::timestamptz, body,
    case when dead is null then 0 else 2 end, case when dead is null then $9::text::timestamptz end, dead
  from given where shop_id is not null order by 1, 2
  on conflict (shop_id, webhook_id) do nothing`;

interface WriterDeps {
  pool: pg.Pool;
  now: () => Date;
  onFailure?: (error: unknown) => void;
}

export function makeInboxWriter(deps: WriterDeps): InboxWriter {
  let waiting: Waiting[] = [];
  let waitingBytes = 0;
  let lanes = 0;
  let scheduled = false;
  const scratches: Scratch[] = [];

  /** The next group: as many as fit, at least one. */
  function take(): Waiting[] {
    let rows = 0;
    let bytes = 0;
    while (rows < waiting.length && rows < GROUP_ROWS && (rows === 0 || bytes < GROUP_BYTES)) {
      bytes += waiting[rows++]!.body.length;
    }
    waitingBytes -= bytes;
    if (rows === waiting.length) {
      const all = waiting;
      waiting = [];
      return all;
    }
    return waiting.splice(0, rows);
  }

  /** After the requests that the same turn of the event loop has read, so that those share a group. */
  function schedule(): void {
    if (scheduled || lanes === LANES) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      void runLane();
    });
  }

  async function runLane(): Promise<void> {
    lanes += 1;
    const scratch = scratches.pop() ?? new Scratch();
    while (waiting.length > 0) await storeGroup(deps, take(), scratch);
    scratches.push(scratch);
    lanes -= 1;
  }

  return (row) => {
    if (waitingBytes > MAX_WAITING_BYTES) return Promise.resolve(false);
    return new Promise((answer) => {
      waiting.push({ ...row, since: performance.now(), answer });
      waitingBytes += row.body.length;
      schedule();
    });
  };
}

async function storeGroup(deps: WriterDeps, group: Waiting[], scratch: Scratch): Promise<void> {
  const latest = performance.now() - PATIENCE_MS;
  const rows = group.filter((row) => row.since >= latest || (row.answer(false), false));
  if (rows.length === 0) return;
  try {
    await insert(deps.pool, rows, deps.now(), scratch);
    for (const row of rows) row.answer(true);
  } catch (error) {
    deps.onFailure?.(error);
    if (isAboutData(error)) for (const row of rows) row.answer(await storeAlone(deps, row, scratch));
    else for (const row of rows) row.answer(false);
  }
}

/** One row of a group that was refused: as it is, else as a dead letter whose body is base64. */
async function storeAlone(deps: WriterDeps, row: Waiting, scratch: Scratch): Promise<boolean> {
  const dead = { ...row, body: asBase64(row.body), dead: 'not-storable' };
  for (const attempt of [row, dead]) {
    try {
      await insert(deps.pool, [attempt], deps.now(), scratch);
      return true;
    } catch (error) {
      if (!isAboutData(error)) return false;
    }
  }
  return false;
}

/** Never text of the webhook's own: base64 survives every encoding. */
export const asBase64 = (body: Buffer | string) => Buffer.from(body as string).toString('base64');

async function insert(pool: pg.Pool, rows: readonly InboxRow[], now: Date, scratch: Scratch): Promise<void> {
  const arrays = [
    rows.map((row) => row.domain),
    rows.map((row) => row.webhookId),
    rows.map((row) => row.topic),
    rows.map((row) => row.eventId),
    rows.map((row) => row.apiVersion),
    rows.map((row) => row.triggeredAt),
    rows.map((row) => row.body),
    rows.map((row) => row.dead),
  ];
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await runBound(client, { name: 'inbox-insert', text: INSERT, arrays, last: now.toISOString() }, scratch);
  } catch (error) {
    // A refusal of the data leaves the connection sound; after anything else nobody knows what is under way on it.
    if (!isAboutData(error)) broken = error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Data exceptions, integrity violations and limits are about a row; everything else is about the database. */
function isAboutData(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^(22|23|54)/.test(error.code ?? '');
}
