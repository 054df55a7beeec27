import type { PickItems, PickResources } from '../protocol.ts';
import type { BridgeConfig } from './config.ts';
import { isDirty } from './save-bar.ts';
import { idToken } from './token.ts';
import { ask, embedded, heldBy, onMessage, refOf, tell } from './wire.ts';

interface Toast {
  onAction?: () => void;
  onDismiss?: () => void;
}

type Shown = HTMLElement & { show(): Promise<void>; hide(): Promise<void>; toggle(): Promise<void> };

/** `window.shopify`, with every member that the types of App Bridge name. */
export function shopifyGlobal(config: BridgeConfig): object {
  return {
    config,
    origin: 'https://admin.shopify.com',
    ready: Promise.resolve(),
    environment: { embedded, mobile: false, pos: false, intent: false },
    setSignals: () => {},
    idToken,
    loading: (on = true) => tell({ type: 'loading', on }),
    toast: { show: showToast, hide: (ref: string) => tell({ type: 'hide-toast', ref }) },
    modal: shower('ui-modal, s-app-window'),
    saveBar: { ...shower('ui-save-bar'), leaveConfirmation },
    user: () => ask({ type: 'user' }),
    scopes: {
      query: () => ask({ type: 'scopes', verb: 'query', scopes: [] }),
      request: (scopes: string[]) => ask({ type: 'scopes', verb: 'request', scopes }),
      revoke: (scopes: string[]) => ask({ type: 'scopes', verb: 'revoke', scopes }),
    },
    resourcePicker: async (options: PickResources) =>
      picked(await ask({ type: 'resource-picker', options: plain(options) })),
    picker: async (options: PickItems) => ({ selected: ask({ type: 'picker', options: plain(options) }) }),
    reviews: { request: () => ask({ type: 'review' }) },
    support: { registerHandler },
    app: { extensions: () => ask({ type: 'extensions' }) },
    ...elsewhere(),
  };
}

function showToast(
  message: string,
  options: Toast & { duration?: number; isError?: boolean; action?: string } = {},
): string {
  const ref = refOf({ onAction: options.onAction, onDismiss: options.onDismiss });
  const { duration = 5000, isError = false, action = null } = options;
  tell({ type: 'toast', toast: { ref, message: String(message), isError, action, duration } });
  return ref;
}

/** Resolves when no bar is on the screen or the person agrees to lose what is unsaved; stays open when they stay. */
async function leaveConfirmation(): Promise<void> {
  if (!isDirty()) return;
  if (await ask<boolean>({ type: 'leave' })) return;
  await new Promise(() => {});
}

function shower(kind: string) {
  const find = (id: string): Shown => {
    const element = document.getElementById(id);
    if (!element?.matches(kind))
      throw new Error(`App Bridge: no <${kind.split(',')[0]}> with the id "${id}"`);
    return element as Shown;
  };
  return {
    show: async (id: string) => find(id).show(),
    hide: async (id: string) => find(id).hide(),
    toggle: async (id: string) => find(id).toggle(),
  };
}

let supportHandler: (() => void) | null = null;

async function registerHandler(callback: (() => void) | null): Promise<void> {
  supportHandler = callback;
  tell({ type: 'support', ready: callback !== null });
}

onMessage((message) => {
  if (message.type === 'support') supportHandler?.();
  if (message.type !== 'press' && message.type !== 'dismissed') return;
  const toast = heldBy(message.ref) as Toast | undefined;
  if (toast instanceof HTMLElement) return;
  if (message.type === 'press') toast?.onAction?.();
  else toast?.onDismiss?.();
});

/** The list doubles as its own `selection`, as App Bridge leaves it for old apps. */
function picked(list: unknown[] | undefined): unknown {
  return list && Object.assign(list, { selection: list });
}

/** Options may hold functions or React's proxies; only data crosses. */
function plain<Options>(options: Options): Options {
  return JSON.parse(JSON.stringify(options)) as Options;
}

/** What exists on phones, at a till or in another app only: it answers as App Bridge does where there is none of it. */
function elsewhere(): object {
  const missing = (name: string) => () =>
    Promise.reject(new Error(`App Bridge: ${name} is not available in the admin`));
  const request = { value: null, subscribe: () => () => {} };
  return {
    intents: {
      request,
      register: () => () => {},
      invoke: async () => ({ complete: Promise.resolve({ code: 'closed' }) }),
    },
    webVitals: { onReport: async () => {} },
    shopifyQL: { available: async () => false },
    tools: { register: () => () => {}, unregister: () => {}, clear: () => {} },
    scanner: { capture: missing('scanner') },
    pos: {
      cart: { fetch: missing('pos') },
      close: missing('pos'),
      device: missing('pos'),
      location: missing('pos'),
    },
  };
}
