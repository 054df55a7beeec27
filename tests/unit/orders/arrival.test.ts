/** When a parcel has arrived: working days, holidays, percentiles and what stands in for them; the buyer's word. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withArrival, type Arrivals } from '../../../app/orders/arrival.ts';
import { restDays } from '../../../app/orders/holidays.server.ts';
import { anonymousTransit, ownTransit, percentile } from '../../../app/orders/lane.ts';
import { arrivalOf, saidMissing } from '../../../app/orders/missing.ts';
import { withScan, withShipment } from '../../../app/orders/parcel.ts';
import type { OrderState, ShipmentState } from '../../../app/orders/state.ts';
import { arrivalAfter, workingDaysBetween } from '../../../app/orders/working-days.ts';

const at = (iso: string) => new Date(iso);
const restDaysOf = await restDays();
const berlin = { timeZone: 'Europe/Berlin', isRestDay: restDaysOf('DE') };

describe('days on which nobody delivers', () => {
  test.each([
    ['DE', '2026-04-03', true, 'Good Friday'],
    ['DE', '2026-04-04', true, 'a Saturday'],
    ['DE', '2026-04-07', false, 'the Tuesday after Easter'],
    ['DE', '2026-01-01', true, 'New Year'],
    ['ES', '2026-01-06', true, 'Epiphany in Spain'],
    ['FR', '2026-01-06', false, 'Epiphany in France'],
    ['SA', '2026-05-29', true, 'a Friday in Saudi Arabia'],
    ['SA', '2026-06-07', false, 'a Sunday in Saudi Arabia'],
    ['AE', '2026-03-22', true, 'the third day of a feast'],
    ['TR', '2026-03-23', false, 'the day after a feast that began at noon'],
    ['XX', '2026-12-25', false, 'Christmas where nobody knows the country'],
    [null, '2026-12-26', true, 'a Saturday nowhere'],
  ])('%s %s: %s, %s', (country, day, rests, _why) => {
    expect(restDaysOf(country)(day)).toBe(rests);
  });
});

describe('working days', () => {
  test.each([
    ['over a weekend', '2026-05-07T10:00:00Z', 2, '2026-05-11T16:00:00Z'],
    ['over Easter', '2026-04-02T10:00:00Z', 1, '2026-04-07T16:00:00Z'],
    ['none: on the same evening', '2026-05-07T08:00:00Z', 0, '2026-05-07T16:00:00Z'],
    ['none, sent at night: at once', '2026-05-07T20:00:00Z', 0, '2026-05-07T20:00:00Z'],
    ['over the change of clocks', '2026-10-23T10:00:00Z', 1, '2026-10-26T17:00:00Z'],
  ])('%s', (_title, shipped, days, arrived) => {
    expect(arrivalAfter(at(shipped), days, berlin)).toEqual(at(arrived));
  });

  test('what came on a Saturday counts as if it had come on Monday', () => {
    expect(workingDaysBetween(at('2026-05-07T10:00:00Z'), at('2026-05-09T09:00:00Z'), berlin)).toBe(2);
  });

  test('nothing is taken as arrived on a day before it came, nor on a day of rest', () => {
    const hours = fc.integer({ min: 0, max: 24 * 360 });
    fc.assert(
      fc.property(hours, fc.integer({ min: 0, max: 24 * 30 }), (start, way) => {
        const shipped = new Date(Date.UTC(2026, 0, 1) + start * 3_600_000);
        const delivered = new Date(shipped.getTime() + way * 3_600_000);
        const assumed = arrivalAfter(shipped, workingDaysBetween(shipped, delivered, berlin), berlin);
        const day = (moment: Date) => moment.toLocaleDateString('sv', { timeZone: 'Europe/Berlin' });
        expect(day(assumed) >= day(delivered)).toBe(true);
        const isAtOnce = day(delivered) === day(shipped) && assumed.getTime() === shipped.getTime();
        if (!isAtOnce) expect(berlin.isRestDay(day(assumed))).toBe(false);
      }),
    );
  });
});

describe('what is learned of a lane', () => {
  const lane = { carrier: 'DHL', origin: 'IE', country: 'ES', service: 'Express' };

  test.each([
    ['eight of ten', [0, 0, 5, 3, 1, 1], 3],
    ['one more than that is not enough', [0, 0, 5, 2, 2, 1], 4],
    ['all at once', [7], 0],
    ['nothing', [], null],
    ['nothing that counts', [0, 0], null],
  ])('%s', (_title, counts, days) => {
    expect(percentile(counts)).toBe(days);
  });

  test('its own service, else all services of the way, else nothing', () => {
    const express = { ...lane, counts: [0, 8] };
    const slow = { ...lane, service: 'Standard', counts: [0, 0, 0, 0, 7] };
    expect(ownTransit(lane, [express, slow])).toEqual({ by: 'learned', days: 1 });
    // Two months of one service count together; too few of it alone.
    const few = { ...lane, counts: [0, 4] };
    expect(ownTransit(lane, [few, few])).toEqual({ by: 'learned', days: 1 });
    expect(ownTransit(lane, [few, slow])).toEqual({ by: 'learned', days: 4 });
    expect(ownTransit(lane, [few])).toBeNull();
    for (const other of [{ carrier: 'UPS' }, { origin: 'DE' }, { country: 'PT' }])
      expect(ownTransit({ ...lane, ...other }, [express, slow])).toBeNull();
  });

  test('of all shops: its service, else any', () => {
    const any = { ...lane, service: '*', days: 6 };
    expect(anonymousTransit(lane, [any, { ...lane, days: 2 }])).toEqual({ by: 'everywhere', days: 2 });
    expect(anonymousTransit(lane, [any])).toEqual({ by: 'everywhere', days: 6 });
    expect(anonymousTransit({ ...lane, country: 'PT' }, [any])).toBeNull();
  });
});

const aParcel = (change: Partial<ShipmentState> = {}): ShipmentState => ({
  ...withShipment(undefined, {
    id: 7n,
    status: 'shipped',
    at: at('2026-05-07T10:00:00Z'),
    updatedAt: at('2026-05-07T10:00:00Z'),
    shippedAt: at('2026-05-07T10:00:00Z'),
    carrier: 'DHL',
    country: 'DE',
    arrivesAtOnce: false,
  }),
  ...change,
});
const order = { source: 'web', country: 'DE', timeZone: 'Europe/Berlin', service: null } as OrderState;
const known: Arrivals = {
  assumedTransitDays: 7,
  country: 'DE',
  timeZone: 'UTC',
  transitOf: () => ({ by: 'learned', days: 2 }),
  restDaysOf,
};

describe('when arrival is assumed', () => {
  const of = (parcel: ShipmentState, change: Partial<Arrivals> = {}, about: Partial<OrderState> = {}) => {
    const { dueAt, dueBy, dueDays } = withArrival(parcel, { ...order, ...about }, { ...known, ...change });
    return [dueAt?.toISOString().slice(0, 16), dueBy, dueDays];
  };

  test('after what was learned, else the days of the merchant, moved to a day on which somebody delivers', () => {
    expect(of(aParcel())).toEqual(['2026-05-11T16:00', 'learned', 2]);
    expect(of(aParcel(), { transitOf: () => ({ by: 'everywhere', days: 3 }) })).toEqual([
      '2026-05-12T16:00',
      'everywhere',
      3,
    ]);
    // The seventh day after is Ascension Day, then come a Friday.
    expect(of(aParcel(), { transitOf: () => null })).toEqual(['2026-05-15T16:00', 'default', 7]);
  });

  test('not before the carrier’s own date, nor while it is seen moving', () => {
    expect(of(aParcel({ expectedAt: at('2026-05-12T12:00:00Z') }))).toEqual([
      '2026-05-13T12:00',
      'estimate',
      null,
    ]);
    const moving = { status: 'in-transit', scanAt: at('2026-05-12T08:00:00Z') } as const;
    expect(of(aParcel(moving))).toEqual(['2026-05-15T08:00', 'moving', null]);
  });

  test('at once where nothing travels, never once it is settled', () => {
    expect(of(aParcel(), {}, { source: 'pos' })).toEqual(['2026-05-07T10:00', 'at-once', null]);
    expect(of(aParcel({ deliveredAt: at('2026-05-09T10:00:00Z'), deliveredBy: 'carrier' }))).toEqual([
      undefined,
      null,
      null,
    ]);
    expect(of(aParcel({ missingAt: at('2026-05-12T10:00:00Z') }))[0]).toBeUndefined();
  });
});

describe('the buyer says that it has not arrived', () => {
  const now = at('2026-05-12T10:00:00Z');
  const believed = aParcel({
    status: 'delivered',
    deliveredAt: at('2026-05-11T16:00:00Z'),
    deliveredBy: 'assumed',
    dueBy: 'learned',
  });
  const missing = saidMissing(believed, now);
  const scan = (happened: string) => ({
    shipmentId: 7n,
    status: 'delivered' as const,
    at: at(happened),
    expectedAt: null,
  });

  test('it may be said of what is believed to have arrived, for sixty days', () => {
    expect(arrivalOf(believed, order, now)).toBe('believed');
    expect(arrivalOf(missing, order, now)).toBe('missing');
    expect(arrivalOf(aParcel(), order, now)).toBe('none');
    expect(arrivalOf(believed, order, at('2026-07-12T10:00:00Z'))).toBe('none');
    expect(arrivalOf(believed, { ...order, source: 'pos' }, now)).toBe('none');
    expect(arrivalOf(believed, { ...order, refundedAt: now }, now)).toBe('none');
  });

  test('a later scan counts; an older one is kept as what was said, and found by a person', () => {
    expect(withScan(missing, scan('2026-05-13T10:00:00Z'))).toMatchObject({
      status: 'delivered',
      deliveredBy: 'carrier',
      deliveredAt: at('2026-05-13T10:00:00Z'),
    });
    const contradicted = withScan(missing, scan('2026-05-11T09:00:00Z'));
    expect(contradicted).toMatchObject({ deliveredAt: null, believedBy: 'carrier', status: 'shipped' });
    // Its record, changed later for another reason, says no more than that scan.
    const record = {
      id: 7n,
      status: 'delivered' as const,
      at: at('2026-05-14T10:00:00Z'),
      updatedAt: at('2026-05-14T10:00:00Z'),
      shippedAt: believed.shippedAt,
      arrivesAtOnce: false,
    };
    expect(withShipment(contradicted, record)).toMatchObject({ deliveredAt: null });
    expect(withShipment(missing, record)).toMatchObject({ deliveredBy: 'carrier' });
  });
});
