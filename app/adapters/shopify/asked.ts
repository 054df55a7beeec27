import type { Asked } from '../../shops/sync.ts';
import type { AdminResult } from './admin-client.ts';

/** An answer of the Admin API as jobs tell them apart; a user error is a refusal. */
export function askedOf<Data>(result: AdminResult<Data>): Asked<Data> {
  switch (result.outcome) {
    case 'ok':
      return { outcome: 'ok', value: result.data };
    case 'user-errors':
      return { outcome: 'refused', codes: result.errors.map(({ code }) => code ?? 'UNKNOWN') };
    case 'throttled':
    case 'unavailable':
      return { outcome: 'later', seconds: result.retryAfterSeconds };
    case 'unauthorized':
    case 'refused':
      return result;
  }
}
