/** Four months in the demo shop, told beforehand: who buys what when, and what becomes of it. The same in every run. */

import { seeded } from '../faults/faults.ts';
import type { AddressInput, LineInput } from '../types.ts';

export const DAYS = 120;
const ORDERS = 60;
const SEED = 4_2026;

export type Outcome =
  | 'delivered'
  | 'in-transit'
  | 'packed'
  | 'open'
  | 'cancelled'
  | 'refunded'
  | 'part-refunded'
  | 'returned'
  | 'lost';

/** One order, and everything that happens to it; days are counted from the beginning of the story. */
export interface Chapter {
  number: number;
  day: number;
  /** Index among the people. */
  buyer: number;
  isFirst: boolean;
  lines: LineInput[];
  source: 'web' | 'pos' | 'shopify_draft_order';
  giftTo: AddressInput | null;
  test: boolean;
  /** Uses a friend's code when there is one by then. */
  wantsCode: boolean;
  /** 1 to 5; null: says nothing. */
  score: number | null;
  hasWords: boolean;
  inParts: boolean;
  packedAfter: number;
  arrivesAfter: number;
  carrier: string;
  outcome: Outcome;
}

const BASKETS: LineInput[][] = [
  [{ handle: 'chefs-knife' }],
  [{ handle: 'carbon-steel-pan' }, { handle: 'olive-oil' }],
  [{ handle: 'enamel-kettle' }],
  [{ handle: 'coffee-grinder' }, { handle: 'stoneware-bowls' }],
  [{ handle: 'linen-towels' }, { handle: 'linen-apron' }],
  [{ handle: 'oak-chopping-board' }, { handle: 'chefs-knife' }],
  [{ handle: 'olive-oil', quantity: 2 }, { handle: 'heather-honey' }],
  [{ handle: 'granite-mortar' }],
  [{ handle: 'beeswax-candles', quantity: 2 }, { handle: 'linen-towels' }],
  [{ handle: 'stoneware-bowls', quantity: 2 }],
  [{ handle: 'heather-honey', quantity: 2 }, { handle: 'beeswax-candles' }],
  [{ handle: 'linen-apron' }, { handle: 'granite-mortar' }, { handle: 'olive-oil' }],
];

/** Orders that end otherwise than at the door. */
const FATES: Record<number, Outcome> = {
  6: 'cancelled',
  13: 'refunded',
  19: 'part-refunded',
  24: 'returned',
  31: 'cancelled',
  37: 'lost',
  42: 'part-refunded',
  49: 'refunded',
};
const SOURCES: Record<number, Chapter['source']> = {
  9: 'pos',
  21: 'pos',
  28: 'shopify_draft_order',
  40: 'pos',
  52: 'pos',
};
const GIFTS: Record<number, AddressInput> = {
  11: {
    country: 'IE',
    city: 'Limerick',
    zip: 'V94 T9PX',
    line1: '3 Catherine Street',
    firstName: 'Maeve',
    lastName: 'Byrne',
  },
  26: {
    country: 'DE',
    city: 'Freiburg',
    zip: '79098',
    line1: 'Konviktstraße 5',
    firstName: 'Oma',
    lastName: 'Brandt',
  },
  35: {
    country: 'FR',
    city: 'Annecy',
    zip: '74000',
    line1: '8 rue Sainte-Claire',
    firstName: 'Louise',
    lastName: 'Moreau',
  },
  46: {
    country: 'ES',
    city: 'Granada',
    zip: '18010',
    line1: 'Calle Elvira 60',
    firstName: 'Mateo',
    lastName: 'Ruiz',
  },
};
const TEST_ORDER = 16;
const CARRIERS: Record<string, string> = {
  IE: 'An Post',
  DE: 'DHL',
  FR: 'UPS',
  ES: 'UPS',
  BR: 'DHL',
  JP: 'FedEx',
};

export function story(countries: string[]): Chapter[] {
  const chance = seeded(SEED);
  const days = Array.from({ length: ORDERS }, () => chance() * (DAYS - 1.2)).sort((a, b) => a - b);
  // The last ones are fresh, so that there is something on its way and something to pack.
  [4.2, 3.1, 1.9, 0.8, 0.3].forEach((ago, index) => (days[ORDERS - 5 + index] = DAYS - ago));
  let newcomers = 0;
  return days.map((day, index) => {
    const number = index + 1;
    // New faces come until the end, a little more often at first.
    const isFirst = newcomers < Math.ceil(countries.length * (number / ORDERS) ** 0.8);
    const buyer = isFirst ? newcomers++ : Math.floor(chance() * newcomers);
    const country = countries[buyer] ?? 'IE';
    const far = country === 'BR' || country === 'JP';
    const source = SOURCES[number] ?? 'web';
    return {
      number,
      day,
      buyer,
      isFirst,
      lines: BASKETS[Math.floor(chance() * BASKETS.length)] ?? [{ handle: 'olive-oil' }],
      source,
      giftTo: GIFTS[number] ?? null,
      test: number === TEST_ORDER,
      wantsCode: isFirst && number > 8 && source === 'web' && (chance() < 0.7 || number > 48),
      score: source === 'web' && chance() < 0.75 ? scoreOf(chance()) : null,
      hasWords: chance() < 0.5,
      inParts: chance() < 0.2,
      packedAfter: 0.4 + chance() * 1.2,
      arrivesAfter: 1.5 + chance() * 2.5 + (far ? 5 : 0),
      carrier: CARRIERS[country] ?? 'DHL',
      outcome: FATES[number] ?? outcomeOf(DAYS - day, far),
    };
  });
}

function scoreOf(chance: number): number {
  if (chance < 0.04) return 1;
  if (chance < 0.1) return 2;
  if (chance < 0.22) return 3;
  return chance < 0.55 ? 4 : 5;
}

/** What has become of an order that is so many days old. */
function outcomeOf(age: number, far: boolean): Outcome {
  if (age < 1) return 'open';
  if (age < 2) return 'packed';
  return age < (far ? 11 : 6) ? 'in-transit' : 'delivered';
}
