/**
 * Who is asking? The only door to Shopify's library, and the guard for what it lets through: staff (embedded admin),
 * buyers (UI extensions), visitors of the storefront (app proxy).
 */
import '@shopify/shopify-app-remix/adapters/node';
import { ApiVersion, AppDistribution, LogSeverity, shopifyApp } from '@shopify/shopify-app-remix/server';
import { now, realNow } from '../../clock.server.ts';
import type { Db } from '../../db.server.ts';
import type { Queue } from '../../jobs/queue.server.ts';
import { errorFields, log } from '../../log.server.ts';
import type { Shop } from '../../shops/shop.ts';
import { findShop, installShop, isStaffKnown, nameStaff } from '../../shops/shops.server.ts';
import type { Admin } from './admin-client.server.ts';
import type { AdminClient } from './admin-client.ts';
import { withCors } from './cors.ts';
import { readProxyQuery, type ProxyVisit } from './proxy-signature.ts';
import { adminOf, buyerOf, readToken } from './session-token.ts';
import { staffNames } from './staff-names.server.ts';
import type { Sessions } from './sessions.server.ts';

export interface AuthenticationDeps {
  apiKey: string;
  /** The present secret first, then the one before the last rotation. */
  secrets: readonly string[];
  appUrl: string;
  db: Db;
  queue: Pick<Queue, 'enqueue'>;
  sessions: Sessions;
  admin: Admin;
}

type Library = ReturnType<typeof libraryFor>;
interface Connected extends AuthenticationDeps {
  /** One a secret: the library itself knows nothing of rotation. */
  libraries: readonly Library[];
  nameStaff: ReturnType<typeof staffNames>;
}

let connected: Connected | undefined;

/** Called once by wiring, before the first request. */
export function connectAuthentication(deps: AuthenticationDeps): void {
  const libraries = deps.secrets.map((secret) => libraryFor(deps, secret));
  connected = {
    ...deps,
    libraries,
    nameStaff: staffNames({ ...deps, isKnown: isStaffKnown, keep: nameStaff }),
  };
}

function connection(): Connected {
  if (!connected) throw new Error('connectAuthentication() has not been called');
  return connected;
}

function libraryFor({ apiKey, appUrl, sessions }: AuthenticationDeps, secret: string) {
  return shopifyApp({
    apiKey,
    apiSecretKey: secret,
    apiVersion: ApiVersion.October26,
    appUrl,
    authPathPrefix: '/auth',
    distribution: AppDistribution.AppStore,
    sessionStorage: sessions,
    // Its messages carry whole tokens, so none is written; that there was one is.
    logger: { level: LogSeverity.Error, log: async () => log.error('shopify library') },
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
  });
}

/** Headers of documents in the admin's frame: who may frame them, and App Bridge early. */
export function addDocumentResponseHeaders(request: Request, headers: Headers): void {
  connection().libraries[0]!.addDocumentResponseHeaders(request, headers);
}

/** A member of the shop's staff, working in the embedded admin. */
export interface Staff {
  shop: Shop;
  admin: AdminClient;
  /** Shopify's id of the staff member */
  userId: bigint;
  /** BCP 47, as the admin opened the page; null on later requests */
  locale: string | null;
  /** Keeps the page embedded; `shopify://admin/…` leads into the admin. */
  redirect: (url: string, init?: { target?: '_self' | '_parent' | '_top' | '_blank' }) => Response;
}

/**
 * The staff member behind a request of the embedded admin; installs the app for a shop that comes for the first time.
 * @throws Response: the bounce page, a redirect, or 401. Let it through.
 */
export async function authenticateAdmin(request: Request): Promise<Staff> {
  const app = connection();
  const url = new URL(request.url);
  const header = request.headers.get('authorization')?.replace('Bearer ', '');
  const token = header || url.searchParams.get('id_token');
  const reading = token ? await readToken(token, app) : null;
  if (reading?.outcome !== 'valid') return retryWithToken(app, header ? null : withoutToken(request));
  const staff = adminOf(reading.claims);
  if (!staff || !isSameShop(url, staff.domain)) throw unauthorized();

  const standing = await find(app, staff.domain);
  // A session that this process remembers from before an uninstall proves nothing.
  if (standing?.status !== 'installed') app.sessions.drop(staff.domain);
  const { redirect } = await app.libraries[reading.claims.secret]!.authenticate.admin(request);
  const shop = standing?.status === 'installed' ? standing : await install(app, staff.domain);
  app.nameStaff({
    shop,
    userId: staff.userId,
    sessionToken: token!,
    secret: app.secrets[reading.claims.secret]!,
  });
  return {
    shop,
    admin: app.admin(shop.domain),
    userId: staff.userId,
    locale: url.searchParams.get('locale'),
    redirect,
  };
}

