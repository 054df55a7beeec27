/** Pasts of customers, drawn by a seed: the same seed gives the same shop, bit for bit. */
import { DEFAULT_SEQUENCES } from '../app/sequences/defaults/defaults.ts';
import type { Listening } from '../app/sequences/candidates.ts';
import type { Past, PastOrder, World } from '../app/sequences/past.ts';
import { planSchema, type PlanInput } from '../app/sequences/plan.ts';
import { shopSettingsSchema } from '../app/shops/settings.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const UNTIL = new Date('2026-05-04T10:00:00Z');

/** Numbers from 0 to just under 1 (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const listeningTo = (plan: PlanInput, key: string): Listening => ({
  shopId: 1n,
  sequenceId: `sequence-${key}`,
  key,
  version: 1,
  plan: planSchema.parse(plan),
});

const DEFAULTS: readonly Listening[] = DEFAULT_SEQUENCES.map(({ key, plan }) => listeningTo(plan, key));

export function aWorld(with_: Partial<World> & { days?: number } = {}): World {
  const { days = 90, ...rest } = with_;
  const until = rest.until ?? UNTIL;
  return {
    shop: {
      id: 1n,
      timeZone: 'Europe/Berlin',
      locale: 'en',
      rhythm: shopSettingsSchema.parse({}).rhythm,
    },
    sequences: DEFAULTS,
    from: new Date(until.getTime() - days * DAY),
    until,
    restDaysOf: () => () => false,
    texts: false,
    codes: true,
    ...rest,
  };
}

/** An order that nothing has happened to, unless the test says otherwise. */
export const aPastOrder = (placedAt: Date, with_: Partial<PastOrder> = {}): PastOrder => ({
  id: 1n,
  channel: 'web',
  test: false,
  total: 4900,
  ordinal: 1,
  country: 'DE',
  timeZone: 'Europe/Berlin',
  placedAt,
  paidAt: placedAt,
  fulfilledAt: null,
  cancelledAt: null,
  partlyRefundedAt: null,
  refundedAt: null,
  returnOpenSince: null,
  returnedAt: null,
  deletedAt: null,
  products: [],
  shipments: [],
  ...with_,
});

export const aPast = (
  with_: Partial<Omit<Past, 'customer'>> & { customer?: Partial<Past['customer']> } = {},
): Past => ({
  consent: { email: { state: 'subscribed', at: new Date(0) }, sms: null },
  wishes: null,
  suppressed: [],
  orders: [],
  answers: [],
  reviews: [],
  friends: [],
  moments: [],
  segments: [],
  codeAt: null,
  codeMailed: [],
  stories: [],
  sent: [],
  before: [],
  ...with_,
  customer: {
    id: 'ana',
    timeZone: 'Europe/Berlin',
    locale: 'de',
    country: 'DE',
    stage: 'stranger',
    stageAt: null,
    tags: [],
    erasedAt: null,
    reachable: { email: true, sms: false },
    ordersCount: with_.orders?.length ?? 0,
    spent: 0,
    ...with_.customer,
  },
});

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
];
const ORDERS = [1, 1, 1, 2, 2, 3] as const;

/** Somebody with some orders in the world's time, and whatever else may happen to people and parcels. */
export function drawPast({ from, until }: World, id: number, chance: () => number): Past {
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(chance() * values.length)]!;
  const span = until.getTime() - from.getTime();
  const timeZone = pick(ZONES);
  const placed = Array.from({ length: pick(ORDERS) }, () => from.getTime() + Math.floor(chance() * span));
  const orders = placed
    .sort((a, b) => a - b)
    .map((at, index) =>
      drawOrder(BigInt(id * 10 + index), at, { chance, pick, timeZone, ordinal: index + 1 }),
    );
  const judged = orders.filter(({ shipments }) => shipments[0]?.deliveredAt && chance() < 0.3);
  const since = (order: PastOrder, days: number) =>
    new Date(order.shipments[0]!.deliveredAt!.getTime() + Math.floor(chance() * days * DAY));
  const sometime = () => new Date(from.getTime() + Math.floor(chance() * span));
  return aPast({
    customer: { id: `customer-${id}`, timeZone, spent: orders.reduce((sum, order) => sum + order.total, 0) },
    consent: {
      email:
        chance() < 0.9
          ? {
              state: chance() < 0.95 ? 'subscribed' : 'unsubscribed',
              at: chance() < 0.5 ? new Date(0) : sometime(),
            }
          : null,
      sms: null,
    },
    wishes:
      chance() < 0.1
        ? {
            channel: null,
            frequency: pick(['all', 'fewer', 'order-news'] as const),
            hour: pick([null, 3, 12, 20]),
            pausedUntil: chance() < 0.3 ? sometime() : null,
            since: sometime(),
          }
        : null,
    orders,
    answers: judged.map((order, index) => {
      const at = since(order, 20);
      return {
        id: `${id}-${index}`,
        orderId: order.id,
        score: 1 + Math.floor(chance() * 5),
        at,
        verifiedAt: at,
      };
    }),
    reviews: judged.slice(0, 1).map((order) => ({
      id: `${id}`,
      orderId: order.id,
      productId: order.products[0]!.id,
      stars: pick([3, 5]),
      at: since(order, 40),
    })),
    sent:
      chance() < 0.2 ? [{ at: sometime(), class: pick(['ask', 'service'] as const), channel: 'email' }] : [],
  });
}

interface Drawing {
  chance: () => number;
  pick: <Value>(values: readonly Value[]) => Value;
  timeZone: string;
  ordinal: number;
}

function drawOrder(id: bigint, placed: number, { chance, pick, timeZone, ordinal }: Drawing): PastOrder {
  const moment = (days: number) => new Date(placed + Math.floor(days * DAY));
  const shipped = 1 + chance();
  const arrived = shipped + 1 + chance() * 5;
  const lost = chance() < 0.02;
  const products = Array.from({ length: pick([1, 1, 2, 3]) }, (_, index) => BigInt(70 + index));
  return aPastOrder(new Date(placed), {
    id,
    ordinal,
    timeZone,
    total: 1000 + Math.floor(chance() * 9000),
    fulfilledAt: moment(shipped),
    cancelledAt: chance() < 0.03 ? moment(chance() * 3) : null,
    refundedAt: chance() < 0.03 ? moment(chance() * 30) : null,
    returnOpenSince: chance() < 0.02 ? moment(arrived + 2) : null,
    products: products.map((product) => ({
      id: product,
      title: 'A pan',
      firstUseDays: 1,
      readyToJudgeDays: chance() < 0.5 ? 10 : null,
      usefulLifeDays: null,
      goneAt: null,
    })),
    shipments: [
      {
        id: id * 10n,
        shippedAt: moment(shipped),
        deliveredAt: lost ? null : moment(arrived),
        failedAt: lost ? moment(arrived) : null,
        assumedIn: null,
        missed: [],
        lost,
        productIds: products,
      },
    ],
  });
}
