/** The parts of a sandbox that know nothing of HTTP, put together. */

import { type AppConfig, readAppConfig } from './app-config.ts';
import { StoreClock } from './clock/clock.ts';
import { createDueReader } from './clock/due.ts';
import { createOffset } from './clock/offset.ts';
import { upcoming } from './clock/upcoming.ts';
import { createWork } from './clock/work.ts';
import { createDatabaseWire } from './faults/database.ts';
import { createFaults } from './faults/faults.ts';
import type { Kernel } from './kernel.ts';
import type { InstallParts } from './oauth/install.ts';
import { createIds } from './state/ids.ts';
import { createKeeper, emptyState, restore } from './state/keep.ts';
import { createUrls } from './state/urls.ts';
import { instant } from './state/zoned.ts';
import type { SandboxOptions } from './sandbox.ts';
import { Deliveries } from './webhooks/deliveries.ts';

export type Core = ReturnType<typeof createCore>;

/** `origin` is asked for whenever an address is made: it is known only once the front door is open. */
export function createCore(options: SandboxOptions, origin: () => string) {
  const { apiKey = 'sandbox-key', apiSecret = 'sandbox-secret', dataDir = null } = options;
  const appUrl = (options.appUrl ?? 'http://localhost:3000').replace(/\/$/, '');
  const log = options.log ?? (() => {});
  const restored = restore(dataDir);
  const state = restored ?? emptyState();
  const keeper = createKeeper(state, dataDir);
  const { changed } = keeper;
  const appConfig = configOf(options.appConfig);
  const config = () => appConfig;

  const ids = createIds(state, { salt: apiSecret, ...(options.hugeIds && { huge: true }) });
  const offset = createOffset(state, options.clockFile ?? null, changed);
  const now = () => offset.now();
  const nowIso = () => instant(now());
  const isRelayed = Boolean(options.databaseUrl && options.databaseRelayPort);
  const faultsChanged = () => {
    changed();
    wire.look();
  };
  const faults = createFaults(state, now, faultsChanged, isRelayed);
  const wire = createDatabaseWire(options.databaseUrl ?? null, options.databaseRelayPort ?? null, faults);
  const deliveries = new Deliveries({ state, config, appUrl, apiSecret, now, dice: faults.dice, keeper });
  const due = createDueReader(options.databaseUrl ?? null);
  const work = createWork(log);
  const clock = new StoreClock({
    offset,
    due,
    deliveries,
    work,
    outageEnd: faults.outageEnd,
    upcoming: (limit = 8) => upcoming(state, due, now(), limit),
    stuckMs: options.stuckMs,
  });
  const urls = createUrls(origin);
  const emit: Kernel['emit'] = (shop, events) => deliveries.emit(shop, events);
  const kernel: Kernel = { state, ids, urls, now: nowIso, changed, replaced: keeper.replaced, emit };
  const appSide: InstallParts = { apiKey, apiSecret, appUrl, config, deliveries, nowIso, changed };
  const isNew = restored === null;
  // prettier-ignore
  return {
    apiKey, apiSecret, appUrl, dataDir, appConfig, config, log,
    state, isNew, keeper, changed, ids, offset, nowIso,
    faults, wire, deliveries, due, work, clock, urls, kernel, appSide,
  };
}

function configOf(given: string | AppConfig | undefined): AppConfig {
  return typeof given === 'object' ? given : readAppConfig(given ?? 'shopify.app.toml');
}
