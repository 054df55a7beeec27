/** What a batch of verdicts comes to: drafts of messages and lines of timelines. */
import type { TimelineEntry } from '../customers/timeline.ts';
import type { MessageDraft } from '../messages/message.ts';
import { PRIORITIES } from '../messages/rank.ts';
import type { StepDecision, Verdict } from './decide.ts';

/** Whom a verdict is about. */
export interface Subject {
  shopId: bigint;
  enrollmentId: string;
  sequenceId: string;
  customerId: string;
  orderId: bigint | null;
  shipmentId: bigint | null;
  productId: bigint | null;
  epoch: number;
}

export interface Decided<Row extends Subject = Subject> {
  row: Row;
  verdict: Verdict;
}

/** Key of the sequence that a row belongs to. */
export type KeyOf = (row: Subject) => string;

/** What makes a message one: a step sends once in an enrollment, whatever happens. */
export const messageKey = (enrollmentId: string, stepKey: string) => `${enrollmentId}:${stepKey}`;

export function draftsOf(decided: readonly Decided[], keyOf: KeyOf): MessageDraft[] {
  return decided.flatMap(({ row, verdict }) =>
    verdict.messages.map(({ step, dueAt, held, uselessAfter, orderIsOver }) => ({
      shopId: row.shopId,
      customerId: row.customerId,
      enrollmentId: row.enrollmentId,
      orderId: row.orderId,
      key: messageKey(row.enrollmentId, step.key),
      channel: step.channel,
      class: step.class,
      templateKey: step.template,
      data: {
        sequenceKey: keyOf(row),
        ...(row.shipmentId === null ? {} : { shipmentId: String(row.shipmentId) }),
        ...(row.productId === null ? {} : { productId: String(row.productId) }),
        ...(orderIsOver ? { orderIsOver: true } : {}),
        ...(step.survey === null ? {} : { surveyKey: step.survey }),
      },
      dueAt,
      held,
      priority: PRIORITIES[step.priority],
      uselessAfter,
      epoch: row.epoch,
    })),
  );
}

/** One line a decision; what was sent has a line of its own when it goes. */
export function linesOf(decided: readonly Decided[], keyOf: KeyOf, now: Date): TimelineEntry[] {
  return decided.flatMap(({ row, verdict }) =>
    verdict.decisions.flatMap((decision) => {
      const line = lineOf(decision, keyOf(row));
      const { shopId, customerId, orderId } = row;
      return line ? [{ shopId, customerId, orderId, at: now, ...line } as TimelineEntry] : [];
    }),
  );
}

type Line = Pick<Extract<TimelineEntry, { kind: 'decision' }>, 'kind' | 'code' | 'data'>;

function lineOf({ stepKey: step, outcome, reason, until }: StepDecision, sequence: string): Line | null {
  const kind = 'decision';
  const moment = until?.toISOString() ?? '';
  switch (outcome) {
    case 'started':
      return { kind, code: 'sequence-entered', data: { sequence } };
    case 'waiting':
      return { kind, code: 'step-waiting', data: { sequence, step, until: moment } };
    case 'moved':
      return { kind, code: 'step-moved', data: { sequence, step, until: moment, reason } };
    case 'skipped':
      return { kind, code: 'step-skipped', data: { sequence, step, reason } };
    case 'branched':
      return { kind, code: 'step-branched', data: { sequence, step, reason } };
    case 'stopped':
      return { kind, code: 'sequence-stopped', data: { sequence, reason } };
    case 'finished':
      return { kind, code: 'sequence-finished', data: { sequence } };
    case 'done':
      return { kind, code: 'step-done', data: { sequence, step, reason } };
    case 'sent':
      return null;
  }
}
