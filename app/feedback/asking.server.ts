/**
 * Which survey a page asks (docs/decisions/0021): the first in the merchant's order that is on, is meant for this place
 * and this buyer, and was not answered by them too recently. What stood before whom is a row, once a survey and subject.
 */
import type { Customer } from '../customers/customer.ts';
import { customersByIds } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { fits, isForAll, type Onlooker } from './audience.ts';
import { variantOf } from './respondent.server.ts';
import type { Subject } from './subject.server.ts';
import type { Place, Survey } from './survey.ts';
import { surveyAt, type LiveSurvey } from './surveys.server.ts';

/** Who looks, as far as the page and the database know. */
export interface Looking {
  shopId: bigint;
  subject: Subject;
  /** The order is known and theirs; else nothing of a customer's is looked at. */
  isConfirmed: boolean;
  locale: string | null;
  country: string | null;
  /** What the page knows of an order that we may not have heard of. */
  isFirst: boolean | null;
  products: readonly string[] | null;
}

const ON = `
  select id, version from survey where shop_id = $1 and status = 'on' and version > 0
    and coalesce(content -> 'places', case key when 'post-purchase' then '["thank-you", "order-status"]'::jsonb
      when 'heard' then '["checkout"]'::jsonb else '["mail"]'::jsonb end) ? $2
  order by position, created_at, id`;

/** Surveys that are on at a place, in the merchant's order. */
export async function surveysAt(tx: SqlTx, shopId: bigint, place: Place): Promise<LiveSurvey[]> {
  const rows = await tx.sql<{ id: string; version: number }>(ON, [shopId, place]);
  const surveys = [];
  for (const { id, version } of rows) {
    const survey = await surveyAt(tx, shopId, id, version);
    if (survey) surveys.push(survey);
  }
  return surveys;
}

/** After so many orders without an answer a survey leaves a customer alone for so many days. */
const REST_AFTER = 3;
const REST_DAYS = 365;

const PAST = `
  select s.id as survey_id, a.last_at as answered_at, coalesce(k.ignored, 0)::int as ignored
  from unnest($3::uuid[]) as s(id)
  left join lateral (select max(at) as last_at from answer
    where shop_id = $1 and survey_id = s.id and customer_id = $2) a on true
  left join lateral (select count(*) as ignored from asking
    where shop_id = $1 and survey_id = s.id and customer_id = $2 and at > $4 and not subject = any($5::text[])
      and at > coalesce(a.last_at, '-infinity')) k on true`;

interface PastRow {
  survey_id: string;
  answered_at: Date | null;
  ignored: number;
}

/** The one to ask, or null. Looks only at what the candidates need. */
export async function surveyToAsk(
  tx: SqlTx,
  candidates: readonly LiveSurvey[],
  looking: Looking,
  now: Date,
): Promise<LiveSurvey | null> {
  if (candidates.length === 0) return null;
  const { shopId, subject, isConfirmed } = looking;
  const customerId = isConfirmed ? subject.customerId : null;
  const customer =
    customerId === null ? null : (await customersByIds(tx, [{ shopId, id: customerId }])).get(customerId);
  // "Nothing but order news" is meant on pages too.
  const paused = customer?.preferences.pausedUntil ?? null;
  if (customer?.erasedAt || customer?.preferences.frequency === 'order-news') return null;
  if (paused !== null && paused > now) return null;
  const past = customer
    ? await pastOf(tx, looking, customer.id, candidates, now)
    : new Map<string, PastRow>();
  const onlooker = onlookerOf(looking, customer ?? null);
  return (
    candidates.find(
      ({ id, content }) =>
        (isForAll(content.audience) || fits(content.audience, onlooker)) && isDue(content, past.get(id), now),
    ) ?? null
  );
}

