/** Steps of a friend's order, in words for the staff. */
import { reasonText, standingText, type Standing } from '../../referrals/reasons.ts';

interface Step {
  step: string;
  by: string;
  name: string | null;
}

/** "Refused by a rule", "Let count by Rosa", "The advocate asked for another look" */
export function stepInWords({ step, by, name }: Step): string {
  if (step === 'appealed') return 'The advocate asked for another look';
  if (step === 'reduced') return reasonText('reduced', 'en');
  const who = name ?? 'somebody of your staff';
  if (by !== 'rule') return step === 'refused' ? `Refused by ${who}` : `Let count by ${who}`;
  if (step === 'refused') return 'Refused by a rule';
  if (step === 'held') return 'Held for a person';
  return standingText(step as Standing, 'en');
}
