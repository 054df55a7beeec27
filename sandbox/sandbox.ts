/** Builds a whole sandbox: the only place where its parts meet. */

import type { AddressInfo } from 'node:net';
import { type Limits, LIMITS } from './admin-api/cost.ts';
import { adminApiRoutes } from './admin-api/routes.ts';
import { type AppConfig, readAppConfig } from './app-config.ts';
import { proxyRoutes } from './app-proxy.ts';
import { BadInput } from './bad-input.ts';
import { createClock } from './clock/clock.ts';
import { createDueReader } from './clock/due.ts';
import { createOffset } from './clock/offset.ts';
import { upcoming } from './clock/upcoming.ts';
import { createWork } from './clock/work.ts';
import { controlRoutes } from './control/routes.ts';
import { createFaults } from './faults/faults.ts';
import { createServer } from './http/router.ts';
import type { Kernel } from './kernel.ts';
import { createMailServer } from './mail/smtp.ts';
import { textRoutes } from './mail/texts.ts';
import { frameUrl, grantScopes, install, revokeScopes, uninstall } from './oauth/install.ts';
import { oauthRoutes } from './oauth/routes.ts';
import { adminToken, buyerToken } from './oauth/sign.ts';
import { pageRoutes } from './pages/routes.ts';
import { createIds } from './state/ids.ts';
import { createKeeper, emptyState, restore } from './state/keep.ts';
import type { Shop } from './state/shop.ts';
import { createUrls } from './state/urls.ts';
import { instant } from './state/zoned.ts';
import { FIRST_SHOP, newShop, type ShopInput } from './store/new-shop.ts';
import { createStore } from './store/store.ts';
import { storefrontRoutes } from './storefront.ts';
import type { Route, Sandbox } from './types.ts';
import { createVisits } from './visits.ts';
import { createDeliveries } from './webhooks/deliveries.ts';
import { shopRedactBody } from './webhooks/bodies/shop.ts';

export interface SandboxOptions {
  apiKey?: string;
  apiSecret?: string;
  appUrl?: string;
  /** Where the state is kept; null or missing: nowhere. */
  dataDir?: string | null;
  clockFile?: string | null;
  /** The app's database, read for what is due. */
  databaseUrl?: string | null;
  /** A shopify.app.toml, or what stands in it. */
  appConfig?: string | AppConfig;
  /** Ids above 2^53. */
  hugeIds?: boolean;
  firstShop?: ShopInput;
  /** After so long without any movement the clock gives up. */
  stuckMs?: number;
  /** Of the Admin API's bucket; the standard plan's when missing. */
  limits?: Limits;
  log?: (line: string) => void;
}

export interface RunningSandbox extends Sandbox {
  /** True when nothing was restored: the shop is new. */
  readonly isNew: boolean;
  /** What it is busy with before it is ready; null: ready. */
  preparing: string | null;
  addShop(input: ShopInput): Shop;
  /** A store that nobody has seen yet gets another first day. */
  openAt(epochMs: number): void;
  redactShop(shop: Shop): void;
  /** Opens the front door and the mail server; 0 takes any free port. */
  listen(port?: number, mailPort?: number): Promise<string>;
  close(): Promise<void>;
}

