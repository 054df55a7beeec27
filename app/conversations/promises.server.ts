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
/** In the order in which they were heard, which is how they lie side by side; their ids lie anywhere. */
const OPEN = `
  select id from conversation where shop_id = $1 and state in ('open', 'snoozed') order by heard_at, id`;
const READ = `
  select ${CLOCK_COLUMNS} from conversation c
  where c.shop_id = $1 and c.id = any($2::uuid[]) and c.state in ('open', 'snoozed') order by c.id`;

async function openBatches(tx: SqlTx, shopId: bigint): Promise<string[][]> {
  const ids = (await tx.sql<{ id: string }>(OPEN, [shopId])).map(({ id }) => id);
  return Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, n) =>
    ids.slice(n * BATCH, (n + 1) * BATCH),
  );
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
  for (const batch of await openBatches(tx, tx.shopId)) {
    for (const one of await tx.sql<ClockRow>(READ, [tx.shopId, batch])) {
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

/**
 * Every batch in a transaction of its own: nobody who answers meanwhile has to wait for all of them. What is opened meanwhile
 * knows the new promises already.
 */
export async function recomputeClocks(db: Db, shopId: bigint, now: Date): Promise<number> {
  const { promised, batches } = await db.acrossShops(async (tx) => ({
    promised: await promisesOfShop(tx, shopId),
    batches: await openBatches(tx, shopId),
  }));
  let moved = 0;
  const lane = async () => {
    for (let ids = batches.shift(); ids; ids = batches.shift()) {
      const values = [shopId, ids];
      const count = await db.acrossShops(async (tx) => {
        const locked = await tx.sql<ClockRow>(`${READ} for no key update of c`, values);
        return saveMoved(tx, locked, promised, now);
      });
      moved += count;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return moved;
}

async function saveMoved(tx: SqlTx, page: ClockRow[], promised: PromisingShop, now: Date): Promise<number> {
  const changed = page.flatMap((one) => {
    const after = recomputed(one, promised, now);
    return isMoved(one, after) ? [after] : [];
  });
  await savePromised(tx, changed);
  return changed.length;
}
