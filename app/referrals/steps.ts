/** Steps of a friend's order as they are shown. */
import type { ReferralState } from './referral.ts';

/** `appealed`: the advocate asked for another look. `reduced`: what it earns has become less. */
export type StepName = ReferralState | 'appealed' | 'reduced';

export interface Step {
  at: Date;
  step: StepName;
  by: string;
  /** Of the member of the staff, where it is known. */
  name: string | null;
  reasons: string[];
  note: string | null;
}
