/** Moments of the calendar, members of segments and tags: from what a shop knows to people inside, each once. */
import { beforeAll, expect, test } from 'vitest';
import { aShop } from '../../builders.ts';
import { watchLease } from '../../leases.ts';
import { testDb } from '../../database.ts';
import type { AudienceSource } from '../../../app/sequences/audience.ts';
import { recordEvents } from '../../../app/events.server.ts';
import { readEnd } from '../../../app/sequences/calendar.ts';
import type { PlanInput } from '../../../app/sequences/plan.ts';
import * as sequences from '../../../app/sequences/sequences.server.ts';
import { changeTags } from '../../../app/customers/customers.server.ts';
import { makeReactionsLoop } from '../../../app/reactions.server.ts';
import { saveClockRule } from '../../../app/products/products.server.ts';
import type { Queue } from '../../../app/jobs/queue.server.ts';
import { aCustomer, anOrder, aSequence, aShipment, ASK_AT_ONCE, enrollmentsIn, NOON } from './fixtures.ts';

const t = testDb();
const DAY = 86_400_000;
const after = (days: number) => new Date(NOON.getTime() + days * DAY);

type Trigger = Partial<PlanInput['trigger']>;
const planOn = (trigger: Trigger, reentry: PlanInput['reentry'] = { kind: 'always' }): PlanInput => ({
  ...ASK_AT_ONCE,
  trigger: {
    ...ASK_AT_ONCE.trigger,
    each: 'customer',
    freshFor: { days: 2 },
    ...trigger,
  } as PlanInput['trigger'],
  reentry,
});

/** Shops of other tests are left alone by the worker. */
async function aShopOn(trigger: Trigger) {
  await t.db.sqlAcrossShops('delete from calendar_watch');
  const shop = await aShop(t.db);
  await aSequence(t.db, shop.id, planOn(trigger));
  await t.db.inShop(shop.id, (tx) => sequences.keepWatch(tx, NOON));
  return shop;
}

const nobody = { enqueue: () => Promise.reject(new Error('nothing is enqueued here')) } as unknown as Queue;
let calendar: (now: Date) => Promise<number>;
let react: (now: Date) => Promise<number>;
beforeAll(() => {
  calendar = sequences.makeCalendarLoop({ db: t.db });
  react = makeReactionsLoop({ db: t.db, queue: nobody, settleIn: () => Promise.resolve() });
});

/** As the worker goes on: everything that is due until then, at its own moment. */
async function live(until: Date) {
  for (;;) {
    const [next] = await t.db.sqlAcrossShops<{ at: Date | null }>(
      'select min(due_at) as at from calendar_watch',
    );
    if (!next?.at || next.at > until) break;
    const now = next.at > NOON ? next.at : NOON;
    while ((await calendar(now)) > 0);
    while ((await react(now)) > 0);
  }
}

const startsIn = async (shopId: bigint) =>
  (
    await t.db.sqlAcrossShops<{ at: Date }>(
      'select anchor_at as at from enrollment where shop_id = $1 order by anchor_at',
      [shopId],
    )
  ).map(({ at }) => at.toISOString());

async function aDate(shopId: bigint, customerId: string, yearDay: number, year: number | null = 1990) {
  await t.db.sqlAcrossShops(
    `insert into customer_date (shop_id, customer_id, name, year_day, year) values ($1, $2, 'facts.birth_date', $3, $4)`,
    [shopId, customerId, yearDay, year],
  );
}

test('a birthday takes in whoever has one, at midnight on their clock, once', async () => {
  const shop = await aShopOn({ on: ['customer.date'] });
  const ana = await aCustomer(t.db, shop.id);
  await aDate(shop.id, ana, 510);
  await aDate(shop.id, await aCustomer(t.db, shop.id), 701);
  await live(after(10));
  expect(await startsIn(shop.id)).toEqual(['2026-05-09T22:00:00.000Z']);
  const [{ cause }] = (await t.db.sqlAcrossShops<{ cause: string }>(
    `select subject as cause from enrollment where shop_id = $1`,
    [shop.id],
  )) as [{ cause: string }];
  expect(cause).toBe(`customer:${ana}:facts.birth_date:2026`);
});

test('days before, and another metafield, are another sequence’s own', async () => {
  const shop = await aShopOn({ on: ['customer.date'], which: { ahead: 3 } });
  await aSequence(t.db, shop.id, planOn({ on: ['customer.date'], which: { date: 'custom.wedding_day' } }));
  await aDate(shop.id, await aCustomer(t.db, shop.id), 510);
  await live(after(10));
  expect(await startsIn(shop.id)).toEqual(['2026-05-06T22:00:00.000Z']);
});

