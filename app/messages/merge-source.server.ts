/** Fills the fields of a batch of messages, set-based, from the rows as they are at this moment. */
import { webAddress } from '../web-address.ts';
import type { SqlTx } from '../db.server.ts';
import { clockOf } from '../products/products.server.ts';
import type { CareGuide, ProductClock } from '../products/product.ts';
import { closestTag } from '../shops/translations.ts';
import type { Shop } from '../shops/shop.ts';
import { NO_SURVEY, type MergeFields, type ProductFields, type SurveyFields } from './fields.ts';
import type { LinkOwner, Links } from './links.server.ts';
import { pageFields, type PageLinks } from './merge-pages.ts';
import type { MessageClass, MessageData } from './message.ts';
import { dayFormat } from './day-format.ts';
import { one } from './one.ts';
import { pointsIn, pointsWanted, type PointsEnding } from './merge-points.ts';
import { surveysIn, type SurveyWanted } from './survey-wanted.ts';

/** For whom fields are wanted. `id` names the answer; a preview has no message. */
export interface Wanted {
  id: string;
  shop: Shop;
  customerId: string;
  orderId: bigint | null;
  class: MessageClass;
  data: MessageData;
  locale: string;
}

/** Fields of a batch, by `id`. */
export type MergeSource = (
  tx: SqlTx,
  wanted: readonly Wanted[],
  now: Date,
) => Promise<Map<string, MergeFields>>;

/** What floors above know; without them those fields are unknown. */
export interface MergeDeps extends PageLinks {
  links: Links;
  /** Codes for friends, by customer. */
  referralsOf?(
    tx: SqlTx,
    wanted: readonly { shop: Shop; customerId: string; locale: string }[],
    now: Date,
  ): Promise<Map<string, MergeFields['referral']>>;
  /** What of their points runs out before a moment, by customer. */
  pointsOf?(
    tx: SqlTx,
    wanted: readonly { shopId: bigint; customerId: string; until: Date }[],
    now: Date,
  ): Promise<Map<string, PointsEnding>>;
  /** The page that takes one answer by one click. */
  answerUrl?(owner: LinkOwner & { orderId: bigint | null; surveyKey: string }, value: number): string;
  /** The first question of the survey of each message that asks one, in the reader's language, by `id`. */
  surveysOf?(tx: SqlTx, wanted: readonly SurveyWanted[]): Promise<Map<string, SurveyFields>>;
  /** The page that takes "it has not arrived yet". */
  notArrivedUrl?(parcel: { shopId: bigint; orderId: bigint; shipmentId: bigint | null }): string;
  /** The page for the review of one product. */
  reviewUrl?(owner: LinkOwner & { orderId: bigint; productId: bigint }): string;
}

interface PersonRow {
  id: string;
  first_name: string | null;
  last_name: string | null;
  order_name: string | null;
  status_url: string | null;
  placed_at: Date | null;
  carrier: string | null;
  tracking_url: string | null;
  has_arrived: boolean;
}

const PEOPLE = `
  select t.id, c.first_name, c.last_name, o.name as order_name, o.status_url, o.placed_at, s.carrier, s.tracking_url,
    o.source is distinct from 'pos' and exists (select 1 from shipment a where a.shop_id = t.shop_id
      and a.order_id = t.order_id and (t.shipment_id is null or a.id = t.shipment_id) and a.delivered_at is not null
      and a.due_by is distinct from 'at-once') as has_arrived
  from unnest($1::text[], $2::bigint[], $3::uuid[], $4::bigint[], $5::bigint[])
    as t(id, shop_id, customer_id, order_id, shipment_id)
  ${one('id, first_name, last_name', 'customer', 'o.id = t.customer_id')} c on true
  ${one('name, status_url, placed_at, source', 'orders', 'o.id = t.order_id')} o on true
  ${one('carrier, tracking_url', 'shipment', 'o.id = t.shipment_id')} s on true
  where c.id is not null`;

interface LineRow {
  id: string;
  shop_id: bigint;
  product_id: bigint | null;
  title: string;
  quantity: number;
}

