/** Builds the `shopify` global of the worker from the plain data that the page sends. */
import { Signal as CoreSignal } from '@preact/signals-core';
import { isSignal, type DiscountChange, type HostExports, type RunOptions } from '../protocol.ts';
import { createI18n } from './i18n.ts';

interface SignalLike {
  value: unknown;
  subscribe(listener: (value: unknown) => void): () => void;
}
type SignalClass = new (value: unknown) => SignalLike;
type Target = (...args: unknown[]) => unknown;

export interface CreatedApi {
  /** What the worker puts on `globalThis.shopify`. */
  shopify: Record<string, unknown>;
  /** The callbacks that the script registered with `shopify.extend`. */
  targets: Map<string, Target>;
  update: (path: string, value: unknown) => void;
}

export function createApi(options: RunOptions, host: HostExports): CreatedApi {
  const signals = new SignalTree();
  const targets = new Map<string, Target>();
  const shopify = {
    ...(signals.build(options.api, '') as Record<string, unknown>),
    ...functions(options, host),
    extend: (target: string, callback: Target) => targets.set(target, callback),
    reload() {},
    setSignals: (given: SignalClass) => signals.rebuild(given),
    addEventListener() {},
    removeEventListener() {},
  };
  return { shopify, targets, update: (path, value) => signals.set(path, value) };
}

function functions(options: RunOptions, host: HostExports): Record<string, unknown> {
  if (options.surface === 'admin') return adminFunctions(options, host);
  const all: Record<string, unknown> = {
    i18n: createI18n(options),
    sessionToken: { get: () => host.sessionToken() },
    storage: {
      read: (key: string) => host.storage('read', key),
      write: (key: string, value: unknown) => host.storage('write', key, value),
      delete: (key: string) => host.storage('delete', key),
    },
    query: () => Promise.reject(new Error('The sandbox has no Storefront API (api_access).')),
    analytics: { publish: async () => true, visitor: async () => ({ type: 'success' }) },
    applyTrackingConsentChange: async () => ({ type: 'success' }),
  };
  if (options.surface === 'customer-account') {
    all.toast = {
      async show(content: string) {
        await host.toast(content);
        return { hide() {} };
      },
    };
    all.requireLogin = async () => {};
  }
  if (options.target.startsWith('purchase.checkout.')) {
    all.applyDiscountCodeChange = (change: DiscountChange) => host.changeDiscount(change);
  }
  return all;
}

const adminFunctions = (options: RunOptions, host: HostExports): Record<string, unknown> => ({
  i18n: createI18n(options),
  auth: { idToken: () => host.sessionToken() },
  storage: {
    get: (key: string) => host.storage('read', key),
    set: (key: string, value: unknown) => host.storage('write', key, value),
    delete: (key: string) => host.storage('delete', key),
  },
  query: () => Promise.reject(new Error('The sandbox gives its blocks of the admin no Admin API.')),
  navigation: { navigate() {} },
});

/**
 * The values of the API. Which class they wrap is settled by `shopify.setSignals()`, which
 * '@shopify/ui-extensions/preact' calls on import with the Signal class of the extension's own Preact: only that
 * class makes components of the extension draw again when a value changes.
 */
class SignalTree {
  #class: SignalClass = CoreSignal as unknown as SignalClass;
  readonly #inner = new Map<string, SignalLike>();

  build(value: unknown, path: string): unknown {
    if (isSignal(value)) return this.#box(path, value.$signal);
    if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [key, this.build(child, path ? `${path}.${key}` : key)]),
    );
  }

  set(path: string, value: unknown): void {
    const signal = this.#inner.get(path);
    if (signal) signal.value = value;
  }

  rebuild(given: SignalClass): void {
    this.#class = given;
    for (const [path, signal] of this.#inner) this.#inner.set(path, new given(signal.value));
  }

  #box(path: string, initial: unknown) {
    this.#inner.set(path, new this.#class(initial));
    const current = () => this.#inner.get(path)!;
    return {
      get value() {
        return current().value;
      },
      get current() {
        return current().value;
      },
      subscribe: (listener: (value: unknown) => void) => current().subscribe(listener),
      destroy: async () => {},
    };
  }
}