test('an anniversary of the first order counts years, and the first year is none', async () => {
  const shop = await aShopOn({ on: ['customer.anniversary'] });
  const [old, fresh] = [await aCustomer(t.db, shop.id), await aCustomer(t.db, shop.id)];
  await t.db.sqlAcrossShops(
    `update customer set first_order_at = case when id = $2 then timestamptz '2023-05-06 22:30+00' else timestamptz '2026-05-06 12:00+00' end
     where shop_id = $1`,
    [shop.id, old],
  );
  await live(after(10));
  const [event] = await t.db.sqlAcrossShops<{ customer: string; years: number }>(
    `select customer_id as customer, (data ->> 'years')::int as years from event where shop_id = $1`,
    [shop.id],
  );
  expect(event).toEqual({ customer: old, years: 3 });
  expect(fresh).not.toBe(old);
  // In Berlin it was the 7th already.
  expect(await startsIn(shop.id)).toEqual(['2026-05-06T22:00:00.000Z']);
});

test('a reward that was used is not reminded of; the other one is, so many days before', async () => {
  const shop = await aShopOn({ on: ['reward.expiring'], which: { ahead: 3 } });
  const ana = await aCustomer(t.db, shop.id);
  const reward = (code: string, expires: Date) =>
    t.db.sqlAcrossShops(
      `insert into reward (shop_id, id, cause, customer_id, kind, value, state, code, earned_at, issued_at, expires_at)
       values ($1, gen_random_uuid(), $3, $2, 'discount', '{}', 'issued', $3, $4, $4, $5)`,
      [shop.id, ana, code, NOON, expires],
    );
  await reward('SPENT-1', after(8));
  await reward('KEPT-1', after(9));
  const order = await anOrder(t.db, shop.id, ana, { paidAt: after(1) });
  await t.db.sqlAcrossShops(`update orders set discount_codes = '{spent-1}' where id = $1`, [order]);
  await live(after(10));
  expect(await startsIn(shop.id)).toEqual([after(6).toISOString()]);
});

test('days in a product’s life count from its parcel’s arrival, each product by its own clock', async () => {
  const shop = await aShopOn({ on: ['product.end-of-life'], each: 'product' });
  const ana = await aCustomer(t.db, shop.id);
  const order = await anOrder(t.db, shop.id, ana, {
    products: [
      [71n, 4900n],
      [72n, 900n],
    ],
  });
  await t.db.inShop(shop.id, (tx) =>
    saveClockRule(tx, shop.id, { scope: 'product', ref: '71', usefulLifeDays: 10 }, NOON),
  );
  await aShipment(t.db, shop.id, order, { deliveredAt: after(1) });
  await live(after(12));
  // How long the other one lives nobody has said.
  expect(await enrollmentsIn(t.db, shop.id)).toMatchObject([{ subject: `order:${order}:product:71` }]);
  expect(await startsIn(shop.id)).toEqual([after(11).toISOString()]);
});

test('an arrival that is heard of after the day has passed is told then, and only then', async () => {
  const shop = await aShopOn({ on: ['product.first-use'], each: 'product', freshFor: { weeks: 2 } });
  const ana = await aCustomer(t.db, shop.id);
  const order = await anOrder(t.db, shop.id, ana);
  await live(after(6));
  const shipmentId = await aShipment(t.db, shop.id, order, { deliveredAt: after(1) });
  const data = { shipmentId: String(shipmentId) };
  const arrival = { shopId: shop.id, customerId: ana, data, at: after(1) };
  await t.db.acrossShops((tx) => sequences.tellLate(tx, [arrival], after(6)));
  await react(after(6));
  await live(after(10));
  expect(await startsIn(shop.id)).toEqual([after(4).toISOString()]);
});

test('whoever has a place at an event hears when it is over', async () => {
  const shop = await aShopOn({ on: ['product.event-ended'], each: 'order' });
  const ana = await aCustomer(t.db, shop.id);
  const order = await anOrder(t.db, shop.id, ana, { products: [[81n, 4900n]] });
  await t.db.inShop(shop.id, (tx) =>
    saveClockRule(tx, shop.id, { scope: 'product', ref: '81', eventEndsAt: after(3) }, NOON),
  );
  await live(after(10));
  expect(await enrollmentsIn(t.db, shop.id)).toMatchObject([{ subject: `order:${order}` }]);
  expect(await startsIn(shop.id)).toEqual([after(3).toISOString()]);
});

