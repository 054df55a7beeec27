/** Deeds that could not be done, in words for staff. */
import type { Reason } from '../sequences/decide.ts';
import { explain } from '../sequences/explain.ts';

const TO_DO: Record<string, string> = {
  tag: 'Tag',
  metafield: 'Metafield',
  webhook: 'Webhook to',
  task: 'Task',
};

/** @returns what was to be done, and why it was not */
export function failedInWords(deed: {
  kind: string;
  what: string;
  sequence: string | null;
  orderName: string | null;
  reason: Reason;
}): [what: string, why: string] {
  const about = [deed.sequence, deed.orderName].filter(Boolean).join(', ');
  return [`${TO_DO[deed.kind] ?? deed.kind} ${deed.what}${about ? ` (${about})` : ''}`, explain(deed.reason)];
}