/** What is in the parcel, or in the order where there is no parcel; a product once, however many lines it has. */
const LINES = `
  select t.id, l.shop_id, l.product_id, min(l.title) as title,
    sum(coalesce(p.quantity, l.current_quantity))::int as quantity
  from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[]) as t(id, shop_id, order_id, shipment_id)
  cross join lateral (
    select * from order_line where shop_id = t.shop_id and order_id = t.order_id and current_quantity > 0 offset 0
  ) l
  ${one('line_id, quantity', 'shipment_line', 'o.shipment_id = t.shipment_id and o.line_id = l.id')} p on true
  where (t.shipment_id is null or p.line_id is not null)
  group by t.id, l.shop_id, l.product_id, case when l.product_id is null then l.id end
  order by t.id, min(l.id)`;

export function makeMergeSource(deps: MergeDeps): MergeSource {
  return async (tx, wanted, now) => {
    const columns = [wanted.map((one) => one.id), wanted.map((one) => one.shop.id)];
    const orderIds = wanted.map((one) => one.orderId);
    const shipmentIds = wanted.map((one) => one.data.shipmentId ?? null);
    const people = await tx.sql<PersonRow>(PEOPLE, [
      ...columns,
      wanted.map((one) => one.customerId),
      orderIds,
      shipmentIds,
    ]);
    const lines = await tx.sql<LineRow>(LINES, [...columns, orderIds, shipmentIds]);
    const clocks = await clocksOf(tx, wanted, lines);
    const referrals =
      (await deps.referralsOf?.(tx, wanted, now)) ?? new Map<string, MergeFields['referral']>();
    const surveys =
      (await deps.surveysOf?.(tx, surveysIn(wanted, ownerOf))) ?? new Map<string, SurveyFields>();
    const points = (await deps.pointsOf?.(tx, pointsWanted(wanted), now)) ?? new Map<string, PointsEnding>();
    const linesOf = Map.groupBy(lines, (line) => line.id);
    const personOf = new Map(people.map((person) => [person.id, person]));
    return new Map(
      wanted.flatMap((one) => {
        const person = personOf.get(one.id);
        if (!person) return [];
        const known = { person, lines: linesOf.get(one.id) ?? [], clocks };
        const referral = referrals.get(one.customerId) ?? null;
        const survey = surveys.get(one.id) ?? NO_SURVEY;
        return [[one.id, { ...fieldsOf(one, known, deps), points: pointsIn(one, points), referral, survey }]];
      }),
    );
  };
}

type Clocks = ReadonlyMap<string, ProductClock>;
const clockKey = (shopId: bigint, productId: bigint) => `${shopId} ${productId}`;

/** Clocks of all products that are spoken of, shop by shop: ids of products are Shopify's, and unique there only. */
async function clocksOf(tx: SqlTx, wanted: readonly Wanted[], lines: readonly LineRow[]): Promise<Clocks> {
  const refs = new Map<bigint, Set<bigint>>();
  const add = (shopId: bigint, id: bigint) => refs.set(shopId, (refs.get(shopId) ?? new Set()).add(id));
  for (const line of lines) if (line.product_id !== null) add(line.shop_id, line.product_id);
  for (const one of wanted) if (one.data.productId) add(one.shop.id, BigInt(one.data.productId));
  const clocks = new Map<string, ProductClock>();
  for (const [shopId, ids] of refs) {
    const found = await clockOf(
      tx,
      [...ids].map((id) => ({ shopId, id })),
    );
    for (const [id, clock] of found) clocks.set(clockKey(shopId, id), clock);
  }
  return clocks;
}

interface Known {
  person: PersonRow;
  lines: LineRow[];
  clocks: Clocks;
}