test('two workers at once tell a moment once; what was before the watch began is never told', async () => {
  const shop = await aShopOn({ on: ['customer.date'] });
  await aDate(shop.id, await aCustomer(t.db, shop.id), 504);
  await aDate(shop.id, await aCustomer(t.db, shop.id), 505);
  await Promise.all([calendar(after(2)), calendar(after(2)), calendar(after(2))]);
  const told = await t.db.sqlAcrossShops(`select 1 from event where shop_id = $1`, [shop.id]);
  expect(told).toHaveLength(1);
});

test('nothing is watched that no sequence goes by', async () => {
  const shop = await aShopOn({ on: ['customer.date'] });
  const watches = () =>
    t.db.sqlAcrossShops(
      `select 'calendar' as kind from calendar_watch where shop_id = $1 union all select kind from audience_watch where shop_id = $1`,
      [shop.id],
    );
  expect(await watches()).toEqual([{ kind: 'calendar' }, { kind: 'date' }]);
  // Whoever moves the clock stops for them.
  const due = await t.db.sqlAcrossShops(
    'select kind, due_at as at from due_moment where shop_id = $1 order by kind',
    [shop.id],
  );
  expect(due).toEqual([
    { kind: 'audience', at: NOON },
    { kind: 'calendar', at: NOON },
  ]);
  await t.db.sqlAcrossShops(`update sequence set status = 'off' where shop_id = $1`, [shop.id]);
  await t.db.inShop(shop.id, (tx) => sequences.keepWatch(tx, NOON));
  expect(await watches()).toEqual([]);
});

/** A Shopify that answers what it is told to. */
function shopify(
  members: bigint[],
  dates: [bigint, string | null][] = [],
  ends: [bigint, string | null][] = [],
): AudienceSource {
  return {
    productDates: () =>
      Promise.resolve({ outcome: 'ok', value: ends.map(([productId, value]) => ({ productId, value })) }),
    members: () => Promise.resolve({ outcome: 'ok', value: members }),
    dates: () =>
      Promise.resolve({ outcome: 'ok', value: dates.map(([shopifyId, value]) => ({ shopifyId, value })) }),
  };
}

async function ask(source: AudienceSource, now: Date) {
  const loop = sequences.makeAudienceLoop({ db: t.db, source });
  while ((await loop(now)) > 0);
  while ((await react(now)) > 0);
}

async function atShopify(shopId: bigint, shopifyId: bigint): Promise<string> {
  const id = await aCustomer(t.db, shopId);
  await t.db.sqlAcrossShops(`update customer set shopify_id = $2 where id = $1`, [id, shopifyId]);
  return id;
}

test('whoever joins a segment comes in, whoever leaves it another one; those who were there before do not', async () => {
  const shop = await aShopOn({ on: ['customer.segment-joined'], which: { segments: ['900'] } });
  await aSequence(t.db, shop.id, planOn({ on: ['customer.segment-left'], which: { segments: ['900'] } }), {
    key: 'left',
  });
  const [ana, ben] = [await atShopify(shop.id, 11n), await atShopify(shop.id, 12n)];
  // A list may be long: it is waited for, and its answer still counts.
  const isProlonged = watchLease(t.db, 'audience_watch');
  const slow: AudienceSource['members'] = async (...of) => {
    await isProlonged();
    return shopify([11n, 99n]).members(...of);
  };
  await ask({ ...shopify([]), members: slow }, NOON);
  expect(await enrollmentsIn(t.db, shop.id)).toEqual([]);
  await ask(shopify([12n]), after(1));
  await ask(shopify([12n]), after(2));
  const inside = await enrollmentsIn(t.db, shop.id);
  expect(inside.map(({ customer_id }) => customer_id).sort()).toEqual([ana, ben].sort());
});

