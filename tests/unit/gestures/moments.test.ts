import { describe, expect, test } from 'vitest';
import { isLeftOut, isLucky } from '../../../app/gestures/chance.ts';
import { whyNot, type Standing, type Wish } from '../../../app/gestures/may-give.ts';
import { momentsOf, type History } from '../../../app/gestures/moments.ts';
import {
  firstSettings,
  NUMBERS,
  parseGestureSettings,
  switchedAt,
  type Occasion,
} from '../../../app/gestures/settings.ts';
import { tryOut } from '../../../app/gestures/trial.ts';

const day = (text: string) => new Date(`${text}T10:00:00Z`);
const nothing: History = { customerId: 'ana', orders: [], pictures: [], healed: [], stages: [], words: [] };
const order = (id: bigint, at: string) => ({ id, name: `#${id}`, at: day(at) });
const first = firstSettings('EUR', 100);
const occasion = (kind: Occasion['kind'], number?: number): Occasion => {
  const known = first.occasions.find((one) => one.kind === kind)!;
  return { ...known, ...(number === undefined ? {} : { number }) };
};
const ever = [day('2000-01-01'), day('2030-01-01')] as const;
const subjects = (history: Partial<History>, wanted: Occasion, [from, to] = ever) =>
  momentsOf({ ...nothing, ...history }, [wanted], from, to).map(
    ({ subject, at }) => `${subject} ${at.toISOString().slice(0, 10)}`,
  );

describe('occasions', () => {
  test('a complaint that was put right, some days after it', () => {
    const healed = [{ id: 'c1', at: day('2026-03-01') }];
    expect(subjects({ healed }, occasion('healed', 2))).toEqual(['healed:c1 2026-03-03']);
  });

  test('the third photo, however many come at once', () => {
    const pictures = [
      { at: day('2026-01-01'), count: 1 },
      { at: day('2026-02-01'), count: 4 },
      { at: day('2026-03-01'), count: 1 },
    ];
    expect(subjects({ pictures }, occasion('photos', 3))).toEqual(['photos:3 2026-02-01']);
    expect(subjects({ pictures: pictures.slice(0, 1) }, occasion('photos', 3))).toEqual([]);
  });

  test('the tenth order, and not the eleventh', () => {
    const orders = Array.from({ length: 11 }, (_, i) =>
      order(BigInt(i + 1), `2026-01-${String(i + 1).padStart(2, '0')}`),
    );
    expect(subjects({ orders }, occasion('orders', 10))).toEqual(['orders:10 2026-01-10']);
    expect(subjects({ orders: orders.slice(0, 9) }, occasion('orders', 10))).toEqual([]);
  });

  test('every anniversary from the wanted year on; one of 29 February too', () => {
    const orders = [order(1n, '2024-02-29'), order(2n, '2025-06-01')];
    const until = [day('2020-01-01'), day('2027-06-01')] as const;
    expect(subjects({ orders }, occasion('anniversary', 2), until as never)).toEqual([
      'anniversary:2 2026-03-01',
      'anniversary:3 2027-03-01',
    ]);
    expect(subjects({}, occasion('anniversary', 1))).toEqual([]);
  });

  test('a silence after an order or a word, once a silence, and none before the first order', () => {
    const orders = [order(1n, '2026-01-10'), order(2n, '2026-09-01')];
    const words = [day('2025-01-01'), day('2026-02-01')];
    expect(subjects({ orders, words }, occasion('silence', 100))).toEqual([
      'silence:2026-02-01 2026-05-12',
      'silence:2026-09-01 2026-12-10',
    ]);
    expect(subjects({ words }, occasion('silence', 100))).toEqual([]);
  });

  test('luck falls on about one order in so many, and always on the same ones', () => {
    const ids = Array.from({ length: 20_000 }, (_, i) => BigInt(i + 1));
    const lucky = ids.filter((id) => isLucky(id, 50));
    expect(lucky.length).toBeGreaterThan(330);
    expect(lucky.length).toBeLessThan(470);
    expect(ids.filter((id) => isLucky(id, 50))).toEqual(lucky);
  });

  test('a stage that was reached from below, the first time', () => {
    const stages = [
      { from: 'friend', to: 'family', at: day('2026-02-01') },
      { from: 'family', to: 'friend', at: day('2026-03-01') },
      { from: 'friend', to: 'family', at: day('2026-04-01') },
    ];
    expect(subjects({ stages }, occasion('stage'))).toEqual(['stage:family 2026-02-01']);
    expect(subjects({ stages: stages.slice(1, 2) }, { ...occasion('stage'), stage: 'friend' })).toEqual([]);
  });

  test('only what came about within the time that is asked for', () => {
    const orders = [order(1n, '2024-01-10')];
    const within = [day('2025-01-10'), day('2026-01-10')] as const;
    expect(subjects({ orders }, occasion('anniversary', 1), within as never)).toEqual([
      'anniversary:2 2026-01-10',
    ]);
  });
});