function fieldsOf(
  one: Wanted,
  { person, lines, clocks }: Known,
  deps: MergeDeps,
): Omit<MergeFields, 'referral' | 'survey' | 'points'> {
  const owner = ownerOf(one);
  const products = lines.map((line) => productOf(one, line, { owner, clocks, deps }));
  const day = dayFormat(one.locale, one.shop.timeZone);
  const { reward, surveyKey } = one.data;
  return {
    customer: { first_name: person.first_name, last_name: person.last_name },
    shop: {
      name: one.shop.settings.sender.name || one.shop.name || one.shop.domain,
      url: one.shop.url ?? `https://${one.shop.domain}`,
      email: one.shop.settings.sender.replyTo || one.shop.email,
      signature: one.shop.settings.brand.signature || one.shop.name || one.shop.domain,
    },
    order: person.order_name
      ? {
          name: person.order_name,
          status_url: person.status_url,
          placed_on: person.placed_at ? day(person.placed_at) : '',
        }
      : null,
    shipment:
      person.tracking_url || person.carrier
        ? { carrier: person.carrier, tracking_url: webAddress(person.tracking_url) }
        : null,
    products,
    product: theProduct(one, { lines, products, owner, clocks, deps }),
    reward: reward
      ? { ...reward, expires_on: reward.expiresAt ? day(new Date(reward.expiresAt)) : null }
      : null,
    answers:
      surveyKey && deps.answerUrl
        ? [1, 2, 3, 4, 5, 6, 7].map((value) => ({
            value,
            url: deps.answerUrl!({ ...owner, orderId: one.orderId, surveyKey }, value),
          }))
        : [],
    ...pageFields({ ...one, shopId: one.shop.id }, day, deps),
    // Asked by whoever looks at a product: never by way of the outbox.
    question: null,
    links: {
      preferences: deps.links.preferences(owner),
      unsubscribe: deps.links.unsubscribe(owner, one.class === 'service' ? ['ask', 'offer'] : [one.class]),
      unsubscribe_all: deps.links.unsubscribe(owner, ['ask', 'offer']),
      not_arrived: notArrivedUrl(one, person, deps),
    },
  };
}

/** In every ask after an arrival that somebody may know better, and in news about the parcel itself. */
function notArrivedUrl(one: Wanted, { has_arrived: hasArrived }: PersonRow, deps: MergeDeps): string | null {
  const { shipmentId } = one.data;
  const isMeant = one.class === 'ask' || (one.class === 'service' && shipmentId !== undefined);
  if (!isMeant || one.orderId === null || !hasArrived) return null;
  const parcel = {
    shopId: one.shop.id,
    orderId: one.orderId,
    shipmentId: shipmentId ? BigInt(shipmentId) : null,
  };
  return deps.notArrivedUrl?.(parcel) ?? null;
}

const ownerOf = (one: Wanted): LinkOwner => ({
  shopId: one.shop.id,
  customerId: one.customerId,
  messageId: messageIdOf(one),
});

const PREVIEW = 'preview';
/** Links of a preview belong to no message. */
const messageIdOf = (one: Wanted) => (one.id === PREVIEW ? null : one.id);

interface Around {
  owner: LinkOwner;
  clocks: Clocks;
  deps: MergeDeps;
}

/** The one product that the message is about: as it stands in the order, or as the shop sells it. */
function theProduct(
  one: Wanted,
  { lines, products, ...around }: Around & { lines: LineRow[]; products: ProductFields[] },
): ProductFields | null {
  const { productId } = one.data;
  if (!productId) return products.length === 1 ? products[0]! : null;
  const index = lines.findIndex((line) => line.product_id === BigInt(productId));
  if (index >= 0) return products[index]!;
  const clock = around.clocks.get(clockKey(one.shop.id, BigInt(productId)));
  if (!clock) return null;
  const line = {
    id: one.id,
    shop_id: one.shop.id,
    product_id: clock.productId,
    title: clock.title,
    quantity: 1,
  };
  return productOf(one, line, around);
}

function productOf(one: Wanted, line: LineRow, { owner, clocks, deps }: Around): ProductFields {
  const { product_id: productId } = line;
  const clock = productId === null ? undefined : clocks.get(clockKey(line.shop_id, productId));
  const { orderId } = one;
  const review =
    productId !== null && orderId !== null ? deps.reviewUrl?.({ ...owner, orderId, productId }) : undefined;
  return {
    title: clock?.title || line.title,
    image: clock?.imageUrl ?? null,
    url: clock?.url ?? null,
    quantity: line.quantity,
    review_url: review ?? null,
    care: clock ? guideFor(clock.careGuide, one.locale, one.shop.locale) : null,
  };
}

function guideFor(guides: Record<string, CareGuide>, locale: string, shopLocale: string): CareGuide | null {
  const tag = closestTag(Object.keys(guides), locale, shopLocale);
  return tag === null ? null : guides[tag]!;
}
