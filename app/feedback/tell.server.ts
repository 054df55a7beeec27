/**
 * Tells Shopify of an answer when nothing more is to be expected of it: a chore, so that a slow or failing Shopify keeps
 * nobody waiting. All of it may be repeated; Flow is told once, unless the worker dies at that very moment.
 */
import { customersByIds } from '../customers/customers.server.ts';
import type { Db, SqlTx } from '../db.server.ts';
import type { Answers } from './survey.ts';
import { surveyAt } from './surveys.server.ts';
import { FLOW, flowPayload, writingsOf } from './telling.ts';

/** What came of a call, sorted at the border. */
type Told =
  | { outcome: 'done' }
  /** Asked again, it fails again. */
  | { outcome: 'failed'; reason: { code: string; said?: string } }
  | { outcome: 'later'; seconds: number };

/** What is needed of Shopify, about a customer there. */
export interface AnswerDeeds {
  addTags(domain: string, owner: { on: 'customer'; id: bigint }, tags: readonly string[]): Promise<Told>;
  removeTags(domain: string, customerId: bigint, tags: readonly string[]): Promise<Told>;
  setMetafield(
    domain: string,
    owner: { on: 'customer'; id: bigint },
    metafield: { namespace: string; key: string; value: string },
  ): Promise<Told>;
  trigger(domain: string, handle: string, payload: Record<string, number | string>): Promise<Told>;
}

interface Row {
  domain: string;
  locale: string;
  survey_id: string;
  survey_version: number;
  customer_id: string;
  order_id: bigint | null;
  answers: Answers;
  score: number | null;
  comment: string | null;
  is_told: boolean;
  is_last: boolean;
}

/** An older answer to the same survey is no longer what a customer's tags say. */
const READ = `
  select shop.domain, shop.locale, a.survey_id, a.survey_version, a.customer_id, a.order_id, a.answers, a.score::int as score,
    a.comment, a.told_at is not null as is_told, not exists (select from answer b where b.shop_id = a.shop_id
      and b.customer_id = a.customer_id and b.survey_id = a.survey_id and b.at > a.at) as is_last
  from answer a join shop on shop.id = a.shop_id and shop.status = 'installed'
  where a.shop_id = $1 and a.id = $2 and a.verified_at is not null and a.customer_id is not null`;
const TOLD = `update answer set told_at = $3 where shop_id = $1 and id = $2`;

/** See the door. */
export async function tellShopify(
  { db, shopify }: { db: Db; shopify: AnswerDeeds },
  { shopId, answerId }: { shopId: bigint; answerId: string },
  now: Date,
): Promise<Told> {
  const found = await db.inShop(shopId, (tx) => read(tx, shopId, answerId));
  if (!found) return { outcome: 'done' };
  const { row, survey, customerId } = found;
  const owner = { on: 'customer', id: customerId } as const;
  const writings = row.is_last ? writingsOf(survey, row.answers, row.locale) : null;
  const { domain } = row;
  const steps: (() => Promise<Told>)[] = [];
  if (writings && writings.remove.length > 0)
    steps.push(() => shopify.removeTags(domain, customerId, writings.remove));
  if (writings && writings.add.length > 0) steps.push(() => shopify.addTags(domain, owner, writings.add));
  for (const metafield of writings?.metafields ?? [])
    steps.push(() => shopify.setMetafield(domain, owner, metafield));
  const refused = await inTurn(steps);
  if (refused?.outcome === 'later') return refused;
  if (row.is_told) return refused ?? { outcome: 'done' };
  const payload = flowPayload(survey, row, { customerId, orderId: row.order_id, locale: row.locale });
  const handles = row.score !== null && row.score <= 2 ? [FLOW.received, FLOW.low] : [FLOW.received];
  const flow = await inTurn(handles.map((handle) => () => shopify.trigger(domain, handle, payload)));
  if (flow?.outcome === 'later') return flow;
  await db.inShop(shopId, (tx) => tx.sql(TOLD, [shopId, answerId, now]));
  return refused ?? flow ?? { outcome: 'done' };
}

/** What one refuses keeps no other from being done; what has to wait makes all that follow wait. */
async function inTurn(steps: readonly (() => Promise<Told>)[]): Promise<Told | null> {
  let refused: Told | null = null;
  for (const step of steps) {
    const told = await step();
    if (told.outcome === 'later') return told;
    if (told.outcome === 'failed') refused ??= told;
  }
  return refused;
}

async function read(tx: SqlTx, shopId: bigint, answerId: string) {
  const [row] = await tx.sql<Row>(READ, [shopId, answerId]);
  if (!row) return null;
  const survey = await surveyAt(tx, shopId, row.survey_id, row.survey_version);
  const ref = { shopId, id: row.customer_id };
  const customer = (await customersByIds(tx, [ref])).get(ref.id);
  // Guests have no record at Shopify to write to.
  if (!survey || !customer || customer.erasedAt || customer.shopifyId === null) return null;
  return { row, survey: survey.content, customerId: customer.shopifyId };
}
