/** What is known of the lanes of a batch of orders, read set-based: a statement for the shops' own figures, one for all shops'. */
import type { SqlTx } from '../db.server.ts';
import type { Shop } from '../shops/shop.ts';
import type { Arrivals } from './arrival.ts';
import { restDays } from './holidays.server.ts';
import { anonymousTransit, laneName, ownTransit, type Counts, type Lane } from './lane.ts';
import { monthsSince } from './months.ts';
import type { OrderChange, OrderState } from './state.ts';
import type { IsRestDay } from './working-days.ts';

const OWN = `
  select shop_id as "shopId", carrier, origin, country, service, counts from lane_month
  where shop_id = any($1::bigint[]) and country = any($2::text[]) and carrier = any($3::text[]) and month >= $4`;
const EVERYWHERE = `
  select carrier, origin, country, service, days from lane_everywhere
  where country = any($1::text[]) and carrier = any($2::text[])`;

/** Nobody asks for a day where nothing travels. */
const NEVER: IsRestDay = () => false;

/** For orders without parcels: nothing is read. */
const nothingTravels = (shop: Shop): Arrivals => ({
  ...basicsOf(shop),
  transitOf: () => null,
  restDaysOf: () => NEVER,
});

/** What is heard of an order, and what is known of it. */
interface About {
  change: OrderChange;
  order: OrderState | undefined;
}

/** What arrivals depend on, by shop. @param about orders of which something was heard: the lanes of their parcels are read */
export async function arrivalsOf(
  tx: SqlTx,
  shops: ReadonlyMap<bigint, Shop>,
  about: readonly About[],
  now: Date,
): Promise<(shop: Shop) => Arrivals> {
  const lanes = about.flatMap(lanesOf);
  if (lanes.length === 0) return nothingTravels;
  const countries = [...new Set(lanes.map(({ country }) => country))];
  const carriers = [...new Set(lanes.map(({ carrier }) => carrier))];
  const own = await tx.sql<Lane & { shopId: bigint; counts: Counts }>(OWN, [
    [...shops.keys()],
    countries,
    carriers,
    monthsSince(now),
  ]);
  const everywhere = await tx.sql<Lane & { days: number }>(EVERYWHERE, [countries, carriers]);
  const restDaysOf = await restDays();
  const ofShop = Map.groupBy(own, ({ shopId }) => shopId);
  return (shop) => ({
    ...basicsOf(shop),
    restDaysOf,
    transitOf: (lane) => ownTransit(lane, ofShop.get(shop.id) ?? []) ?? anonymousTransit(lane, everywhere),
  });
}

const basicsOf = ({ country, timeZone, settings }: Shop) => ({
  country,
  timeZone,
  assumedTransitDays: settings.assumedTransitDays,
});

/** Where the parcels that are spoken of may go, and with whom; none where nothing is on its way. */
function lanesOf({ change, order }: About): Pick<Lane, 'carrier' | 'country'>[] {
  const told = change.kind === 'snapshot' ? change.snapshot : null;
  const parcels: { carrier?: string | null | undefined; country?: string | null | undefined }[] = [
    ...(order?.shipments ?? []),
    ...(told?.shipments ?? []),
    ...(change.kind === 'shipment' ? [change.shipment] : []),
    // A scan may come before the record of its parcel.
    ...(change.kind === 'scan' ? [{}] : []),
  ];
  const countries = [order?.country, told?.shipTo?.country, told?.billTo?.country];
  return parcels.flatMap(({ carrier, country }) =>
    [country, ...countries].map((to) => ({ carrier: laneName(carrier), country: to ?? '' })),
  );
}
