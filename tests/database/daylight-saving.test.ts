/**
 * E15: what clocks on walls show, in every zone, around every change of its offset from 2015 to 2037, held against
 * PostgreSQL's `at time zone`. A sample by default; EVERAFTER_ALL_ZONES=1 takes all changes in steps of five minutes.
 */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Temporal } from 'temporal-polyfill';
import { afterHours, type Hours } from '../../app/messages/quiet-hours.ts';
import { fromLocal, toLocal } from '../../app/zones.ts';
import { testDb } from '../database.ts';

const t = testDb();
const ALL = process.env['EVERAFTER_ALL_ZONES'] === '1';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FROM = Date.UTC(2015, 0);
const UNTIL = Date.UTC(2038, 0);
/** Minutes around a change: all of three hours on both sides, or some of them. */
const AROUND = ALL
  ? Array.from({ length: 73 }, (_, step) => (step - 36) * 5)
  : [-180, -95, -60, -35, -30, -5, 0, 5, 25, 30, 55, 60, 90, 180];
/** Of the changes of a zone every so many-th, beginning elsewhere in each zone. */
const EVERY = ALL ? 1 : 17;
/** Node and PostgreSQL may come with different releases of the time zones: so many may differ, and are left out. */
const MOST_DIFFERENT = 6;

interface Moment {
  zone: string;
  ms: number;
}

let client: pg.Client;
let moments: Moment[];
let different: ReadonlySet<string>;

beforeAll(async () => {
  client = new pg.Client(t.url);
  await client.connect();
  await client.query(`
    create function pg_temp.wall(ms float8, zone text) returns float8 language sql as $f$
      select extract(epoch from (to_timestamp(ms / 1000.0) at time zone zone))::float8 * 1000 $f$`);
  const { rows } = await client.query<{ name: string }>('select name from pg_timezone_names');
  const known = new Set(rows.map(({ name }) => name));
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => known.has(zone));
  const all = zones.flatMap(aroundChanges);
  different = await knownDifferently(all);
  moments = all.filter(({ zone }) => !different.has(zone));
});
afterAll(() => client.end());

