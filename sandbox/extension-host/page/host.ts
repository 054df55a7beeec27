/** `<extension-block>`: the place of an extension on a page. Its data stands in it as JSON (tag.ts). */
import {
  surfaceOf,
  type ChangeResult,
  type DiscountChange,
  type HostExports,
  type Surface,
} from '../protocol.ts';
import type { TagData } from '../tag.ts';
import { createApi } from './api.ts';
import { defineElements } from './elements.tsx';
import { runExtension, type Running } from './run.ts';

class ExtensionBlock extends HTMLElement {
  #data: TagData | undefined;
  #running: Running | undefined;
  readonly #drawings = new MutationObserver(() => {
    this.setAttribute('data-drawn', '');
    this.toggleAttribute('data-empty', this.childElementCount === 0);
  });

  connectedCallback(): void {
    const json = this.querySelector('script')?.textContent;
    if (!json) return;
    const data = (this.#data = JSON.parse(json) as TagData);
    this.replaceChildren();
    this.#drawings.observe(this, { childList: true });
    const surface = surfaceOf(data.target);
    this.#running = runExtension(
      this,
      {
        surface,
        scriptUrl: new URL(data.scriptUrl, location.href).href,
        target: data.target,
        capabilities: data.capabilities,
        api: createApi(data),
        translations: data.translations,
        locale: data.locale,
        extensionLocale: data.extensionLocale,
      },
      this.#hostExports(data, surface),
    );
  }

  disconnectedCallback(): void {
    this.#drawings.disconnect();
    this.#running?.stop();
  }

  /** Tells the extension of codes that the buyer entered elsewhere on the page. */
  set discountCodes(codes: string[]) {
    this.#running?.update(
      'discountCodes',
      codes.map((code) => ({ code })),
    );
  }

  /** What the merchant changes in the editor arrives at once. */
  set settings(settings: Record<string, unknown>) {
    this.#running?.update('settings', settings);
  }

  #hostExports(data: TagData, surface: Surface): HostExports {
    const storage = new BuyerStorage(storageScope(data, surface));
    return {
      sessionToken: () => fetchToken(data),
      storage: async (operation, key, value) => storage[operation](key, value),
      changeDiscount: (change) => this.#changeDiscount(change),
      toast: async (content) => console.info('[extension] toast:', content),
      problem: async ({ level, message }) => console[level](`[extension] ${message}`),
    };
  }

  async #changeDiscount(change: DiscountChange): Promise<ChangeResult> {
    const { discountUrl, checkoutToken, canChangeDiscounts } = this.#data!;
    if (!discountUrl || canChangeDiscounts === false) {
      return { type: 'error', message: 'Discount codes cannot be changed here.' };
    }
    const response = await fetch(discountUrl, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...change, checkoutToken }),
    });
    const answer = (await response.json()) as { discountCodes?: string[]; error?: string };
    if (!response.ok) return { type: 'error', message: answer.error ?? `Status ${response.status}` };
    const codes = answer.discountCodes ?? [];
    this.discountCodes = codes;
    this.dispatchEvent(new CustomEvent('discountcodes', { detail: codes, bubbles: true }));
    return { type: 'success' };
  }
}

async function fetchToken({ editor, tokenUrl }: TagData): Promise<string> {
  if (editor) throw new Error('There is no session token in the editor.');
  const response = await fetch(tokenUrl);
  if (!response.ok) throw new Error(`No session token: status ${response.status}`);
  return ((await response.json()) as { token: string }).token;
}

/** A checkout's storage ends with the checkout; a customer account's stays with the customer. */
function storageScope({ handle, shop, checkoutToken, order, customer }: TagData, surface: Surface): string {
  const owner =
    surface === 'checkout'
      ? (checkoutToken ?? order?.id ?? 'checkout')
      : (customer?.id ?? order?.id ?? 'everybody');
  return `extension:${shop.domain}:${handle}:${surface}:${owner}`;
}

class BuyerStorage {
  readonly #scope: string;

  constructor(scope: string) {
    this.#scope = scope;
  }

  read(key: string): unknown {
    return JSON.parse(localStorage.getItem(`${this.#scope}:${key}`) ?? 'null');
  }

  write(key: string, value: unknown): void {
    localStorage.setItem(`${this.#scope}:${key}`, JSON.stringify(value));
  }

  delete(key: string): void {
    localStorage.removeItem(`${this.#scope}:${key}`);
  }
}

defineElements();
customElements.define('extension-block', ExtensionBlock);
