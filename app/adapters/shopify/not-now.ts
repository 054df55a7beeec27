import type { AdminResult } from './admin-client.ts';

type NotNow = Extract<AdminResult<unknown>, { outcome: 'throttled' | 'unavailable' | 'unauthorized' }>;

/** Until then somebody may have opened the app, which brings a token that is good. */
const UNAUTHORIZED_SECONDS = 60;

/** Whether there is no answer to go by, so that it is to be asked again. */
export function isNotNow<Data>(result: AdminResult<Data>): result is Extract<AdminResult<Data>, NotNow> {
  return ['throttled', 'unavailable', 'unauthorized'].includes(result.outcome);
}

export const later = (result: NotNow): { outcome: 'later'; seconds: number } => ({
  outcome: 'later',
  seconds: result.outcome === 'unauthorized' ? UNAUTHORIZED_SECONDS : result.retryAfterSeconds,
});
