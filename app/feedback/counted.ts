/** Which answers count, as SQL: what scores count and what the list shows come from the same words. */
import type { Group } from './groups.ts';

/** `a` answer, `s` survey. */
export const COUNTED = `answer a join survey s on s.shop_id = a.shop_id and s.id = a.survey_id`;
/** Answers to test orders count nowhere. Those are few and have an index: no order is looked up for each answer. */
export const IS_COUNTED = `not exists (
  select from orders t where t.shop_id = a.shop_id and t.id = a.order_id and t.test)`;

/** `o` the order, for what is asked of it. */
export const WITH_ORDER = `left join orders o on o.shop_id = a.shop_id and o.id = a.order_id`;
/** Where the order went; before it is known, where the answer came from. With {@link WITH_ORDER}. */
export const COUNTRY = `coalesce(o.country, a.country)`;

/** Parcels that had left when the answer was given: before that nobody can speak of who carries them. */
export const IS_CARRIED = `h.carrier is not null and h.status <> 'cancelled' and h.shipped_at <= a.at`;

/**
 * Whether an answer is about something. With {@link WITH_ORDER}.
 * @param places the parameters (`$11`) that hold the keys; null keys ask for nothing
 */
export const isAbout = (places: Record<Group, string>): string => `
  (${places.product}::bigint is null or exists (select from order_line l
    where l.shop_id = a.shop_id and l.order_id = a.order_id and l.product_id = ${places.product}))
  and (${places.country}::text is null or ${COUNTRY} = ${places.country})
  and (${places.carrier}::text is null or exists (select from shipment h
    where h.shop_id = a.shop_id and h.order_id = a.order_id and h.carrier = ${places.carrier} and ${IS_CARRIED}))`;
