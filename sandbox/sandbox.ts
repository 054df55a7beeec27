/** A whole sandbox: its front door, its mail server, and the verbs that everybody else uses. */

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Limits, LIMITS } from './admin-api/cost.ts';
import { adminApiRoutes } from './admin-api/routes.ts';
import type { AppConfig } from './app-config.ts';
import { proxyRoutes } from './app-proxy.ts';
import { BadInput } from './bad-input.ts';
import { controlRoutes } from './control/routes.ts';
import { type Core, createCore } from './core.ts';
import { createServer } from './http/router.ts';
import type { Inside } from './inside.ts';
import { createMailServer, type MailServer } from './mail/smtp.ts';
import { textRoutes } from './mail/texts.ts';
import { frameUrl, grantScopes, install, revokeScopes, uninstall } from './oauth/install.ts';
import { oauthRoutes } from './oauth/routes.ts';
import { adminToken, buyerToken } from './oauth/sign.ts';
import { pageRoutes } from './pages/routes.ts';
import type { Shop, State } from './state/shop.ts';
import { FIRST_SHOP, newShop, type ShopInput } from './store/new-shop.ts';
import { createStore } from './store/store.ts';
import { storefrontRoutes } from './storefront.ts';
import type { Clock, Faults, PageRequest, Route, Sandbox, Store, TokenMint, Urls, Visit } from './types.ts';
import { createVisits } from './visits.ts';
import { shopRedactBody } from './webhooks/bodies/shop.ts';

const TICK_MS = 500;

export interface SandboxOptions {
  apiKey?: string;
  apiSecret?: string;
  appUrl?: string;
  /** Where the state is kept; null or missing: nowhere. */
  dataDir?: string | null;
  clockFile?: string | null;
  /** The app's database, read for what is due. */
  databaseUrl?: string | null;
  /** Where the app reaches it, so that it can be disturbed; null or missing: the app goes there by itself. */
  databaseRelayPort?: number | null;
  /** A shopify.app.toml, or what stands in it. */
  appConfig?: string | AppConfig;
  /** Ids above 2^53. */
  hugeIds?: boolean;
  firstShop?: ShopInput;
  /** After so long without any movement the clock gives up. */
  stuckMs?: number;
  /** Signs the mails that are handed on to the app. */
  inboundMailKey?: string;
  /** Signs texts that people send. */
  inboundTextsSecret?: string;
  /** Of the Admin API's bucket; the standard plan's when missing. */
  limits?: Limits;
  log?: (line: string) => void;
}

export function createSandbox(options: SandboxOptions = {}): RunningSandbox {
  return new RunningSandbox(options);
}

export class RunningSandbox implements Sandbox {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly appUrl: string;
  readonly dataDir: string | null;
  readonly app: AppConfig;
  readonly state: State;
  readonly clock: Clock;
  readonly store: Store;
  readonly urls: Urls;
  readonly tokens: TokenMint;
  readonly faults: Faults;
  /** True when nothing was restored: the store is new. */
  readonly isNew: boolean;
  /** What it is busy with before it is ready; null: ready. */
  preparing: string | null = null;
  readonly visit: (request: PageRequest) => Visit;

  private readonly options: SandboxOptions;
  private readonly core: Core;
  private readonly server: Server;
  private readonly mail: MailServer;
  private readonly ticker: NodeJS.Timeout;
  private address = { origin: 'http://localhost:4000', mailPort: 0 };

  constructor(options: SandboxOptions) {
    this.options = options;
    const core = createCore(options, () => this.origin);
    this.core = core;
    const { apiKey, apiSecret, appUrl, state, deliveries, faults, wire, nowIso, log } = core;
    this.apiKey = apiKey;
    this.apiSecret = apiSecret;
    this.appUrl = appUrl;
    this.dataDir = core.dataDir;
    this.app = core.appConfig;
    this.state = state;
    this.clock = core.clock;
    this.urls = core.urls;
    this.faults = faults;
    this.isNew = core.isNew;
    this.store = createStore(core.kernel);
    this.tokens = {
      admin: (shop, { user, ttl } = {}) =>
        adminToken({ shop: shop.domain, apiKey, secret: apiSecret, user, ttl }),
      buyer: (shop, { customer, ttl } = {}) =>
        buyerToken({ shop: shop.domain, apiKey, secret: apiSecret, customer, ttl }),
    };
    this.visit = createVisits();
    this.mail = createMailServer({ state, nowIso, dice: faults.dice, keeper: core.keeper, log });
    this.ticker = setInterval(() => {
      deliveries.tick();
      wire.look();
    }, TICK_MS).unref();
    if (state.shops.length === 0) this.addShop(options.firstShop ?? FIRST_SHOP);
    const routes = this.routes();
    this.server = createServer(() => routes, { log, beforeAnswer: core.keeper.keep });
  }

