/** When an occasion came about: rules over what happened with one customer. The same for today and for a look back. */
import { STAGES } from '../customers/customer.ts';
import { isLucky } from './chance.ts';
import type { Why } from './gesture.ts';
import type { Occasion } from './settings.ts';

/** What happened with one customer; each list oldest first. */
export interface History {
  customerId: string;
  orders: readonly { id: bigint; name: string; at: Date }[];
  /** When pictures came, and how many at once. */
  pictures: readonly { at: Date; count: number }[];
  /** Complaints that somebody answered and solved. */
  healed: readonly { id: string; at: Date }[];
  stages: readonly { from: string; to: string; at: Date }[];
  /** When they said anything. */
  words: readonly Date[];
}

/** An occasion that came about. */
export interface Moment {
  /** What makes it one: given once for ever. */
  subject: string;
  at: Date;
  occasion: Occasion;
  why: Why;
}

const DAY_MS = 86_400_000;
const daysAfter = (at: Date, days: number) => new Date(at.getTime() + days * DAY_MS);

/** Years later on the calendar; 29 February comes on 1 March in other years. */
const yearsAfter = (at: Date, years: number): Date => {
  const later = new Date(at);
  later.setUTCFullYear(at.getUTCFullYear() + years);
  return later;
};

/** Everything that comes about after `from` until `to`, oldest first, whether or not the occasions are on. */
export function momentsOf(history: History, occasions: readonly Occasion[], from: Date, to: Date): Moment[] {
  return occasions
    .flatMap((occasion) => momentsOfOne(history, occasion, to).map((found) => ({ ...found, occasion })))
    .filter(({ at }) => at > from && at <= to)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

type Found = Omit<Moment, 'occasion'>;

function momentsOfOne(history: History, { kind, number, stage }: Occasion, to: Date): Found[] {
  switch (kind) {
    case 'healed':
      return history.healed.map(({ id, at }) => ({
        subject: `healed:${id}`,
        at: daysAfter(at, number),
        why: { code: kind },
      }));
    case 'photos':
      return nthPicture(history, number);
    case 'orders': {
      const order = history.orders[number - 1];
      return order
        ? [{ subject: `orders:${number}`, at: order.at, why: { code: kind, number, order: order.name } }]
        : [];
    }
    case 'anniversary':
      return anniversaries(history, number, to);
    case 'silence':
      return silences(history, number);
    case 'luck':
      return history.orders
        .filter(({ id }) => isLucky(id, number))
        .map(({ id, name, at }) => ({ subject: `luck:${id}`, at, why: { code: kind, order: name } }));
    case 'stage':
      return history.stages
        .filter(({ from, to: reached }) => reached === stage && isCloser(from, reached))
        .slice(0, 1)
        .map(({ at }) => ({ subject: `stage:${stage}`, at, why: { code: kind, stage } }));
  }
}

const isCloser = (from: string, to: string) =>
  (STAGES as readonly string[]).indexOf(to) > (STAGES as readonly string[]).indexOf(from);

function nthPicture({ pictures }: History, number: number): Found[] {
  let seen = 0;
  for (const { at, count } of pictures) {
    seen += count;
    if (seen >= number) return [{ subject: `photos:${number}`, at, why: { code: 'photos', number } }];
  }
  return [];
}

function anniversaries({ orders }: History, firstYear: number, to: Date): Found[] {
  const began = orders[0]?.at;
  if (!began) return [];
  const years = to.getUTCFullYear() - began.getUTCFullYear();
  return Array.from({ length: Math.max(0, years - firstYear + 1) }, (_, i) => firstYear + i).map((year) => ({
    subject: `anniversary:${year}`,
    at: yearsAfter(began, year),
    why: { code: 'anniversary', number: year },
  }));
}

/** Each stretch after a sign of life that lasted as long; only of people who have bought something. */
function silences({ orders, words, pictures }: History, days: number): Found[] {
  const bought = orders[0]?.at;
  if (!bought) return [];
  const signs = [...orders.map(({ at }) => at), ...words, ...pictures.map(({ at }) => at)]
    .filter((at) => at >= bought)
    .sort((a, b) => a.getTime() - b.getTime());
  return signs.flatMap((sign, i) => {
    const at = daysAfter(sign, days);
    const next = signs[i + 1];
    if (next && next <= at) return [];
    const why = { code: 'silence' as const, number: days };
    return [{ subject: `silence:${sign.toISOString().slice(0, 10)}`, at, why }];
  });
}
