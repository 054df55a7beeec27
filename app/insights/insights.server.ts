/** The door of insights: the figures of Home. */
import {
  firstReplies,
  ringingAlarms,
  type Alarm,
  type FirstReplies,
} from '../conversations/conversations.server.ts';
import type { Db, ShopTx } from '../db.server.ts';
import type { OpenTasks } from '../sequences/sequence.ts';
import { openTasks } from '../sequences/sequences.server.ts';
import { csvOf } from '../shops/csv.ts';
import type { Shop } from '../shops/shop.ts';
import { syncProgress } from '../shops/shops.server.ts';
import type { SyncProgress } from '../shops/sync.ts';
import { attentionOf, type Attention } from './attention.server.ts';
import { figuresOf, stageCounts } from './counting.server.ts';
import { setupOf, type SetupState } from './setup.server.ts';
import { daysUntil, homeFigures, type HomeFigures, type StageCounts } from './figures.ts';
import { stageMovesSince } from './stage-moves.server.ts';
import { inOrder, monthsUntil, stageMonths, type StageMonth } from './stage-moves.ts';

export { dismissSetup, sequencesSeen } from './setup.server.ts';
export { themesCsv, themesOf } from './themes.server.ts';

/** Days of the period that Home shows. */
const PERIOD = 30;
/** Tasks for people that Home shows; the others come up as these are done. */
const TASKS = 5;

export interface Home {
  figures: HomeFigures;
  /** First answers of the period. */
  replies: FirstReplies;
  attention: Attention[];
  /** What sequences have put on the list of the staff. */
  tasks: OpenTasks;
  /** Products that somebody has to look into; nobody is asked about them until then. */
  alarms: (Omit<Alarm, 'productId'> & { productId: string })[];
  setup: SetupState;
  /** How far the first sync has come. */
  sync: SyncProgress[];
}

/** Everything that Home shows, in the shop's own days. */
export async function homeOf(tx: ShopTx, shop: Shop, now: Date): Promise<Home> {
  const today = dayIn(shop.timeZone, now);
  const days = daysUntil(today, 2 * PERIOD);
  const figures = homeFigures(await figuresOf(tx, shop.timeZone, days), days, await stageCounts(tx));
  const since = new Date(now.getTime() - PERIOD * 24 * 60 * 60 * 1000);
  return {
    figures,
    replies: await firstReplies(tx, since, now),
    attention: await attentionOf(tx, since, now),
    tasks: await openTasks(tx, { limit: TASKS }),
    alarms: (await ringingAlarms(tx, shop.id)).map(({ productId, ...alarm }) => ({
      ...alarm,
      productId: String(productId),
    })),
    setup: await setupOf(tx, shop),
    sync: await syncProgress(tx, shop.id),
  };
}

/** Months that the picture of moves between stages shows. */
const MONTHS = 12;

/** How customers moved between stages in the last months, and how many stand at each now. */
export async function stagesOf(
  tx: ShopTx,
  shop: Shop,
  now: Date,
): Promise<{ counts: StageCounts; months: StageMonth[] }> {
  const today = dayIn(shop.timeZone, now);
  return {
    counts: await stageCounts(tx),
    months: stageMonths(await lastMoves(tx, shop, today), today, MONTHS),
  };
}

const lastMoves = (tx: ShopTx, shop: Shop, today: string) =>
  stageMovesSince(tx, shop.timeZone, `${monthsUntil(today, MONTHS)[0]}-01`);

const MOVES_HEAD = ['Month', 'From', 'To', 'Customers'];

/** The moves of the last months as CSV. */
export function stageMovesCsv(db: Db, shop: Shop, now: Date): AsyncGenerator<string> {
  return csvOf(MOVES_HEAD, async () => {
    const moves = await db.inShop(shop.id, (tx) => lastMoves(tx, shop, dayIn(shop.timeZone, now)));
    return { rows: inOrder(moves).map(({ month, from, to, count }) => [month, from, to, count]), next: null };
  });
}

/** Counts the finished days ahead, so that Home finds them ready. For the job `insights.count`. */
export async function countAhead(tx: ShopTx, shop: Shop, now: Date): Promise<void> {
  await figuresOf(tx, shop.timeZone, daysUntil(dayIn(shop.timeZone, now), 2 * PERIOD));
}

/** YYYY-MM-DD of the moment in a zone. */
function dayIn(timeZone: string, at: Date): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at);
}
