/** The way of a parcel, and how long parcels take on it: learned from those whose arrival a carrier has scanned. */

/** Carrier × origin × destination × service; empty where nobody has said. */
export interface Lane {
  /** As the tracking names it: "DHL" */
  carrier: string;
  /** ISO 3166, as is `country` */
  origin: string;
  country: string;
  /** What the customer chose at the checkout: "Express" */
  service: string;
}

/** Of 100 parcels so many have arrived by then. */
const SHARE = 0.8;
/** Fewer parcels of a shop's own say nothing. */
export const ENOUGH = 8;
/** A parcel that took longer counts as one that took so long. */
export const LONGEST_DAYS = 60;

/** How many parcels took how many working days: index = days. */
export type Counts = readonly number[];

/** What is known of a way. */
export interface Transit {
  /** The shop's own parcels, or those of all shops. */
  by: 'learned' | 'everywhere';
  /** Working days of the destination that 8 of 10 parcels take at most. */
  days: number;
}

export const sizeOf = (counts: Counts): number => counts.reduce((sum, count) => sum + count, 0);

/** The least number of days by which that share of all had arrived; null while there are none. */
export function percentile(counts: Counts, share = SHARE): number | null {
  const wanted = sizeOf(counts) * share;
  if (wanted === 0) return null;
  let arrived = 0;
  for (const [days, count] of counts.entries()) {
    arrived += count;
    // Eight of ten is eight, whatever 10 × 0.8 comes to in binary.
    if (arrived >= wanted - 1e-9) return days;
  }
  return null;
}

export const sumOf = (all: readonly Counts[]): number[] =>
  all.reduce<number[]>(
    (sum, counts) =>
      Array.from({ length: Math.max(sum.length, counts.length) }, (_, i) => (sum[i] ?? 0) + (counts[i] ?? 0)),
    [],
  );

/** The own figure of a lane, else of all its services together; null: the shop has not sent enough there. */
export function ownTransit(lane: Lane, known: readonly (Lane & { counts: Counts })[]): Transit | null {
  const way = known.filter((each) => isSameWay(each, lane));
  for (const some of [way.filter(({ service }) => service === lane.service), way]) {
    const counts = sumOf(some.map((each) => each.counts));
    if (sizeOf(counts) >= ENOUGH) return { by: 'learned', days: percentile(counts)! };
  }
  return null;
}

/** In the figures of all shops: all services of a way together. */
export const ANY_SERVICE = '*';

/** The figure of all shops for a lane, else for all its services. */
export function anonymousTransit(lane: Lane, known: readonly (Lane & { days: number })[]): Transit | null {
  const way = known.filter((each) => isSameWay(each, lane));
  const found =
    way.find(({ service }) => service === lane.service) ?? way.find(({ service }) => service === ANY_SERVICE);
  return found ? { by: 'everywhere', days: found.days } : null;
}

const isSameWay = (a: Lane, b: Lane) =>
  a.carrier === b.carrier && a.origin === b.origin && a.country === b.country;

/** Names are told by people and systems: trimmed, and no longer than a name is. */
export const laneName = (told: string | null | undefined): string =>
  (told ?? '').trim().replace(/\s+/g, ' ').slice(0, 80);
