/** Gestures as staff read them: the list, the tasks, the file. */
import { cursorOf, readCursor } from '../cursor.ts';
import { displayName } from '../customers/customer.ts';
import type { Db, ShopTx, SqlTx } from '../db.server.ts';
import { csvOf } from '../shops/csv.ts';
import { decimalOf } from '../shops/money.ts';
import type { GestureState, Origin, PresentKind, Why } from './gesture.ts';

export interface GestureRow {
  id: string;
  customerId: string;
  customer: string | null;
  origin: Origin;
  kind: PresentKind | 'surprise';
  /** What was given, where it has a name: the product of a gift. */
  title: string | null;
  /** Minor units that left the purse. */
  amount: bigint;
  currency: string;
  state: GestureState;
  why: Why;
  trouble: string | null;
  note: string;
  happened: string;
  tasks: { text: string; doneAt: string | null }[];
  /** "#1001": of what it goes with. */
  order: string | null;
  by: string;
  at: Date;
  doneAt: Date | null;
}

const SELECT = `
  select g.id, g.customer_id as "customerId", g.origin, g.kind, g.present ->> 'title' as title, g.amount, g.currency, g.state,
    g.why, g.trouble, g.note, g.happened, g.tasks, o.name as order, g.by, g.at, g.done_at as "doneAt",
    c.first_name as "firstName", c.last_name as "lastName", c.email, c.phone
  from gesture g
  left join customer c on c.shop_id = g.shop_id and c.id = g.customer_id
  left join orders o on o.shop_id = g.shop_id and o.id = g.order_id`;

type Row = Omit<GestureRow, 'customer'> & Parameters<typeof displayName>[0];

const rowOf = ({ firstName, lastName, email, phone, ...row }: Row): GestureRow => ({
  ...row,
  customer: displayName({ firstName, lastName, email, phone }),
});

const LIST = `${SELECT}
  where g.shop_id = $1 and ($2::text is null or g.state = $2) and ($3::uuid is null or g.customer_id = $3)
    and ($4::timestamptz is null or (g.at, g.id) < ($4, $5::uuid))
  order by g.at desc, g.id desc limit $6::int`;

/** Newest first. `after` is `next` of the page before. */
export async function listGestures(
  tx: SqlTx,
  shopId: bigint,
  ask: { state?: GestureState | null; customerId?: string | null; after?: string | null; limit?: number },
): Promise<{ gestures: GestureRow[]; next: string | null }> {
  const limit = ask.limit ?? 50;
  const after = readCursor(ask.after);
  const values = [
    shopId,
    ask.state ?? null,
    ask.customerId ?? null,
    after?.at ?? null,
    after?.id ?? null,
    limit + 1,
  ];
  const rows = (await tx.sql<Row>(LIST, values)).map(rowOf);
  const last = rows[limit - 1];
  return {
    gestures: rows.slice(0, limit),
    next: rows.length > limit && last ? cursorOf(last.at, last.id) : null,
  };
}

const TASKS = `${SELECT}
  where g.shop_id = $1 and g.state = 'to-do' and ($2::text is null or g.kind = $2) order by g.at, g.id limit $3::int`;
const TASKS_COUNT = `select count(*)::int as count from gesture where shop_id = $1 and state = 'to-do'`;

/** What a person has to do, oldest first. */
export async function gestureTasks(
  tx: ShopTx,
  { kind = null, limit }: { kind?: GestureRow['kind'] | null; limit: number },
): Promise<GestureRow[]> {
  return (await tx.sql<Row>(TASKS, [tx.shopId, kind, limit])).map(rowOf);
}

export async function gestureTaskCount(tx: ShopTx): Promise<number> {
  const [row] = await tx.sql<{ count: number }>(TASKS_COUNT, [tx.shopId]);
  return row?.count ?? 0;
}

const HEAD = [
  'At',
  'Customer',
  'What',
  'Title',
  'Occasion',
  'State',
  'Amount',
  'Currency',
  'Trouble',
  'Done at',
];
const CSV_PAGE = 1000;

/** All of them, or what stands at one state. */
export function gesturesCsv(db: Db, shopId: bigint, state: GestureState | null): AsyncGenerator<string> {
  return csvOf(HEAD, async (after) => {
    const { gestures, next } = await db.inShop(shopId, (tx) =>
      listGestures(tx, shopId, { state, after, limit: CSV_PAGE }),
    );
    const rows = gestures.map((row) => [
      row.at,
      row.customer,
      row.kind,
      row.title,
      row.origin,
      row.state,
      decimalOf(row.amount, row.currency),
      row.currency,
      row.trouble,
      row.doneAt,
    ]);
    return { rows, next };
  });
}