  private routes(): Route[] {
    const { state, nowIso, faults, changed, config } = this.core;
    const { limits = LIMITS, inboundMailKey = 'sandbox-signing-key' } = this.options;
    const { inboundTextsSecret = 'sandbox-texts-secret' } = this.options;
    const inside: Inside = { ...this.core, sandbox: this, limits, inboundMailKey, inboundTextsSecret };
    return [
      ...controlRoutes(inside),
      ...oauthRoutes(inside),
      ...adminApiRoutes(inside),
      ...textRoutes({ state, nowIso, dice: faults.dice, changed }),
      ...proxyRoutes(this, config),
      ...storefrontRoutes(this),
      ...pageRoutes(this),
    ];
  }

  get origin(): string {
    return this.address.origin;
  }

  get mailPort(): number {
    return this.address.mailPort;
  }

  shop(name?: string | null): Shop {
    const { shops } = this.state;
    const found = name ? shops.find((s) => s.domain === name || s.handle === name) : shops[0];
    if (!found)
      throw new BadInput(`shop: there is no ${name} (there is ${shops.map((s) => s.domain).join(', ')})`);
    return found;
  }

  addShop(input: ShopInput): Shop {
    const { ids, nowIso, keeper } = this.core;
    const { shops } = this.state;
    if (shops.some((s) => s.domain === input.domain))
      throw new BadInput(`domain: ${input.domain} exists already`);
    const shop = newShop(input, ids, nowIso());
    shops.push(shop);
    keeper.replaced();
    return shop;
  }

  /** A store that nobody has seen yet gets another first day. */
  openAt(epochMs: number): void {
    this.core.offset.set(epochMs);
    this.state.shops = [];
    this.addShop(this.options.firstShop ?? FIRST_SHOP);
  }

  async install(shop: Shop): Promise<void> {
    await install(this.core.appSide, shop);
    await this.clock.settle();
  }

  async uninstall(shop: Shop): Promise<void> {
    uninstall(this.core.appSide, shop);
    await this.clock.settle();
  }

  redactShop(shop: Shop): void {
    this.core.deliveries.emit(shop, [['shop/redact', shopRedactBody(shop)]], { uninstalled: true });
  }

  grantScopes(shop: Shop, scopes: string[]): void {
    grantScopes(this.core.appSide, shop, scopes);
  }

  revokeScopes(shop: Shop, scopes: string[]): void {
    revokeScopes(this.core.appSide, shop, scopes);
  }

  appFrameUrl(shop: Shop, path: string): string {
    return frameUrl(this.core.appSide, shop, path);
  }

  /** The app is told that every shop is gone, so that nothing of the old ones is left in it either. */
  async reset(): Promise<void> {
    const { faults, deliveries, offset } = this.core;
    faults.clear();
    const installed = this.state.shops.filter((shop) => shop.installation);
    for (const shop of installed) uninstall(this.core.appSide, shop);
    await this.clock.settle();
    for (const shop of installed) this.redactShop(shop);
    await this.clock.settle();
    deliveries.clear();
    Object.assign(this.state, { shops: [], mails: [], texts: [] });
    offset.set(Date.now());
    const shop = this.addShop(this.options.firstShop ?? FIRST_SHOP);
    if (installed.length > 0) await this.install(shop);
  }

  /** Opens the front door, the mail server and the way to the database; 0 takes any free port. */
  async listen(port = 0, smtpPort = 0): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', resolve);
    });
    const origin = `http://localhost:${(this.server.address() as AddressInfo).port}`;
    await this.core.wire.listen();
    this.address = { origin, mailPort: await this.mail.listen(smtpPort) };
    return origin;
  }

  async close(): Promise<void> {
    clearInterval(this.ticker);
    this.server.closeAllConnections();
    const closed = new Promise((resolve) => this.server.close(resolve));
    await Promise.all([closed, this.mail.close(), this.core.wire.close(), this.core.due.close()]);
    this.core.keeper.close();
  }
}