test('no answer changes nothing, and says why', async () => {
  const shop = await aShopOn({ on: ['customer.segment-left'], which: { segments: ['901'] } });
  await atShopify(shop.id, 21n);
  await ask(shopify([21n]), NOON);
  const gone: AudienceSource = {
    ...shopify([]),
    members: () => Promise.resolve({ outcome: 'refused', codes: ['NOT_FOUND'] }),
  };
  await ask(gone, after(1));
  expect(await enrollmentsIn(t.db, shop.id)).toEqual([]);
  const [watch] = await t.db.sqlAcrossShops(
    `select trouble, due_at as "dueAt" from audience_watch where shop_id = $1`,
    [shop.id],
  );
  expect(watch).toEqual({ trouble: 'NOT_FOUND', dueAt: after(2) });
  const list = () => t.db.inShop(shop.id, (tx) => sequences.listSequences(tx, after(1)));
  const inTrouble = () => t.db.inShop(shop.id, (tx) => sequences.sequencesInTrouble(tx, after(1)));
  const told = { kind: 'segment', ref: '901', why: 'refused', since: after(1) };
  expect((await list()).map(({ unanswered }) => unanswered)).toEqual([[told]]);
  expect(await inTrouble()).toBe(1);
  await ask(shopify([21n]), after(2));
  expect((await list()).map(({ unanswered }) => unanswered)).toEqual([[]]);
  expect(await inTrouble()).toBe(0);
});

test('Shopify that is slow is no trouble for a day, and what is gone or forbidden is at once', async () => {
  const shop = await aShopOn({ on: ['customer.segment-left'], which: { segments: ['902'] } });
  const why = async (members: Awaited<ReturnType<AudienceSource['members']>>, days: number) => {
    await ask({ ...shopify([]), members: () => Promise.resolve(members) }, after(days));
    const told = await t.db.inShop(shop.id, (tx) => sequences.unanswered(tx, after(days)));
    return told.map((each) => [each.why, each.since]);
  };
  expect(await why({ outcome: 'later', seconds: 5 }, 1)).toEqual([]);
  expect(await why({ outcome: 'later', seconds: 5 }, 2)).toEqual([['silent', after(1)]]);
  expect(await why({ outcome: 'refused', codes: ['gone'] }, 3)).toEqual([['gone', after(1)]]);
  expect(await why({ outcome: 'ok', value: [] }, 5)).toEqual([]);
  expect(await why({ outcome: 'refused', codes: ['ACCESS_DENIED'] }, 6)).toEqual([['not-allowed', after(6)]]);
});

test('dates come from a metafield; what is no date is none, and an emptied one goes', async () => {
  const shop = await aShopOn({ on: ['customer.date'] });
  for (const id of [31n, 32n, 33n]) await atShopify(shop.id, id);
  const kept = () =>
    t.db.sqlAcrossShops(
      `select year_day as "yearDay", year from customer_date where shop_id = $1 order by 1`,
      [shop.id],
    );
  await ask(
    shopify(
      [],
      [
        [31n, '1990-05-10'],
        [32n, 'in May'],
        [33n, '--02-29'],
      ],
    ),
    NOON,
  );
  expect(await kept()).toEqual([
    { yearDay: 229, year: null },
    { yearDay: 510, year: 1990 },
  ]);
  await ask(shopify([], [[33n, null]]), after(1));
  expect(await kept()).toEqual([{ yearDay: 510, year: 1990 }]);
});

test('an event ends when its product’s metafield says; what was typed counts before it', async () => {
  const which = { date: 'custom.event_ends' };
  const shop = await aShopOn({ on: ['product.event-ended', 'customer.anniversary'], each: 'order', which });
  const ana = await aCustomer(t.db, shop.id);
  const [typed, told] = [
    await anOrder(t.db, shop.id, ana, { products: [[91n, 4900n]] }),
    await anOrder(t.db, shop.id, ana, { products: [[92n, 4900n]] }),
  ];
  await t.db.inShop(shop.id, (tx) =>
    saveClockRule(tx, shop.id, { scope: 'product', ref: '91', eventEndsAt: after(3) }, NOON),
  );
  const atShopify = (end: string): [bigint, string | null][] => [
    [91n, after(5).toISOString()],
    [92n, end],
    [93n, 'soon'],
  ];
  await ask(shopify([], [], atShopify(after(4).toISOString().replace('.000Z', ''))), NOON);
  await live(after(2));
  expect(await enrollmentsIn(t.db, shop.id)).toEqual([]);
  await live(after(10));
  const inside = await enrollmentsIn(t.db, shop.id);
  expect(inside.map(({ subject }) => subject).sort()).toEqual([`order:${typed}`, `order:${told}`].sort());
  const starts = await startsIn(shop.id);
  expect(starts.sort()).toEqual([after(3).toISOString(), after(4).toISOString()]);
});

