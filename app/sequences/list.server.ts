/** Sequences as the list and the customer page show them. */
import type { Db, ShopTx } from '../db.server.ts';
import { csvOf } from '../shops/csv.ts';
import { sinceDays } from '../zones.ts';
import { openingOf } from './opening.ts';
import type { Plan } from './plan.ts';
import { nextOf, type MessageStep, type Step } from './steps.ts';
import { plansOf, versionKey } from './plans.server.ts';
import {
  FIGURE_DAYS,
  type ComingUp,
  type EnrollmentState,
  type EnrollmentView,
  type SequenceSummary,
} from './sequence.ts';
import { unanswered } from './trouble.server.ts';
import { unansweredAt, type Unanswered } from './wishes.ts';

const SEQUENCES = `
  select s.id, s.key, s.name, s.status, s.live_version, s.draft is not null as has_draft,
    coalesce(c.inside, 0)::int as inside
  from sequence s
  left join (
    select sequence_id, count(*) as inside from enrollment_cursor where shop_id = $1 group by sequence_id
  ) c on c.sequence_id = s.id
  where s.shop_id = $1 order by s.created_at, s.id`;

interface SequenceRow {
  id: string;
  key: string;
  name: string;
  status: string;
  live_version: number | null;
  has_draft: boolean;
  inside: number;
}

/** By what came of the mails of its enrollments, whatever text they have: two sequences may send the same one. */
const FIGURES = `
  select e.sequence_id as "sequenceId",
    count(*) filter (where m.state = 'sent')::int as sent,
    count(*) filter (where m.opened_at is not null)::int as opened,
    count(*) filter (where m.clicked_at is not null)::int as acted,
    count(*) filter (where m.state = 'skipped')::int as skipped,
    count(*) filter (where exists (select 1 from permission_answer p
      where p.shop_id = m.shop_id and p.message_id = m.id and p.answer = 'later'))::int as moved
  from message m join enrollment e on e.shop_id = m.shop_id and e.id = m.enrollment_id
  where m.shop_id = $1 and m.planned_at >= $2 group by e.sequence_id`;

const ZONE = `select time_zone as zone from shop where id = $1`;

type Figures = Pick<SequenceSummary, 'sent' | 'opened' | 'acted' | 'moved' | 'skipped'>;
const NONE: Figures = { sent: 0, opened: 0, acted: 0, moved: 0, skipped: 0 };

/** See the door. */
export async function listSequences(tx: ShopTx, now: Date): Promise<SequenceSummary[]> {
  const rows = await tx.sql<SequenceRow>(SEQUENCES, [tx.shopId]);
  const [shop] = await tx.sql<{ zone: string }>(ZONE, [tx.shopId]);
  const since = sinceDays(FIGURE_DAYS, shop!.zone, now);
  const counted = await tx.sql<Figures & { sequenceId: string }>(FIGURES, [tx.shopId, since]);
  const figures = new Map(counted.map(({ sequenceId, ...each }) => [sequenceId, each]));
  const told = await unanswered(tx, now);
  const refs = rows.map((row) => ({ shopId: tx.shopId, sequenceId: row.id, version: row.live_version ?? 0 }));
  const plans = await plansOf(tx, refs);
  return rows.map((row, index) => {
    const plan = plans.get(versionKey(refs[index]!));
    return {
      id: row.id,
      key: row.key,
      name: row.name,
      on: row.status === 'on',
      hasDraft: row.has_draft,
      liveVersion: row.live_version,
      inside: row.inside,
      opening: plan ? openingOf(plan) : null,
      unanswered: plan ? eachOnce(plan, told) : [],
      ...(figures.get(row.id) ?? NONE),
    };
  });
}

const eachOnce = (plan: Plan, told: readonly Unanswered[]) => [
  ...new Set(unansweredAt(plan, told).map((one) => one.told)),
];

const HEAD = ['Sequence', 'On', 'Inside now', 'Sent', 'Opened', 'Acted', 'Moved', 'Skipped'];

/** See the door. Figures of the last 30 days. */
export function sequencesCsv(db: Db, shopId: bigint, now: Date): AsyncGenerator<string> {
  return csvOf(HEAD, async () => {
    const all = await db.inShop(shopId, (tx) => listSequences(tx, now));
    const rows = all.map(({ name, on, inside, sent, opened, acted, moved, skipped }) => {
      return [name, on ? 'yes' : 'no', inside, sent, opened, acted, moved, skipped];
    });
    return { rows, next: null };
  });
}

const ENROLLMENTS = `
  select e.id, e.sequence_id, s.key, s.name, e.version, e.state, e.reason, e.order_id, e.product_id, e.started_at, e.ended_at,
    c.step_key, c.due_at, coalesce((
      select d.reason ->> 'code' = 'not-arrived' from decision d
      where d.shop_id = e.shop_id and d.enrollment_id = e.id order by d.id desc limit 1
    ), false) as held
  from enrollment e
  join sequence s on s.shop_id = e.shop_id and s.id = e.sequence_id
  left join enrollment_cursor c on c.shop_id = e.shop_id and c.enrollment_id = e.id
  where e.shop_id = $1 and e.customer_id = $2::uuid
  order by e.started_at desc, e.id desc`;

interface EnrollmentRow {
  id: string;
  sequence_id: string;
  key: string;
  name: string;
  version: number;
  state: string;
  reason: string | null;
  order_id: bigint | null;
  product_id: bigint | null;
  started_at: Date;
  ended_at: Date | null;
  step_key: string | null;
  due_at: Date | null;
  held: boolean;
}

/** See the door. */
export async function enrollmentsOf(tx: ShopTx, customerId: string): Promise<EnrollmentView[]> {
  const rows = await tx.sql<EnrollmentRow>(ENROLLMENTS, [tx.shopId, customerId]);
  return rows.map((row) => ({
    id: row.id,
    sequenceId: row.sequence_id,
    sequenceName: row.name,
    state: row.state as EnrollmentState,
    reason: row.reason,
    orderId: row.order_id,
    productId: row.product_id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    stepKey: row.step_key,
    dueAt: row.due_at,
  }));
}

/** See the door. */
export async function comingUp(tx: ShopTx, customerId: string): Promise<ComingUp[]> {
  const rows = await tx.sql<EnrollmentRow>(ENROLLMENTS, [tx.shopId, customerId]);
  const waiting = rows.filter((row) => row.due_at !== null && row.step_key !== null);
  const refs = waiting.map((row) => ({
    shopId: tx.shopId,
    sequenceId: row.sequence_id,
    version: row.version,
  }));
  const plans = await plansOf(tx, refs);
  const coming = waiting.map((row, index) => {
    const plan = plans.get(versionKey(refs[index]!));
    const message = plan ? messageAfter(plan, row.step_key || plan.start) : null;
    return {
      enrollmentId: row.id,
      sequenceId: row.sequence_id,
      sequenceKey: row.key,
      sequenceName: row.name,
      template: message?.template ?? null,
      class: message?.class ?? null,
      orderId: row.order_id,
      productId: row.product_id,
      at: row.due_at!,
      held: row.held,
    };
  });
  return coming.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** The message that the step at hand leads to, as long as the way there does not fork and waits only once. */
function messageAfter(plan: Plan, from: string): MessageStep | null {
  const byKey = new Map<string | null, Step>(plan.steps.map((step) => [step.key, step]));
  let waits = 0;
  for (let step = byKey.get(from); step; step = byKey.get(nextOf(step)[0] ?? null)) {
    if (step.kind === 'message') return step;
    if (step.kind !== 'wait' || waits > 0) return null;
    waits += 1;
  }
  return null;
}
