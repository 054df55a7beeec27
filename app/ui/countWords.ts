/** Why messages were left out and customers left, for counts of many: without what is particular to one of them. */
import { reasonInWords } from './reasonWords.ts';

const OF_MANY: Record<string, string> = {
  '': 'no reason is known',
  suppressed: 'they unsubscribed, or their address does not work',
  'missing-field': 'the text names something that is not known of them',
  'broken-link': 'a link in the text led nowhere',
  'not-taken': 'the mail server did not take it',
  night: 'it was night',
  plan: 'the plan ends there',
};

export const whyOfMany = (code: string): string => OF_MANY[code] ?? reasonInWords({ code });
