/** What the page and the worker say to each other. Functions and promises cross by @quilted/threads. */

/** Which element table and which part of the API a target gets. */
export type Surface = 'checkout' | 'customer-account' | 'admin';

/** The surface that a target stands on. */
export function surfaceOf(target: string): Surface {
  if (target.startsWith('admin.')) return 'admin';
  return target.startsWith('customer-account.') ? 'customer-account' : 'checkout';
}

export interface ElementSpec {
  /** Property name → kind: string, boolean, number, array, object, function, boolean-or-string. */
  props: Record<string, string>;
  events: string[];
  slots: string[];
  methods: string[];
}
export type ElementTable = Record<string, ElementSpec>;

/** Marks a value that is a signal in the extension's `shopify` global. */
export interface SignalBox {
  $signal: unknown;
}
export const signal = (value: unknown): SignalBox => ({ $signal: value });
export const isSignal = (value: unknown): value is SignalBox =>
  typeof value === 'object' && value !== null && '$signal' in value;

/** What the page tells the worker before it loads the extension's script. */
export interface RunOptions {
  scriptUrl: string;
  target: string;
  surface: Surface;
  capabilities: string[];
  /** The plain part of the `shopify` global; SignalBox values become signals. */
  api: Record<string, unknown>;
  translations: { chosen: Record<string, unknown>; fallback: Record<string, unknown> };
  /** The buyer's language, for numbers and dates. */
  locale: string;
  /** The language of the translations that were chosen. */
  extensionLocale: string;
}

export interface Problem {
  level: 'error' | 'warn';
  message: string;
}

/** Exposed by the worker, called by the page. */
export interface WorkerExports {
  run(options: RunOptions, connection: unknown): Promise<void>;
  /** Sets a signal of the `shopify` global, such as `settings` or `discountCodes`. */
  update(path: string, value: unknown): void;
}

export interface DiscountChange {
  type: 'addDiscountCode' | 'removeDiscountCode';
  code: string;
}
export type ChangeResult = { type: 'success' } | { type: 'error'; message: string };

/** Exposed by the page, called by the worker. */
export interface HostExports {
  sessionToken(): Promise<string>;
  storage(operation: 'read' | 'write' | 'delete', key: string, value?: unknown): Promise<unknown>;
  changeDiscount(change: DiscountChange): Promise<ChangeResult>;
  toast(content: string): Promise<void>;
  problem(problem: Problem): Promise<void>;
}