export function createSandbox(options: SandboxOptions = {}): RunningSandbox {
  const { apiKey = 'sandbox-key', apiSecret = 'sandbox-secret', dataDir = null } = options;
  const appUrl = (options.appUrl ?? 'http://localhost:3000').replace(/\/$/, '');
  const limits = options.limits ?? LIMITS;
  const log = options.log ?? (() => {});
  const restored = restore(dataDir);
  const state = restored ?? emptyState();
  const keeper = createKeeper(state, dataDir);
  const { changed } = keeper;
  const appConfig = configOf(options.appConfig);
  const config = () => appConfig;

  const ids = createIds(state, { salt: apiSecret, ...(options.hugeIds && { huge: true }) });
  const offset = createOffset(state, options.clockFile ?? null, changed);
  const nowIso = () => instant(offset.now());
  const faults = createFaults(state, offset.now, changed);
  const deliveries = createDeliveries({
    state,
    config,
    appUrl,
    apiSecret,
    now: offset.now,
    dice: faults.dice,
    changed,
  });
  const due = createDueReader(options.databaseUrl ?? null);
  const work = createWork(log);
  const clock = createClock({
    offset,
    due,
    deliveries,
    work,
    upcoming: (limit = 8) => upcoming(state, due, offset.now(), limit),
    ...(options.stuckMs && { stuckMs: options.stuckMs }),
  });
  let origin = 'http://localhost:4000';
  let mailPort = 0;
  const urls = createUrls(() => origin);
  const kernel: Kernel = {
    state,
    ids,
    urls,
    now: nowIso,
    changed,
    emit: (shop, events) => deliveries.emit(shop, events),
  };
  const appSide = { apiKey, apiSecret, appUrl, config, deliveries, nowIso, changed };
  const mail = createMailServer({ state, nowIso, dice: faults.dice, changed, log });
  const ticker = setInterval(() => deliveries.tick(), 500).unref();

  const addShop = (input: ShopInput): Shop => {
    if (state.shops.some((s) => s.domain === input.domain))
      throw new BadInput(`domain: ${input.domain} exists already`);
    const shop = newShop(input, ids, nowIso());
    state.shops.push(shop);
    changed();
    return shop;
  };

  const sandbox: RunningSandbox = {
    apiKey,
    apiSecret,
    appUrl,
    dataDir,
    app: appConfig,
    state,
    clock,
    urls,
    faults,
    isNew: restored === null,
    preparing: null,
    store: createStore(kernel),
    tokens: {
      admin: (shop, { user, ttl } = {}) =>
        adminToken({ shop: shop.domain, apiKey, secret: apiSecret, user, ttl }),
      buyer: (shop, { customer, ttl } = {}) =>
        buyerToken({ shop: shop.domain, apiKey, secret: apiSecret, customer, ttl }),
    },
    get origin() {
      return origin;
    },
    get mailPort() {
      return mailPort;
    },
    shop(name) {
      const found = name ? state.shops.find((s) => s.domain === name || s.handle === name) : state.shops[0];
      if (!found)
        throw new BadInput(
          `shop: there is no ${name} (there is ${state.shops.map((s) => s.domain).join(', ')})`,
        );
      return found;
    },
    addShop,
    openAt(epochMs) {
      offset.set(epochMs);
      state.shops = [];
      addShop(options.firstShop ?? FIRST_SHOP);
    },
    install: (shop) => install(appSide, shop).then(() => clock.settle()),
    uninstall: (shop) => Promise.resolve(uninstall(appSide, shop)).then(() => clock.settle()),
    redactShop: (shop) =>
      deliveries.emit(shop, [['shop/redact', shopRedactBody(shop)]], { uninstalled: true }),
    grantScopes: (shop, scopes) => grantScopes(appSide, shop, scopes),
    revokeScopes: (shop, scopes) => revokeScopes(appSide, shop, scopes),
    appFrameUrl: (shop, path) => frameUrl(appSide, shop, path),
    visit: createVisits(),
    /** The app is told that every shop is gone, so that nothing of the old ones is left in it either. */
    async reset() {
      faults.clear();
      const installed = state.shops.filter((shop) => shop.installation);
      for (const shop of installed) uninstall(appSide, shop);
      await clock.settle();
      for (const shop of installed) sandbox.redactShop(shop);
      await clock.settle();
      deliveries.clear();
      Object.assign(state, { shops: [], mails: [], texts: [] });
      offset.set(Date.now());
      const shop = addShop(options.firstShop ?? FIRST_SHOP);
      if (installed.length > 0) await sandbox.install(shop);
    },
    async listen(port = 0, smtpPort = 0) {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', resolve);
      });
      origin = `http://localhost:${(server.address() as AddressInfo).port}`;
      mailPort = await mail.listen(smtpPort);
      return origin;
    },
    async close() {
      clearInterval(ticker);
      server.closeAllConnections();
      await Promise.all([new Promise((resolve) => server.close(resolve)), mail.close(), due.close()]);
      keeper.flush();
    },
  };

  if (state.shops.length === 0) addShop(options.firstShop ?? FIRST_SHOP);
  const inside = { sandbox, kernel, deliveries, work, faults, appSide, config, log, limits };
  const routes: Route[] = [
    ...controlRoutes(inside),
    ...oauthRoutes(inside),
    ...adminApiRoutes(inside),
    ...textRoutes({ state, nowIso, dice: faults.dice, changed }),
    ...proxyRoutes(sandbox, config),
    ...storefrontRoutes(sandbox),
    ...pageRoutes(sandbox),
  ];
  const server = createServer(() => routes, { log });
  return sandbox;
}

function configOf(given: string | AppConfig | undefined): AppConfig {
  return typeof given === 'object' ? given : readAppConfig(given ?? 'shopify.app.toml');
}
