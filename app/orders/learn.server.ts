/** Learns from parcels that a carrier has scanned at the door: how many working days they took, counted on their lane. */
import type { SqlTx } from '../db.server.ts';
import { restDays } from './holidays.server.ts';
import { laneName, LONGEST_DAYS, type Lane } from './lane.ts';
import { workingDaysBetween } from './working-days.ts';

const PAGE = 500;

interface Scanned {
  id: bigint;
  carrier: string | null;
  origin: string;
  country: string;
  service: string | null;
  shipped_at: Date;
  delivered_at: Date;
  zone: string;
}

/** Those that somebody else holds come another time. */
const SCANNED = `
  select s.id, s.carrier, coalesce(s.origin, h.country, '') as origin, coalesce(s.country, o.country, '') as country,
    o.service, s.shipped_at, s.delivered_at, coalesce(o.time_zone, h.time_zone) as zone
  from (
    select * from shipment where shop_id = $1 and delivered_by = 'carrier' and transit_days is null
    order by delivered_at limit ${PAGE} for update skip locked
  ) s join orders o on o.shop_id = s.shop_id and o.id = s.order_id join shop h on h.id = s.shop_id`;

const LEARNED = `
  update shipment s set transit_days = t.days from unnest($2::bigint[], $3::int[]) as t(id, days)
  where s.shop_id = $1 and s.id = t.id`;

/** Lanes are locked in the order of their key. */
const ADD = `
  insert into lane_month (shop_id, carrier, origin, country, service, month, counts)
  select $1, carrier, origin, country, service, month, counts
  from jsonb_to_recordset($2::jsonb)
    as t(carrier text, origin text, country text, service text, month date, counts int[])
  order by carrier, origin, country, service, month
  on conflict (shop_id, carrier, origin, country, service, month) do update set counts = (
    select array_agg(coalesce(a, 0) + coalesce(b, 0) order by i)
    from unnest(lane_month.counts, excluded.counts) with ordinality as both_of(a, b, i))`;

/**
 * Folds one page of a shop's newly scanned parcels into its lanes, each once.
 * @returns whether there may be more
 */
export async function learnTransit(tx: SqlTx, shopId: bigint): Promise<boolean> {
  const parcels = await tx.sql<Scanned>(SCANNED, [shopId]);
  if (parcels.length === 0) return false;
  const restDaysOf = await restDays();
  const measured = parcels.map((parcel) => ({
    ...parcel,
    // Where it went is not known: nothing to be learned.
    days: parcel.country === '' ? NOWHERE : daysOf(parcel, restDaysOf(parcel.country)),
  }));
  await tx.sql(LEARNED, [shopId, measured.map(({ id }) => id), measured.map(({ days }) => days)]);
  const rows = countsOf(measured.filter(({ days }) => days !== NOWHERE));
  if (rows.length > 0) await tx.sql(ADD, [shopId, JSON.stringify(rows)]);
  return parcels.length === PAGE;
}

const NOWHERE = -1;

const daysOf = (parcel: Scanned, isRestDay: (day: string) => boolean): number =>
  Math.min(
    LONGEST_DAYS,
    workingDaysBetween(parcel.shipped_at, parcel.delivered_at, { timeZone: parcel.zone, isRestDay }),
  );

interface LaneCounts extends Lane {
  /** YYYY-MM-DD */
  month: string;
  counts: number[];
}

function countsOf(parcels: readonly (Scanned & { days: number })[]): LaneCounts[] {
  const lanes = new Map<string, LaneCounts>();
  for (const { days, ...parcel } of parcels) {
    const lane = {
      carrier: laneName(parcel.carrier),
      origin: parcel.origin,
      country: parcel.country,
      service: laneName(parcel.service),
      month: `${parcel.delivered_at.toISOString().slice(0, 7)}-01`,
    };
    const key = JSON.stringify(lane);
    const row = lanes.get(key) ?? { ...lane, counts: [] };
    lanes.set(key, row);
    for (let i = row.counts.length; i <= days; i++) row.counts.push(0);
    row.counts[days]! += 1;
  }
  return [...lanes.values()];
}
