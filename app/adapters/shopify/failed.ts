import type { AdminResult } from './admin-client.ts';

/** `undone`: surely nothing came of it. */
export type Failed =
  | { outcome: 'refused'; reason: string }
  | { outcome: 'unavailable'; retryAfterSeconds: number; undone?: true };

/** What went wrong, as modules sort it: again later, or never. */
export function failed(result: AdminResult<unknown>): Failed {
  switch (result.outcome) {
    case 'throttled':
      return { outcome: 'unavailable', retryAfterSeconds: result.retryAfterSeconds, undone: true };
    case 'unavailable':
      return { outcome: 'unavailable', retryAfterSeconds: result.retryAfterSeconds };
    case 'unauthorized':
      return { outcome: 'unavailable', retryAfterSeconds: 60, undone: true };
    case 'refused':
      return { outcome: 'refused', reason: result.codes.join(' ') };
    case 'user-errors':
      return {
        outcome: 'refused',
        reason: result.errors.map(({ code, field }) => `${code} ${field?.join('.')}`).join(' '),
      };
    case 'ok':
      return { outcome: 'refused', reason: 'an answer without an id' };
  }
}
