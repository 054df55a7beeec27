/**
 * Access tokens that work now. Offline tokens live an hour; both tokens are replaced together, under one lock a shop,
 * so that no two processes spend the same refresh token. A lost answer does no harm: Shopify lets the old refresh token
 * stand until the new one is used.
 */
import type { Session } from '@shopify/shopify-api';
import { realNow } from '../../clock.server.ts';
import type { Db, SqlTx } from '../../db.server.ts';
import { offlineId, type Sessions } from './sessions.server.ts';

export type TokenResult =
  | { outcome: 'token'; accessToken: string }
  /** The shop never installed, or uninstalled. */
  | { outcome: 'none' }
  /** Shopify does not accept the refresh token: uninstalled, or 90 days without a sign of life. */
  | { outcome: 'refused' }
  | { outcome: 'unavailable' };

export interface Tokens {
  /** @param refused a token that Shopify has just refused: it is replaced, however long it should still live */
  offlineToken(domain: string, refused?: string): Promise<TokenResult>;
  /** Refreshes tokens of shops that have not been heard of, before their refresh token dies. */
  refreshIdle(): Promise<number>;
}

/** Milliseconds of life below which a token is replaced before it is used. */
const TOO_OLD = 5 * 60_000;
const TIMEOUT = 10_000;

/** Waits for whoever refreshes this shop's token at the moment. */
const LOCK = `select pg_advisory_xact_lock(hashtextextended($1, 0))`;

/** Refresh tokens live 90 days; those that have less than 30 left are used once, a few at a time. */
const IDLE = `
  select shop from shopify_session
  where not is_online and refresh_token_expires < $1::timestamptz + interval '30 days' and refresh_token_expires > $1
  order by refresh_token_expires limit 100`;

export function tokensOf(deps: {
  db: Db;
  sessions: Sessions;
  apiKey: string;
  /** The present one first */
  secrets: readonly string[];
}): Tokens {
  const { db, sessions } = deps;
  const refresh = (domain: string, refused?: string) =>
    db.acrossShops(async (tx): Promise<TokenResult> => {
      await tx.sql(LOCK, [`shopify-token:${domain}`]);
      const session = await sessions.readOffline(tx, domain);
      if (!session) return { outcome: 'none' };
      const usable = usableToken(session, refused);
      return usable ? { outcome: 'token', accessToken: usable } : replaced(deps, tx, session);
    });
  return {
    async offlineToken(domain, refused) {
      const session = await sessions.loadSession(offlineId(domain));
      const usable = session && usableToken(session, refused);
      return usable ? { outcome: 'token', accessToken: usable } : refresh(domain, refused);
    },
    async refreshIdle() {
      const rows = await db.sqlAcrossShops<{ shop: string }>(IDLE, [new Date(realNow())]);
      let done = 0;
      for (const { shop } of rows) {
        const session = await sessions.loadSession(offlineId(shop));
        const result = await refresh(shop, session?.accessToken);
        if (result.outcome === 'token') done += 1;
      }
      return done;
    },
  };
}

function usableToken(session: Session, refused: string | undefined): string | null {
  const { accessToken, expires } = session;
  if (!accessToken || accessToken === refused) return null;
  if (expires && expires.getTime() - realNow() < TOO_OLD) return null;
  return accessToken;
}

interface Grant {
  access_token: string;
  expires_in?: number;
  refresh_token?: string;
  refresh_token_expires_in?: number;
  scope?: string;
}

type Asked = { outcome: 'granted'; grant: Grant } | { outcome: 'refused' } | { outcome: 'unavailable' };

async function replaced(
  deps: { sessions: Sessions; apiKey: string; secrets: readonly string[] },
  tx: SqlTx,
  session: Session,
): Promise<TokenResult> {
  if (!session.refreshToken) return { outcome: 'refused' };
  const asked = await askForTokens(deps.apiKey, deps.secrets[0] ?? '', session.shop, session.refreshToken);
  if (asked.outcome === 'refused') {
    // Without an access token the session is not active: when the merchant opens the app, it is exchanged anew.
    delete session.accessToken;
    await deps.sessions.replaceTokens(tx, session);
  }
  if (asked.outcome !== 'granted') return asked;
  const { grant } = asked;
  session.accessToken = grant.access_token;
  session.refreshToken = grant.refresh_token ?? session.refreshToken;
  // An answer without a life time is taken as an hour: without one, the token would never be replaced again.
  session.expires = inSeconds(grant.expires_in ?? 3600);
  if (grant.refresh_token_expires_in) session.refreshTokenExpires = inSeconds(grant.refresh_token_expires_in);
  if (grant.scope !== undefined) session.scope = grant.scope;
  const kept = await deps.sessions.replaceTokens(tx, session);
  return kept ? { outcome: 'token', accessToken: grant.access_token } : { outcome: 'none' };
}

const inSeconds = (seconds: number) => new Date(realNow() + seconds * 1000);

async function askForTokens(
  apiKey: string,
  secret: string,
  domain: string,
  refreshToken: string,
): Promise<Asked> {
  const grant = {
    client_id: apiKey,
    client_secret: secret,
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  };
  try {
    const response = await fetch(`https://${domain}/admin/oauth/access_token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(grant),
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (response.ok) return { outcome: 'granted', grant: (await response.json()) as Grant };
    return [400, 401, 404].includes(response.status) ? { outcome: 'refused' } : { outcome: 'unavailable' };
  } catch (error) {
    if (isNetworkError(error)) return { outcome: 'unavailable' };
    throw error;
  }
}

/** fetch's own failures: no connection, a time-out, an answer that breaks off or is no JSON. */
export const isNetworkError = (error: unknown): boolean =>
  error instanceof TypeError ||
  error instanceof SyntaxError ||
  (error instanceof DOMException && ['TimeoutError', 'AbortError'].includes(error.name));