test.each([
  ['2026-05-04', '2026-05-04T22:00:00.000Z'],
  ['2026-05-04T18:30:00', '2026-05-04T18:30:00.000Z'],
  ['2026-05-04T18:30+02:00', '2026-05-04T16:30:00.000Z'],
  ['2026-13-04', undefined],
  ['in May', undefined],
])('the end of an event, %s, in Berlin', (text, at) => {
  expect(readEnd(text, 'Europe/Berlin')?.toISOString()).toBe(at);
});

test('whoever sends a photo or a story comes in, once for each', async () => {
  const shop = await aShopOn({ on: ['story.sent'] });
  const ana = await aCustomer(t.db, shop.id);
  const sent = (storyId: string) => ({
    shopId: shop.id,
    kind: 'story.sent' as const,
    customerId: ana,
    data: { storyId, kind: 'photo' },
    at: NOON,
  });
  const [one, two] = [crypto.randomUUID(), crypto.randomUUID()];
  await t.db.acrossShops((tx) => recordEvents(tx, [sent(one), sent(one), sent(two)], NOON));
  while ((await react(NOON)) > 0);
  const inside = await enrollmentsIn(t.db, shop.id);
  expect(inside.map(({ subject }) => subject).sort()).toEqual(
    [one, two].map((id) => `customer:${ana}:${id}`).sort(),
  );
});

test('a tag that was not there before takes in; one that was, or another, does not', async () => {
  const shop = await aShopOn({ on: ['customer.tagged'], which: { tags: ['VIP'] } });
  const ana = await atShopify(shop.id, 41n);
  const tell = async (added: string[], removed: string[], hours: number) => {
    const at = new Date(NOON.getTime() + hours * 3_600_000);
    const change = { shopId: shop.id, shopifyId: 41n, added, removed, at };
    await t.db.acrossShops((tx) => changeTags(tx, [change], at));
    while ((await react(at)) > 0);
    return (await enrollmentsIn(t.db, shop.id)).length;
  };
  expect(await tell(['wholesale'], [], 1)).toBe(0);
  expect(await tell(['vip', 'gold'], [], 2)).toBe(1);
  expect(await tell(['Vip'], [], 3)).toBe(1);
  expect(await tell([], ['VIP'], 4)).toBe(1);
  expect(await tell(['vip'], [], 5)).toBe(2);
  const [row] = await t.db.sqlAcrossShops(`select tags from customer where id = $1`, [ana]);
  expect(row).toEqual({ tags: ['wholesale', 'gold', 'vip'] });
});

test('a sequence of the calendar is tried on the past as it would have been', async () => {
  const { readPasts, BEGINNING } = await import('../../../app/sequences/past.server.ts');
  const { liveThrough } = await import('../../../app/sequences/simulate.ts');
  const { makeTally } = await import('../../../app/sequences/tally.ts');
  const { planSchema } = await import('../../../app/sequences/plan.ts');
  const { shopSettingsSchema } = await import('../../../app/shops/settings.ts');
  const { rhythm } = shopSettingsSchema.parse({});
  const shop = await aShop(t.db);
  const ana = await aCustomer(t.db, shop.id);
  const order = await anOrder(t.db, shop.id, ana);
  await aShipment(t.db, shop.id, order, { deliveredAt: after(2) });
  await aDate(shop.id, ana, 520);
  const plan = planSchema.parse(planOn({ on: ['customer.date', 'product.ready-to-judge'] }));
  const time = { from: NOON, until: after(60) };
  const calendarOf = plan.trigger.on.map((kind) => ({
    kind: kind as 'customer.date',
    ahead: 0,
    date: kind === 'customer.date' ? 'facts.birth_date' : null,
  }));
  const sequenceId = '0198a7f0-0000-7000-8000-000000000001';
  const wanted = {
    ...time,
    sequenceId,
    hashKey: new Uint8Array(32),
    calendar: calendarOf,
    timeZone: 'Europe/Berlin',
  };
  const [past] = await t.db.inShop(shop.id, (tx) => readPasts(tx, wanted, BEGINNING));
  expect(past!.moments.map(({ kind, at }) => [kind, at.toISOString()]).sort()).toEqual([
    ['customer.date', '2026-05-19T22:00:00.000Z'],
    ['product.ready-to-judge', after(16).toISOString()],
  ]);
  const tally = makeTally({
    shop: { id: shop.id, timeZone: 'Europe/Berlin', locale: 'en', rhythm },
    sequences: [{ shopId: shop.id, sequenceId, key: 'tried', version: 1, plan }],
    ...time,
    texts: false,
    restDaysOf: () => () => false,
    codes: false,
  });
  liveThrough(tally, past!);
  expect(tally.enrolled).toBe(2);
});