async function pastOf(
  tx: SqlTx,
  { shopId, subject }: Looking,
  customerId: string,
  candidates: readonly LiveSurvey[],
  now: Date,
): Promise<Map<string, PastRow>> {
  const ids = candidates.map(({ id }) => id);
  const since = new Date(now.getTime() - REST_DAYS * 86_400_000);
  const rows = await tx.sql<PastRow>(PAST, [shopId, customerId, ids, since, [subject.name ?? '']]);
  return new Map(rows.map((row) => [row.survey_id, row]));
}

function isDue({ again }: Survey, past: PastRow | undefined, now: Date): boolean {
  if (!past) return true;
  if (past.ignored >= REST_AFTER) return false;
  if (past.answered_at === null || again === 'order') return true;
  return again !== null && now.getTime() - past.answered_at.getTime() >= again * 86_400_000;
}

function onlookerOf(
  { subject, isFirst, products, country, locale }: Looking,
  customer: Pick<Customer, 'stage'> | null,
): Onlooker {
  const { order } = subject;
  const told = isFirst === null ? null : isFirst ? 1 : 2;
  return {
    ordinal: order?.ordinal ?? told,
    products: order
      ? order.lines.flatMap(({ productId }) => (productId === null ? [] : [String(productId)]))
      : products,
    country: order?.country ?? country,
    stage: customer?.stage ?? null,
    locale,
  };
}

const BEFORE = `
  select variant from asking where shop_id = $1 and survey_id = $2 and variant is not null
    and (subject = $3 or ($4::uuid is not null and customer_id = $4::uuid))
  order by subject = $3 desc, at limit 1`;

/** The wording for somebody: what they have seen stays, else it is drawn from who they are. */
export async function variantFor(
  tx: SqlTx,
  survey: LiveSurvey,
  of: { shopId: bigint; subject: string; customerId: string | null },
): Promise<'a' | 'b' | null> {
  if (survey.content.trial === null) return null;
  const { shopId, subject, customerId } = of;
  const [seen] = await tx.sql<{ variant: 'a' | 'b' }>(BEFORE, [shopId, survey.id, subject, customerId]);
  if (seen) return seen.variant;
  return variantOf(survey, customerId ?? subject);
}

const SHOWN = `
  insert into asking (shop_id, survey_id, subject, customer_id, order_id, checkout_token, place, version, variant, at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`;

/** Remembers that it stood there; once a survey and subject. */
export async function noteAsking(
  tx: SqlTx,
  survey: LiveSurvey,
  of: { shopId: bigint; subject: Subject & { name: string }; customerId: string | null },
  shown: { place: Place; variant: 'a' | 'b' | null },
  now: Date,
): Promise<void> {
  const { shopId, subject, customerId } = of;
  await tx.sql(SHOWN, [
    shopId,
    survey.id,
    subject.name,
    customerId,
    subject.order?.id ?? null,
    subject.checkoutToken,
    shown.place,
    survey.version,
    shown.variant,
    now,
  ]);
}

const ARRIVED = `
  update asking k set customer_id = t.customer_id, order_id = t.order_id
  from unnest($1::bigint[], $2::bigint[], $3::text[], $4::uuid[]) as t(shop_id, order_id, checkout_token, customer_id)
  where k.shop_id = t.shop_id and k.checkout_token = t.checkout_token and k.order_id is null`;

/** What stood on a thank-you page before its order was known, tied to it when it comes. */
export async function tieAskings(
  tx: SqlTx,
  orders: readonly { shopId: bigint; id: bigint; checkoutToken: string | null; customerId: string | null }[],
): Promise<void> {
  const known = orders.filter(({ checkoutToken }) => checkoutToken !== null);
  if (known.length === 0) return;
  await tx.sql(ARRIVED, [
    known.map(({ shopId }) => shopId),
    known.map(({ id }) => id),
    known.map(({ checkoutToken }) => checkoutToken),
    known.map(({ customerId }) => customerId),
  ]);
}

const FORGET = `delete from asking where at < $1::timestamptz - interval '400 days'`;

/** For housekeeping: no figure and no rest looks back farther. */
export async function forgetAskings(tx: SqlTx, now: Date): Promise<void> {
  await tx.sql(FORGET, [now]);
}
