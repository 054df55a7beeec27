/** What publishing a draft would do to those inside. Reads only; those inside are copies here. */
import type { ShopTx } from '../db.server.ts';
import { shopById } from '../shops/shops.server.ts';
import { sequenceOf } from './edit.server.ts';
import { readFacts } from './facts.server.ts';
import type { FactGroup } from './needs.ts';
import { needsOf } from './needs.ts';
import { parsePlan, type Plan, type Problem } from './plan.ts';
import { plansOf, versionKey } from './plans.server.ts';
import { changeOf, consequenceOf, unchangedOf, type Consequence, type Insider } from './publishing.ts';

/** So many are looked at; of more, a sample that chance has drawn. A literal, as in every limit. */
const SAMPLE = 2000;

export type Preview =
  | {
      outcome: 'preview';
      /** All inside, and how many of them were looked at. */
      inside: number;
      looked: number;
      stay: Consequence;
      move: Consequence;
    }
  | { outcome: 'problems'; problems: Problem[] }
  | { outcome: 'unchanged' }
  | { outcome: 'unknown' };

/** The end of an id is chance, so that its order is one. */
const INSIDE = `
  select e.id as "enrollmentId", e.version, e.customer_id as "customerId", e.order_id as "orderId",
    e.shipment_id as "shipmentId", e.product_id as "productId", e.anchor_at as "anchorAt", c.step_key as "stepKey",
    c.reached_at as "reachedAt", c.due_at as "dueAt", p.first_name as "firstName", p.last_name as "lastName"
  from (select * from enrollment_cursor where shop_id = $1 and sequence_id = $2::uuid
    order by reverse(enrollment_id::text) limit ${SAMPLE}) c
  join enrollment e on e.shop_id = c.shop_id and e.id = c.enrollment_id
  join customer p on p.shop_id = e.shop_id and p.id = e.customer_id
  order by c.due_at nulls last, e.id`;

interface InsideRow {
  enrollmentId: string;
  version: number;
  customerId: string;
  orderId: bigint | null;
  shipmentId: bigint | null;
  productId: bigint | null;
  anchorAt: Date;
  stepKey: string;
  reachedAt: Date;
  dueAt: Date | null;
  firstName: string | null;
  lastName: string | null;
}

/** See the door. @param drawn a plan that is not saved yet; the draft otherwise */
export async function previewPublishing(
  tx: ShopTx,
  id: string,
  now: Date,
  drawn?: unknown,
): Promise<Preview> {
  const sequence = await sequenceOf(tx, id);
  if (!sequence) return { outcome: 'unknown' };
  const draft = drawn ?? sequence.draft;
  if (draft === null) return { outcome: 'unchanged' };
  const parsed = parsePlan(draft);
  if ('problems' in parsed) return { outcome: 'problems', problems: parsed.problems };
  const insiders = await insidersOf(tx, id, parsed.plan, now);
  return {
    outcome: 'preview',
    inside: sequence.inside.reduce((sum, { count }) => sum + count, 0),
    looked: insiders.length,
    stay: consequenceOf(insiders.map((insider) => unchangedOf(insider, now))),
    move: consequenceOf(insiders.map((insider) => changeOf(insider, parsed.plan, now))),
  };
}

async function insidersOf(tx: ShopTx, sequenceId: string, newer: Plan, now: Date): Promise<Insider[]> {
  const rows = await tx.sql<InsideRow>(INSIDE, [tx.shopId, sequenceId]);
  const refOf = ({ version }: InsideRow) => ({ shopId: tx.shopId, sequenceId, version });
  const plans = await plansOf(tx, rows.map(refOf));
  const readable = rows.filter((row) => plans.has(versionKey(refOf(row))));
  const shop = await shopById(tx, tx.shopId);
  if (!shop || readable.length === 0) return [];
  const { timeZone, locale, settings } = shop;
  const planOf = (row: InsideRow) => plans.get(versionKey(refOf(row)))!;
  const facts = await readFacts(
    tx,
    readable.map((row) => ({
      ...row,
      shopId: tx.shopId,
      shop: { timeZone, locale, rhythm: settings.rhythm },
      // Both plans look at the same facts.
      needs: new Set<FactGroup>([...needsOf(planOf(row)), ...needsOf(newer)]),
    })),
    now,
  );
  return readable.map((row, index) => ({
    plan: planOf(row),
    standing: { ...row, sequenceId },
    dueAt: row.dueAt,
    facts: facts[index]!,
    name: nameOf(row),
  }));
}

/** "Ana M." */
const nameOf = ({ firstName, lastName }: InsideRow): string =>
  [firstName, lastName && `${[...lastName][0]}.`].filter(Boolean).join(' ') || 'Somebody without a name';