describe('whether somebody may be given something', () => {
  const standing: Standing = {
    customerId: 'ana',
    told: new Set(),
    lastAt: null,
    hasOpenProblem: false,
    openOrder: null,
  };
  const wish: Wish = { subject: 'orders:10', aboutProblem: false, needsOpenOrder: false, byHand: false };
  const rules = { restMonths: 6, leftOutPercent: 0 };
  const now = day('2026-08-31');
  const no = (with_: Partial<Standing>, wanted: Partial<Wish> = {}, by = rules) =>
    whyNot({ ...standing, ...with_ }, { ...wish, ...wanted }, by, now)?.code ?? null;

  test.each([
    ['nothing speaks against it', {}, {}, null],
    ['they had it', { told: new Set(['orders:10']) }, {}, 'told'],
    ['they had something five months ago', { lastAt: day('2026-03-31') }, {}, 'given-lately'],
    ['they had something six months ago', { lastAt: day('2026-02-28') }, {}, null],
    ['a problem is open', { hasOpenProblem: true }, {}, 'open-problem'],
    ['a problem is open, and it is about that', { hasOpenProblem: true }, { aboutProblem: true }, null],
    ['nothing is to be sent', {}, { needsOpenOrder: true }, 'no-open-order'],
    ['an order waits', { openOrder: { id: 1n, name: '#1' } }, { needsOpenOrder: true }, null],
  ])('%s', (_title, with_, wanted, expected) => {
    expect(no(with_, wanted)).toBe(expected);
  });

  test('who is left out stays so, also when more are; a person gives to them all the same', () => {
    const everybody = Array.from({ length: 5000 }, (_, i) => `customer-${i}`);
    const at10 = everybody.filter((id) => isLeftOut(id, 10));
    expect(at10.length).toBeGreaterThan(420);
    expect(at10.length).toBeLessThan(580);
    expect(at10.filter((id) => !isLeftOut(id, 20))).toEqual([]);
    const leftOut = { customerId: at10[0]! };
    expect(no(leftOut, {}, { restMonths: 6, leftOutPercent: 10 })).toBe('left-out');
    expect(no(leftOut, { byHand: true }, { restMonths: 6, leftOutPercent: 10 })).toBe(null);
  });
});

describe('trying the rules on what was', () => {
  const rules = { restMonths: 6, leftOutPercent: 0 };
  const moment = (customerId: string, at: string, kind: Occasion['kind'], amount: number) => ({
    customerId,
    subject: `${kind}:1`,
    at: day(at),
    occasion: { ...occasion(kind), present: { kind: 'note' as const, amount } },
    why: { code: kind },
  });

  test('counts what would have been given: one a customer and rest, and never more than the purse', () => {
    const past = [
      moment('bo', '2026-05-20', 'orders', 700),
      moment('ana', '2026-05-01', 'orders', 500),
      moment('ana', '2026-05-11', 'photos', 100),
      moment('cem', '2026-05-21', 'photos', 300),
    ];
    expect(tryOut(past, rules, 1000)).toMatchObject({
      given: 2,
      spent: 800,
      resting: 1,
      tooMuch: 1,
      leftOut: 0,
      byOccasion: {
        orders: { moments: 2, given: 1, spent: 500 },
        photos: { moments: 2, given: 1, spent: 300 },
      },
    });
  });

  test('who would have been left out costs nothing', () => {
    expect(
      tryOut([moment('ana', '2026-05-01', 'orders', 500)], { ...rules, leftOutPercent: 100 }, 1000),
    ).toMatchObject({
      given: 0,
      spent: 0,
      leftOut: 1,
    });
  });
});

describe('what a merchant sets', () => {
  test('what every shop begins with is sound, and gives nothing', () => {
    expect(parseGestureSettings(first)).toEqual({ settings: first });
    expect(first.occasions.every(({ since }) => since === null)).toBe(true);
  });

  test('what is wrong is named with its place', () => {
    const [one, ...rest] = first.occasions;
    const wrong = {
      ...first,
      restMonths: 0,
      occasions: [{ ...one!, number: NUMBERS.healed.max + 1 }, ...rest],
    };
    expect(parseGestureSettings(wrong)).toEqual({
      problems: expect.arrayContaining([
        { path: 'restMonths', message: 'At least a month' },
        { path: 'occasions.0.number', message: 'A number from 0 to 60' },
      ]),
    });
    const gift = { kind: 'gift', amount: 100, productId: '', title: '' };
    expect(
      parseGestureSettings({ ...first, occasions: [{ ...one!, present: gift }, ...rest] }),
    ).toMatchObject({
      problems: [{ path: 'occasions.0.present.productId', message: 'Choose what is given' }, {}],
    });
  });

  test('what was on stays on since then; what is switched on counts from now', () => {
    const since = '2026-01-01T00:00:00.000Z';
    const [one, two, three, ...rest] = first.occasions;
    const before = { ...first, occasions: [{ ...one!, since }, two!, { ...three!, since }, ...rest] };
    const wanted = {
      ...first,
      occasions: [{ ...one!, since: 'now' }, { ...two!, since: 'now' }, three!, ...rest],
    };
    const saved = switchedAt(wanted, before, day('2026-06-01'));
    expect(saved.occasions.slice(0, 3).map((each) => each.since)).toEqual([
      since,
      day('2026-06-01').toISOString(),
      null,
    ]);
  });
});
