/** What HTTP says when a provider cannot take a message, read the same way for all of them. */

/** The connection was refused or the name not found: nothing can have been taken. */
export function neverConnected(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(cause?.code ?? '');
}

/** Retry-After in milliseconds: seconds, or a date seen from the answer's own; null when nothing was asked for. */
export function retryAfterMs(headers: Headers): number | null {
  const value = headers.get('retry-after');
  if (!value) return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const untilMs = Date.parse(value) - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(untilMs) ? Math.max(0, untilMs) : null;
}
