/** One client for the Admin API: each shop's budget respected, retries only where nothing can happen twice. */
import { setTimeout as sleep } from 'node:timers/promises';
import { realNow } from '../../clock.server.ts';
import type { AdminClient, AdminDocument, AdminOptions, AdminResult } from './admin-client.ts';
import { budgets, type Budgets } from './budget.ts';
import { readAnswer, type Cost } from './admin-answer.ts';
import { isNetworkError, type TokenResult, type Tokens } from './tokens.server.ts';

/** The version that documents/ are validated against. */
export const API_VERSION = '2026-10';

const TIMEOUT = 15_000;
/** Times that a read is asked again after a network failure. */
const READ_RETRIES = 2;
const DEFAULT_PATIENCE = 10_000;

export type Admin = (domain: string) => AdminClient;

/** @returns a client a shop; budgets are shared by all clients of this process */
export function adminApi(tokens: Tokens): Admin {
  const shared = budgets();
  return (domain) => ({ query: (...ask) => query({ tokens, budgets: shared, domain }, ...ask) });
}

interface Context {
  tokens: Tokens;
  budgets: Budgets;
  domain: string;
}

async function query<Data, Variables>(
  context: Context,
  document: AdminDocument<Data, Variables>,
  variables: Variables,
  { patience = DEFAULT_PATIENCE }: AdminOptions = {},
): Promise<AdminResult<Data>> {
  const deadline = realNow() + patience;
  const token = await context.tokens.offlineToken(context.domain);
  if (token.outcome !== 'token') return withoutToken(token);
  let accessToken = token.accessToken;
  for (let attempt = 0; ; attempt++) {
    const budgetWait = context.budgets.waitFor(context.domain, document.text, realNow());
    if (realNow() + budgetWait > deadline) return throttled(budgetWait);
    if (budgetWait > 0) await sleep(budgetWait);
    const { result, cost } = await send(context.domain, accessToken, document, variables);
    if (cost) context.budgets.learn(context.domain, document.text, cost, realNow());
    if (result.outcome === 'throttled') {
      if (realNow() + result.retryAfterSeconds * 1000 > deadline) return result;
      await sleep(result.retryAfterSeconds * 1000);
    } else if (result.outcome === 'unauthorized' && attempt === 0) {
      const other = await context.tokens.offlineToken(context.domain, accessToken);
      if (other.outcome !== 'token') return withoutToken(other);
      accessToken = other.accessToken;
    } else if (result.outcome === 'unavailable' && !document.isMutation && attempt < READ_RETRIES) {
      await sleep(200 * 2 ** attempt);
    } else {
      return result;
    }
  }
}

function withoutToken<Data>(result: Exclude<TokenResult, { outcome: 'token' }>): AdminResult<Data> {
  return result.outcome === 'unavailable'
    ? { outcome: 'unavailable', retryAfterSeconds: 5 }
    : { outcome: 'unauthorized' };
}

const throttled = <Data>(ms: number): AdminResult<Data> => ({
  outcome: 'throttled',
  retryAfterSeconds: Math.ceil(ms / 1000),
});

async function send<Data, Variables>(
  domain: string,
  accessToken: string,
  document: AdminDocument<Data, Variables>,
  variables: Variables,
): Promise<{ result: AdminResult<Data>; cost: Cost | null }> {
  try {
    const response = await fetch(`https://${domain}/admin/api/${API_VERSION}/graphql.json`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'x-shopify-access-token': accessToken,
      },
      body: JSON.stringify({ query: document.text, variables }),
      signal: AbortSignal.timeout(TIMEOUT),
    });
    return readAnswer<Data>(response.status, response.headers, await bodyOf(response));
  } catch (error) {
    if (!isNetworkError(error)) throw error;
    return { result: { outcome: 'unavailable', retryAfterSeconds: 5 }, cost: null };
  }
}

/** Error pages are no JSON, and their status says all. */
async function bodyOf(response: Response): Promise<unknown> {
  if (response.ok) return response.json();
  await response.body?.cancel();
  return null;
}
