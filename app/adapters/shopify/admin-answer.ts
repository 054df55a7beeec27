/** Reads what the Admin API answered: everything that can be wrong with an answer is sorted here. */
import type { AdminResult, UserError } from './admin-client.ts';

/** `extensions.cost` of an answer. */
export interface Cost {
  requested: number;
  available: number;
  maximum: number;
  restoreRate: number;
}

interface GraphQlError {
  message?: string;
  extensions?: { code?: string };
}

interface Body {
  data?: Record<string, unknown> | null;
  errors?: GraphQlError[] | string;
  extensions?: {
    cost?: {
      requestedQueryCost: number;
      throttleStatus: { currentlyAvailable: number; maximumAvailable: number; restoreRate: number };
    };
  };
}

export function readAnswer<Data>(
  status: number,
  headers: Headers,
  body: unknown,
): { result: AdminResult<Data>; cost: Cost | null } {
  if (status !== 200) return { result: ofStatus(status, headers), cost: null };
  const answer = (body ?? {}) as Body;
  const cost = costOf(answer);
  return { result: ofBody<Data>(answer, cost), cost };
}

function ofStatus<Data>(status: number, headers: Headers): AdminResult<Data> {
  const retryAfterSeconds = Math.min(Math.max(Number(headers.get('retry-after')) || 2, 1), 60);
  switch (status) {
    case 401:
    // A shop that no longer exists
    case 404:
      return { outcome: 'unauthorized' };
    case 429:
      return { outcome: 'throttled', retryAfterSeconds };
    case 400:
    case 403:
      return { outcome: 'refused', codes: [`HTTP_${status}`] };
    default:
      return { outcome: 'unavailable', retryAfterSeconds };
  }
}

function ofBody<Data>(answer: Body, cost: Cost | null): AdminResult<Data> {
  const errors = Array.isArray(answer.errors) ? answer.errors : answer.errors ? [{}] : [];
  const codes = errors.map((error) => error.extensions?.code ?? 'UNKNOWN');
  if (codes.includes('THROTTLED')) {
    const missing = cost ? Math.max(cost.requested - cost.available, 1) / Math.max(cost.restoreRate, 1) : 1;
    return { outcome: 'throttled', retryAfterSeconds: Math.min(missing, 30) };
  }
  if (codes.some((code) => code === 'INTERNAL_SERVER_ERROR' || code === 'TIMEOUT')) {
    return { outcome: 'unavailable', retryAfterSeconds: 5 };
  }
  if (errors.length > 0) return { outcome: 'refused', codes };
  if (!answer.data) return { outcome: 'unavailable', retryAfterSeconds: 5 };
  const data = answer.data as Data;
  const refusals = userErrorsOf(answer.data);
  return refusals.length > 0 ? { outcome: 'user-errors', errors: refusals, data } : { outcome: 'ok', data };
}

function costOf(answer: Body): Cost | null {
  const cost = answer.extensions?.cost;
  if (!cost) return null;
  const { currentlyAvailable, maximumAvailable, restoreRate } = cost.throttleStatus;
  return {
    requested: cost.requestedQueryCost,
    available: currentlyAvailable,
    maximum: maximumAvailable,
    restoreRate,
  };
}

/** The payload of every mutation has a list that is called …UserErrors or userErrors. */
function userErrorsOf(data: Record<string, unknown>): UserError[] {
  return Object.values(data).flatMap((payload) => {
    if (typeof payload !== 'object' || payload === null) return [];
    return Object.entries(payload).flatMap(([name, list]) =>
      /userErrors$/i.test(name) && Array.isArray(list) ? list.map(userErrorOf) : [],
    );
  });
}

function userErrorOf(error: Partial<UserError>): UserError {
  return { field: error.field ?? null, message: error.message ?? '', code: error.code ?? null };
}
