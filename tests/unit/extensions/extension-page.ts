/** Shopify's tester, with the app behind it: what it is asked, and what it answers. */
import path from 'node:path';
import { getExtension } from '@shopify/ui-extensions-tester';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { extensionsFolder } from '../../../sandbox/extension-host/manifest.ts';

type Target = Parameters<typeof getExtension>[0];
/** An answer: a body for 200, a status for a failure, `offline` for none at all. */
type Answer = object | number | 'offline';

interface Call {
  method: string;
  url: URL;
  token: string | null;
  body: Record<string, unknown> | null;
}

/** One extension target under test. The tester's types differ by target; what our tests touch is the same in all. */
export interface ExtensionPage {
  shopify: Record<string, never> & {
    settings: { value: Record<string, unknown> };
    storage: { read(key: string): Promise<unknown>; write(key: string, value: unknown): Promise<void> };
    sessionToken: { get(): Promise<string> };
  };
  calls: Call[];
  /** What the app answers next; the last one stays. */
  answers: Answer[];
  render(): Promise<void>;
  /** Sets a value of the API past the tester's proxy, which refuses what it does not know. */
  define(name: string, value: unknown): void;
  /** The buyer leaves; the storage stays. */
  leave(): void;
  tearDown(): void;
}

export const signal = (value: unknown) => ({ value, current: value, subscribe: () => () => {} });

function folderOf(target: string): string {
  if (target.startsWith('admin.')) return 'customer-admin';
  if (target === 'customer-account.page.render') return 'account';
  return target.startsWith('purchase.checkout.') ? 'checkout' : 'thank-you';
}

export function openPage(target: Target): ExtensionPage {
  const folder = folderOf(target);
  const configSearchDir = path.join(extensionsFolder, folder);
  const extension = getExtension(target, { configSearchDir }) as unknown as ExtensionPage & {
    setUp(): void;
    fetch: unknown;
  };
  extension.setUp();
  const calls: Call[] = [];
  const page: ExtensionPage = {
    shopify: extension.shopify,
    calls,
    answers: [],
    render: () => extension.render(),
    define(name, value) {
      Object.defineProperty(extension.shopify, name, { configurable: true, writable: true, value });
    },
    leave: () => render(null, document.body),
    tearDown() {
      page.leave();
      extension.tearDown();
    },
  };
  // The mock throws for what it was not given, as merchants' settings are at first.
  if (target.startsWith('admin.')) page.define('settings', signal({}));
  extension.shopify.settings.value = {
    heading: undefined,
    show_qr: undefined,
    show_code_field: undefined,
    ask_how_heard: undefined,
  };
  page.define('extension', { target, editor: undefined });
  page.define('checkoutToken', signal('checkout-1'));
  page.define('sessionToken', { get: async () => 'token-1' });
  page.define('localization', { language: signal({ isoCode: 'de-DE' }), country: signal({ isoCode: 'DE' }) });
  extension.fetch = async (input: string, init: RequestInit) => {
    const headers = init.headers as Record<string, string>;
    calls.push({
      method: init.method ?? 'GET',
      url: new URL(input),
      token: headers.Authorization?.replace('Bearer ', '') ?? null,
      body: init.body ? (JSON.parse(init.body as string) as Record<string, unknown>) : null,
    });
    const answer = page.answers.length > 1 ? page.answers.shift()! : page.answers[0]!;
    if (answer === 'offline') throw new TypeError('Failed to fetch');
    if (typeof answer === 'number') return new Response('{}', { status: answer });
    return new Response(JSON.stringify(answer));
  };
  return page;
}

export const text = (): string => document.body.textContent ?? '';
export const all = (tag: string): Element[] => [...document.body.querySelectorAll(tag)];

/** The element of that tag whose own words are these. */
export function find(tag: string, words?: string): Element {
  const found = all(tag).find((element) => !words || element.textContent?.trim() === words);
  if (!found) throw new Error(`no <${tag}> ${words ?? ''} in ${document.body.innerHTML}`);
  return found;
}

export function press(tag: string, words?: string): void {
  dispatch(find(tag, words), 'click');
}

/** Fills in a field, or chooses: sets a property and says so, as Shopify's elements do. */
export function fill(element: Element, property: 'value' | 'values', value: unknown, event: string): void {
  Object.assign(element, { [property]: value });
  dispatch(element, event);
}

export const submit = (): void => dispatch(find('s-form'), 'submit');

/** Dispatches, and draws what follows from it. */
function dispatch(element: Element, event: string): void {
  void act(() => {
    element.dispatchEvent(new Event(event, { bubbles: event === 'click' }));
  });
}