/** App Bridge tries once more with a fresh token; a document is led to the bounce page, which fetches one. */
async function retryWithToken(app: Connected, document: Request | null): Promise<never> {
  if (document) await app.libraries[0]!.authenticate.admin(document);
  throw new Response(null, { status: 401, headers: { 'x-shopify-retry-invalid-session-request': '1' } });
}

/** The library is only ever given tokens that were read here first: it stumbles over some that Shopify never makes. */
function withoutToken(request: Request): Request {
  const url = new URL(request.url);
  url.searchParams.delete('id_token');
  return new Request(url, { method: request.method, headers: request.headers });
}

const find = (app: Connected, domain: string) => findShop({ sql: app.db.preparedAcrossShops }, domain);

const install = (app: Connected, domain: string) =>
  app.db.acrossShops((tx) => installShop(app.queue, tx, domain, now()));

const isSameShop = (url: URL, domain: string) => (url.searchParams.get('shop') ?? domain) === domain;
const unauthorized = () => new Response(null, { status: 401 });

/** Somebody on a checkout, thank-you or order-status page. */
export interface Buyer {
  outcome: 'buyer';
  shop: Shop;
  /** Shopify's id of the customer, when signed in */
  customerId: bigint | null;
  /** Every answer to an extension goes through this: without CORS it would see a network error. */
  cors: (response: Response) => Response;
}

/** `response` is the whole answer, with CORS: 401, or 204 to a preflight request. */
export type BuyerResult =
  Buyer | { outcome: 'refused'; response: Response } | { outcome: 'preflight'; response: Response };

/** The buyer behind a request of a UI extension. The order that it names is the buyer's word. */
export async function authenticateBuyer(request: Request): Promise<BuyerResult> {
  if (request.method === 'OPTIONS') {
    return { outcome: 'preflight', response: withCors(new Response(null, { status: 204 })) };
  }
  const app = connection();
  const [, token] = /^Bearer (\S+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
  const reading = token ? await readToken(token, app) : null;
  const buyer = reading?.outcome === 'valid' ? buyerOf(reading.claims) : null;
  const shop = buyer && (await find(app, buyer.domain));
  if (shop?.status !== 'installed') return { outcome: 'refused', response: withCors(unauthorized()) };
  return { outcome: 'buyer', shop, customerId: buyer?.customerId ?? null, cors: withCors };
}

/**
 * A whole request of a UI extension: `work` is called for a buyer only; every answer carries CORS, a failure too
 * (503: the extension keeps what it has and tries again).
 */
export function answerBuyer(request: Request, work: (buyer: Buyer) => Promise<Response>): Promise<Response> {
  return answered(request, async () => {
    const buyer = await authenticateBuyer(request);
    return buyer.outcome === 'buyer' ? withCors(await work(buyer)) : buyer.response;
  });
}

/** The same for a block in Shopify's own admin: `work` is called for a member of the staff only. */
export function answerStaff(request: Request, work: (staff: Staff) => Promise<Response>): Promise<Response> {
  return answered(request, async () => {
    if (request.method === 'OPTIONS') return withCors(new Response(null, { status: 204 }));
    const hasToken = /^Bearer \S+$/.test(request.headers.get('authorization') ?? '');
    return withCors(hasToken ? await work(await authenticateAdmin(request)) : unauthorized());
  });
}

/** A whole request that anybody may make: nothing of Shopify's says who it is. */
export const answerAnybody = (request: Request, work: () => Promise<Response>): Promise<Response> =>
  answered(request, async () => withCors(await work()));

async function answered(request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Response) return withCors(error);
    log.error('an extension got no answer', { route: new URL(request.url).pathname, ...errorFields(error) });
    return withCors(new Response(null, { status: 503, headers: { 'retry-after': '5' } }));
  }
}

/** Somebody who opened SHOP/apps/friends/… */
export interface Visitor extends Omit<ProxyVisit, 'domain'> {
  outcome: 'visitor';
  shop: Shop;
}

/** The visitor behind a request that Shopify forwarded and signed within the last 90 seconds. */
export async function authenticateProxy(
  request: Request,
): Promise<Visitor | { outcome: 'refused'; response: Response }> {
  const app = connection();
  const query = new URL(request.url).searchParams;
  const visit = readProxyQuery(query, app.secrets, Math.floor(realNow() / 1000));
  const shop = visit && (await find(app, visit.domain));
  if (!visit || shop?.status !== 'installed') return { outcome: 'refused', response: unauthorized() };
  return { outcome: 'visitor', shop, customerId: visit.customerId, pathPrefix: visit.pathPrefix };
}