function aroundChanges(zone: string, place: number): Moment[] {
  const changes: number[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(FROM).toZonedDateTimeISO(zone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (!next || next.epochMilliseconds >= UNTIL) break;
    changes.push(next.epochMilliseconds);
    at = next;
  }
  // A zone that never changes is looked at once.
  const chosen = changes.filter((_, index) => index % EVERY === place % EVERY);
  return [...(changes.length === 0 ? [FROM] : chosen)].flatMap((change) =>
    AROUND.map((minutes) => ({ zone, ms: change + minutes * MINUTE })),
  );
}

/** Rows of the statement for which it answers something; `t` are the moments with what was computed for them. */
async function disagreeing<Row>(text: string, columns: (number | string | null)[][]): Promise<Row[]> {
  const found: Row[] = [];
  const length = columns[0]!.length;
  for (let from = 0; from < length; from += 20_000) {
    const page = columns.map((column) => column.slice(from, from + 20_000));
    found.push(...((await client.query(text, page)).rows as Row[]));
  }
  return found;
}

const LOCAL = `
  select zone, ms, computed, pg_temp.wall(ms, zone) as oracle
  from unnest($1::text[], $2::float8[], $3::float8[]) as t(zone, ms, computed)
  where pg_temp.wall(ms, zone) <> computed`;

/**
 * The first instant at which the clock shows `wall`; where it never does, the first after the gap. Candidates are what
 * the offsets of the day before, of the moment and of the day after make of it.
 */
const INSTANT = `
  select t.zone, t.wall, t.computed, e.earliest
  from unnest($1::text[], $2::float8[], $3::float8[]) as t(zone, wall, computed)
  cross join lateral (
    select min(c) filter (where pg_temp.wall(c, t.zone) = t.wall) as earliest
    from (
      select t.wall - (pg_temp.wall(x, t.zone) - x) as c
      from unnest(array[t.wall - 86400000, t.wall - 43200000, t.wall, t.wall + 43200000, t.wall + 86400000]) x) o
  ) e
  where case when e.earliest is not null then e.earliest <> t.computed
    else not (pg_temp.wall(t.computed, t.zone) > t.wall and pg_temp.wall(t.computed - 1, t.zone) < t.wall) end`;

/** Quiet hours end where the clock first leaves them: never before, and not a quarter of an hour too late. */
const QUIET = `
  with t as (
    select *, extract(hour from to_timestamp(computed / 1000.0) at time zone zone) as hour,
      extract(hour from to_timestamp((computed - 1) / 1000.0) at time zone zone) as hour_before
    from unnest($1::text[], $2::float8[], $3::float8[], $4::int[], $5::int[]) as t(zone, ms, computed, quiet_from, quiet_to))
  select zone, ms, computed, quiet_from, quiet_to from t
  where ${quiet('hour')} or computed > ms and (not ${quiet('hour_before')} or exists (
    select 1 from generate_series(0, floor((computed - 1 - ms) / 900000)::int) step
    where not ${quiet(`extract(hour from to_timestamp((ms + step * 900000) / 1000.0) at time zone zone)`)}))`;

function quiet(hour: string) {
  return `(case when quiet_from <= quiet_to then ${hour} >= quiet_from and ${hour} < quiet_to
    else ${hour} >= quiet_from or ${hour} < quiet_to end)`;
}

/** Zones of whose rules Temporal itself knows something else than PostgreSQL. */
async function knownDifferently(all: readonly Moment[]): Promise<ReadonlySet<string>> {
  const rows = await disagreeing<{ zone: string }>(LOCAL, [
    all.map(({ zone }) => zone),
    all.map(({ ms }) => ms),
    all.map(({ zone, ms }) => {
      const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
      return ms + at.offsetNanoseconds / 1_000_000;
    }),
  ]);
  return new Set(rows.map(({ zone }) => zone));
}

const localOf = (compute: typeof toLocal) =>
  disagreeing(LOCAL, [
    moments.map(({ zone }) => zone),
    moments.map(({ ms }) => ms),
    moments.map(({ zone, ms }) => compute(new Date(ms), zone)),
  ]);

const instantsOf = (compute: typeof fromLocal) => {
  // The times on the wall around a change, those that it leaves out and those that it repeats among them.
  const walls = moments.map(({ zone, ms }) => ({
    zone,
    wall: toLocal(new Date(ms - 4 * HOUR), zone) + 4 * HOUR,
  }));
  return disagreeing(INSTANT, [
    walls.map(({ zone }) => zone),
    walls.map(({ wall }) => wall),
    walls.map(({ zone, wall }) => compute(wall, zone).getTime()),
  ]);
};

/** Quiet hours whose end falls into the change, or near it. */
function quietAt({ zone, ms }: Moment, index: number): Hours {
  const hour = new Date(toLocal(new Date(ms), zone)).getUTCHours();
  return { from: (hour + 20 + (index % 3)) % 24, to: (hour + 1 + (index % 2)) % 24 };
}

const endsOfQuiet = (compute: typeof afterHours) => {
  const hours = moments.map(quietAt);
  return disagreeing(QUIET, [
    moments.map(({ zone }) => zone),
    moments.map(({ ms }) => ms),
    moments.map(({ zone, ms }, index) => compute(hours[index]!, new Date(ms), zone).getTime()),
    hours.map(({ from }) => from),
    hours.map(({ to }) => to),
  ]);
};

test('nearly all zones are held against PostgreSQL, around their changes', () => {
  expect([...different].slice(0, MOST_DIFFERENT)).toEqual([...different]);
  expect(new Set(moments.map(({ zone }) => zone)).size).toBeGreaterThan(300);
  expect(moments.length).toBeGreaterThan(ALL ? 300_000 : 5000);
});

describe.each([
  {
    what: 'what the clock shows',
    held: () => localOf(toLocal),
    // Keeps the offset that a zone had on the first of January.
    twin: () => localOf((at, zone) => at.getTime() + offsetOf(Date.UTC(at.getUTCFullYear(), 0), zone)),
  },
  {
    what: 'the moment of a time on the wall',
    held: () => instantsOf(fromLocal),
    // Takes the offset of the day before.
    twin: () => instantsOf((wall, zone) => new Date(wall - offsetOf(wall - 24 * HOUR, zone))),
  },
  {
    what: 'the end of the quiet hours',
    held: () => endsOfQuiet(afterHours),
    // Counts hours as if none were left out or came twice.
    twin: () =>
      endsOfQuiet((hours, at, zone) => {
        const hour = new Date(toLocal(at, zone)).getUTCHours();
        const isIn =
          hours.from <= hours.to
            ? hour >= hours.from && hour < hours.to
            : hour >= hours.from || hour < hours.to;
        const ofHour = ((toLocal(at, zone) % HOUR) + HOUR) % HOUR;
        return isIn ? new Date(at.getTime() - ofHour + ((hours.to - hour + 24) % 24) * HOUR) : at;
      }),
  },
])('$what', ({ held, twin }) => {
  test('is what PostgreSQL says, in every zone', async () => {
    expect((await held()).slice(0, 20)).toEqual([]);
  });

  test('is caught where it is not', async () => {
    expect((await twin()).length).toBeGreaterThan(0);
  });
});

const offsetOf = (ms: number, zone: string) => toLocal(new Date(ms), zone) - ms;
