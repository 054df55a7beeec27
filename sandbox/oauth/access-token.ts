/** `POST /admin/oauth/access_token`: token exchange, refresh, client credentials. Tokens live in real time. */

import { randomBytes } from 'node:crypto';
import type { Installation, Shop } from '../state/shop.ts';
import { verifyToken } from './sign.ts';

const OFFLINE_SECONDS = 3600;
const ONLINE_SECONDS = 86_400;
const REFRESH_SECONDS = 90 * 86_400;
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

export interface TokenAnswer {
  status: number;
  body: object;
}

interface App {
  apiKey: string;
  apiSecret: string;
}

export function accessToken(app: App, shop: Shop, body: Record<string, unknown>): TokenAnswer {
  if (body.client_id !== app.apiKey || body.client_secret !== app.apiSecret) {
    return refuse(401, 'invalid_client', 'The client_id or the client_secret is not valid');
  }
  const { installation } = shop;
  if (!installation) return refuse(400, 'invalid_request', 'The app is not installed on this shop');
  switch (body.grant_type) {
    case EXCHANGE:
      return exchange(app, shop, installation, body);
    case 'refresh_token':
      return refresh(installation, body);
    case 'client_credentials':
      return issueOffline(installation, true, null);
    default:
      return refuse(400, 'unsupported_grant_type', 'The grant type is not supported');
  }
}

function exchange(
  app: App,
  shop: Shop,
  installation: Installation,
  body: Record<string, unknown>,
): TokenAnswer {
  const claims = verifyToken(body.subject_token, app.apiSecret);
  const good =
    claims !== null &&
    claims.aud === app.apiKey &&
    claims.iss === `https://${shop.domain}/admin` &&
    claims.dest === `https://${shop.domain}` &&
    typeof claims.sub === 'string' &&
    /^\d+$/.test(claims.sub);
  if (!good) return refuse(400, 'invalid_subject_token', 'The subject token is not valid');
  const kind = text(body.requested_token_type).split(':').at(-1);
  if (kind === 'online-access-token') return issueOnline(shop, installation, String(claims.sub));
  if (kind === 'offline-access-token') return issueOffline(installation, text(body.expiring) === '1', null);
  return refuse(400, 'invalid_request', 'requested_token_type is not known');
}

/**
 * A refresh token stays usable until the one that replaces it is used: an answer that got lost can be asked for again.
 */
function refresh(installation: Installation, body: Record<string, unknown>): TokenAnswer {
  const given = text(body.refresh_token);
  const known = installation.refreshTokens[given];
  if (!known || known.expires < Date.now()) {
    return refuse(400, 'invalid_grant', 'This request requires an active refresh_token');
  }
  if (known.replaces) delete installation.refreshTokens[known.replaces];
  known.replaces = null;
  return issueOffline(installation, true, given);
}

function issueOffline(installation: Installation, expiring: boolean, replaces: string | null): TokenAnswer {
  const token = `shpat_${randomBytes(16).toString('hex')}`;
  const { scopes } = installation;
  forgetExpired(installation);
  const expires = expiring ? Date.now() + OFFLINE_SECONDS * 1000 : null;
  installation.accessTokens[token] = { kind: 'offline', scopes, expires, user: null };
  const answer = { access_token: token, scope: scopes.join(',') };
  if (!expiring) return { status: 200, body: answer };
  const next = `shprt_${randomBytes(16).toString('hex')}`;
  installation.refreshTokens[next] = { expires: Date.now() + REFRESH_SECONDS * 1000, replaces };
  return {
    status: 200,
    body: {
      ...answer,
      expires_in: OFFLINE_SECONDS,
      refresh_token: next,
      refresh_token_expires_in: REFRESH_SECONDS,
    },
  };
}

function issueOnline(shop: Shop, installation: Installation, user: string): TokenAnswer {
  const token = `shpua_${randomBytes(16).toString('hex')}`;
  const { scopes } = installation;
  installation.accessTokens[token] = {
    kind: 'online',
    scopes,
    expires: Date.now() + ONLINE_SECONDS * 1000,
    user,
  };
  const [first_name = '', ...rest] = shop.ownerName.split(' ');
  return {
    status: 200,
    body: {
      access_token: token,
      scope: scopes.join(','),
      expires_in: ONLINE_SECONDS,
      associated_user_scope: scopes.join(','),
      associated_user: {
        id: Number(user),
        first_name,
        last_name: rest.join(' '),
        email: shop.email,
        email_verified: true,
        account_owner: true,
        locale: 'en',
        collaborator: false,
      },
    },
  };
}

function forgetExpired(installation: Installation): void {
  const now = Date.now();
  for (const [token, { expires }] of Object.entries(installation.accessTokens)) {
    if (expires !== null && expires < now - 86_400_000) delete installation.accessTokens[token];
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The token's rights; null for one that is unknown or has expired. */
export function sessionOf(shop: Shop, token: unknown): { scopes: string[]; user: string | null } | null {
  const known = shop.installation?.accessTokens[text(token)];
  return known && (known.expires === null || known.expires > Date.now()) ? known : null;
}

function refuse(status: number, error: string, error_description: string): TokenAnswer {
  return { status, body: { error, error_description } };
}
