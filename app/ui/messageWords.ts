/** A message of the list behind a figure, in words for staff. */
import type { MessageLine } from '../messages/messages.server.ts';
import { reasonInWords } from './reasonWords.ts';
import { messageName } from './messageNames.ts';

const STATES: Record<MessageLine['state'], string> = {
  waiting: 'waits',
  'handing-over': 'is going out',
  sent: 'went out',
  skipped: 'left out',
  failed: 'did not arrive',
  unknown: 'nobody can tell whether it arrived',
};

/** @returns what it is, and what became of it with the reason where there is one */
export function messageInWords({
  subject,
  templateKey,
  state,
  reason,
}: Pick<MessageLine, 'subject' | 'templateKey' | 'state' | 'reason'>): { what: string; became: string } {
  const { code, ...details } = reason;
  const why = code && state !== 'sent' ? `: ${reasonInWords({ ...details, code })}` : '';
  return { what: subject ?? messageName(templateKey), became: `${STATES[state]}${why}` };
}
