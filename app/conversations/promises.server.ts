/** Changing what is promised: what it does to those that are open, first counted, then done. */
import type { Db, ShopTx, SqlTx } from '../db.server.ts';
import type { Shop } from '../shops/shop.ts';
import { shopById } from '../shops/shops.server.ts';
import { recomputed, type Ticking } from './clock.ts';
import { CLOCK_COLUMNS, savePromised, type ClockRow } from './rows.server.ts';
import { promising, promisesOfShop, type PromisingShop } from './settings.server.ts';
import { inboxSettingsSchema, type InboxSettings } from './settings.ts';

/** Open conversations that are looked at in one go. */
const BATCH = 5000;
const OPEN = `
  select ${CLOCK_COLUMNS} from conversation c
  where c.shop_id = $1 and c.state in ('open', 'snoozed') and c.id > $2::uuid order by c.id limit ${BATCH}`;
const FIRST = '00000000-0000-0000-0000-000000000000';

async function* openOnes(read: (after: string) => Promise<ClockRow[]>): AsyncGenerator<ClockRow[]> {
  for (let after = FIRST; ;) {
    const page = await read(after);
    if (page.length > 0) yield page;
    if (page.length < BATCH) return;
    after = page.at(-1)!.id;
  }
}

/** What other promises would do to those that are open. */
export interface PromiseEffect {
  open: number;
  /** Get another moment by which they are to be answered or settled. */
  moved: number;
  /** Are late at once, and were not. */
  late: number;
  /** Were late, and have time again. */
  saved: number;
}

/** Counts without changing anything. */
export async function effectOf(tx: ShopTx, settings: InboxSettings, now: Date): Promise<PromiseEffect> {
  const shop = (await shopById(tx, tx.shopId))!;
  const promised = await promising(shop, settings);
  const effect: PromiseEffect = { open: 0, moved: 0, late: 0, saved: 0 };
  for await (const page of openOnes((after) => tx.sql<ClockRow>(OPEN, [tx.shopId, after]))) {
    for (const one of page) {
      const after = recomputed(one, promised, now);
      effect.open += 1;
      if (isMoved(one, after)) effect.moved += 1;
      const [was, is] = [isLate(one, now), isLate(after, now)];
      if (is && !was) effect.late += 1;
      if (was && !is) effect.saved += 1;
    }
  }
  return effect;
}

const isLate = ({ replyDueAt }: Ticking, now: Date) => replyDueAt !== null && replyDueAt <= now;
const same = (a: Date | null, b: Date | null) => a?.getTime() === b?.getTime();
const isMoved = (a: Ticking, b: Ticking) =>
  !same(a.replyDueAt, b.replyDueAt) || !same(a.resolutionDueAt, b.resolutionDueAt) || !same(a.dueAt, b.dueAt);

const SAVE = `
  insert into inbox_settings (shop_id, content, updated_at) values ($1, $2::jsonb, $3)
  on conflict (shop_id) do update set content = excluded.content, updated_at = excluded.updated_at`;

/**
 * Saves what was set. Promises or hours that have changed count for what is open as well, at once.
 * @throws ZodError when it is not valid: routes check with `inboxSettingsSchema` before
 */
export async function saveInboxSettings(
  db: Db,
  shop: Shop,
  settings: InboxSettings,
  now: Date,
): Promise<{ moved: number }> {
  const valid = inboxSettingsSchema.parse(settings);
  await db.inShop(shop.id, (tx) => tx.sql(SAVE, [shop.id, valid, now]));
  return { moved: await recomputeClocks(db, shop.id, now) };
}

/** Batches that are under way at once: while the database writes one, the next is read and reckoned. */
const LANES = 2;

/** Every batch in a transaction of its own: nobody who answers meanwhile has to wait for all of them. */
export async function recomputeClocks(db: Db, shopId: bigint, now: Date): Promise<number> {
  const promised = await db.inShop(shopId, (tx) => promisesOfShop(tx, shopId));
  const next = pagesOf(shopId);
  let moved = 0;
  const lane = async () => {
    for (let isMore = true; isMore;)
      isMore = await db.acrossShops(async (tx) => {
        const page = await next(tx);
        const count = await saveMoved(tx, page, promised, now);
        moved += count;
        return page.length === BATCH;
      });
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return moved;
}

/** Each call gives the page after the one before, locked, whoever calls; empty ones at the end. */
function pagesOf(shopId: bigint): (tx: SqlTx) => Promise<ClockRow[]> {
  let after: Promise<string | null> = Promise.resolve(FIRST);
  return async (tx) => {
    const before = after;
    const read = before.then((from) =>
      from === null ? [] : tx.sql<ClockRow>(`${OPEN} for no key update of c`, [shopId, from]),
    );
    after = read.then((page) => (page.length < BATCH ? null : page.at(-1)!.id));
    // Whoever waits for the page hears of an error; nobody may be waiting for its end.
    after.catch(() => {});
    return read;
  };
}

async function saveMoved(tx: SqlTx, page: ClockRow[], promised: PromisingShop, now: Date): Promise<number> {
  const changed = page.flatMap((one) => {
    const after = recomputed(one, promised, now);
    return isMoved(one, after) ? [after] : [];
  });
  await savePromised(tx, changed);
  return changed.length;
}
