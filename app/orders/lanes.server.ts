/** The ways on which a shop sends, and what was learned of each. */
import type { Db, ShopTx } from '../db.server.ts';
import { csvOf } from '../shops/csv.ts';
import { ENOUGH, percentile, sizeOf, sumOf, type Counts, type Lane } from './lane.ts';
import { monthsSince } from './months.ts';

/** A lane as a merchant sees it. */
export interface LearnedLane extends Lane {
  /** Scanned parcels of the last six months. */
  parcels: number;
  /** Working days that 8 of 10 take at most; null while they are too few. */
  days: number | null;
}

const LANES = `
  select carrier, origin, country, service, counts from lane_month where shop_id = $1 and month >= $2
  order by carrier, origin, country, service, month`;

/** Those with most parcels first. */
export async function learnedLanes(tx: ShopTx, now: Date): Promise<LearnedLane[]> {
  const rows = await tx.sql<Lane & { counts: Counts }>(LANES, [tx.shopId, monthsSince(now)]);
  const nameOf = ({ carrier, origin, country, service }: Lane) =>
    JSON.stringify([carrier, origin, country, service]);
  const lanes = [...Map.groupBy(rows, nameOf).values()].map((months): LearnedLane => {
    const { counts: _counts, ...lane } = months[0]!;
    const counts = sumOf(months.map((month) => month.counts));
    const parcels = sizeOf(counts);
    return { ...lane, parcels, days: parcels < ENOUGH ? null : percentile(counts) };
  });
  return lanes.sort((a, b) => b.parcels - a.parcels);
}

const HEAD = ['Carrier', 'From', 'To', 'Service', 'Parcels', 'Working days for 8 of 10'];

/** All of them, as a file. */
export function lanesCsv(db: Db, shopId: bigint, now: Date): AsyncGenerator<string> {
  return csvOf(HEAD, async () => {
    const lanes = await db.inShop(shopId, (tx) => learnedLanes(tx, now));
    const rows = lanes.map(({ carrier, origin, country, service, parcels, days }) => [
      carrier,
      origin,
      country,
      service,
      parcels,
      days,
    ]);
    return { rows, next: null };
  });
}
