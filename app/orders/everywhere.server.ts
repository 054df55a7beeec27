/**
 * What all shops together have learned of a lane, so that a new shop need not guess. Nobody can be recognised in it: a way
 * counts only with {@link LEAST_SHOPS} shops and {@link LEAST_PARCELS} parcels, no shop counts for more than its share, and
 * what is kept is one number of days. A service's or carrier's own name appears only if that many shops call it so.
 */
import type { SqlTx } from '../db.server.ts';
import { ANY_SERVICE } from './lane.ts';
import { monthsSince } from './months.ts';

const LEAST_SHOPS = 5;
const LEAST_PARCELS = 100;
/** A shop with more parcels on a way counts as one with so many. */
const MOST_OF_ONE = 200;

/**
 * Each shop's counts are weighed down to MOST_OF_ONE; a way where one shop still is more than half of all is left out.
 * 8 of 10: the least number of days by which that share of the weight had arrived.
 */
const LEARN = `
  with counted as (
    select l.shop_id, l.carrier, l.origin, l.country, s.service, (c.i - 1)::int as days, sum(c.n)::float8 as parcels
    from lane_month l
    cross join lateral unnest(array[l.service, '${ANY_SERVICE}']) as s(service)
    cross join lateral unnest(l.counts) with ordinality as c(n, i)
    where l.month >= $1 and l.carrier <> '' and l.origin <> '' and c.n > 0
    group by 1, 2, 3, 4, 5, 6
  ), of_shop as (
    select *, sum(parcels) over (partition by shop_id, carrier, origin, country, service) as of_one from counted
  ), weighed as (
    select *, parcels * least(1, ${MOST_OF_ONE} / of_one) as weight, least(of_one, ${MOST_OF_ONE}) as of_one_weight from of_shop
  ), way as (
    select carrier, origin, country, service, sum(weight) as total
    from weighed group by 1, 2, 3, 4
    having count(distinct shop_id) >= ${LEAST_SHOPS} and sum(parcels) >= ${LEAST_PARCELS}
      and max(of_one_weight) <= sum(weight) / 2
  ), arrived as (
    select w.carrier, w.origin, w.country, w.service, w.days, y.total,
      sum(sum(w.weight)) over (partition by w.carrier, w.origin, w.country, w.service order by w.days) as so_far
    from weighed w join way y using (carrier, origin, country, service)
    group by 1, 2, 3, 4, 5, 6
  )
  insert into lane_everywhere (carrier, origin, country, service, days, at)
  select carrier, origin, country, service, min(days), $2 from arrived
  where so_far >= total * 0.8 - 1e-9 group by 1, 2, 3, 4
  on conflict (country, carrier, origin, service) do update set days = excluded.days, at = excluded.at`;

const FORGET = 'delete from lane_everywhere where at < $1';
const FORGET_MONTHS = 'delete from lane_month where month < $1';

/** Counts all ways anew; what is not learned any more goes, and so do months that no figure looks at. */
export async function learnEverywhere(tx: SqlTx, now: Date): Promise<void> {
  const since = monthsSince(now);
  await tx.sql(LEARN, [since, now]);
  await tx.sql(FORGET, [now]);
  await tx.sql(FORGET_MONTHS, [since]);
}
