import { readManifests } from '../../extension-host/manifest.ts';
import { extensionTag, type ExtensionTagOptions } from '../../extension-host/tag.ts';
import type { Customer } from '../../state/customer.ts';
import type { Order } from '../../state/order.ts';
import type { Shop } from '../../state/shop.ts';
import { html, raw, type Markup } from '../html.ts';

/** Where the merchant has put blocks of the app, and how they filled in the settings. Kept with the shop. */
interface Placement {
  target: string;
  placed: boolean;
  settings: Record<string, string | number | boolean>;
}

const KEPT_AS = 'checkout-blocks';

/** Every target that the app's extensions offer; placed unless the merchant took it away. */
export function placements(shop: Shop): (Placement & { handle: string })[] {
  const kept = (shop.extras[KEPT_AS] ?? []) as unknown as Placement[];
  return readManifests().flatMap(({ handle, targeting }) =>
    targeting.map(({ target }) => {
      const own = kept.find((each) => each.target === target);
      return { handle, target, placed: own?.placed ?? true, settings: own?.settings ?? {} };
    }),
  );
}

/** Puts a block on its page, or takes it away. */
export function place(shop: Shop, target: string, placed: boolean): void {
  const kept = (shop.extras[KEPT_AS] ?? []) as unknown as Placement[];
  const others = kept.filter((each) => each.target !== target);
  const settings = kept.find((each) => each.target === target)?.settings ?? {};
  shop.extras[KEPT_AS] = [...others, { target, placed, settings }] as unknown as Record<string, unknown>[];
}

/** What `shopify.app.extensions()` answers: each extension with the targets where it is placed. */
export function activeExtensions(
  shop: Shop,
): { handle: string; type: 'ui_extension'; activations: { target: string }[] }[] {
  const all = placements(shop);
  const handles = [...new Set(all.map(({ handle }) => handle))];
  return handles.map((handle) => ({
    handle,
    type: 'ui_extension' as const,
    activations: all
      .filter((each) => each.handle === handle && each.placed)
      .map(({ target }) => ({ target })),
  }));
}

/** The block of the app at one place of a page, in its card; nothing where the merchant has not put it. */
export function block(shop: Shop, options: Omit<ExtensionTagOptions, 'shop'>): Markup | null {
  const here = placements(shop).find(({ target }) => target === options.target);
  if (!here?.placed) return null;
  const tag = extensionTag({
    ...options,
    shop: { id: shop.id, name: shop.name, domain: shop.domain },
    settings: here.settings,
  });
  return html`<section class="block card">${raw(tag)}</section>`;
}

/** A customer as the extension may know them. */
export function knownTo(customer: Customer | null): ExtensionTagOptions['customer'] {
  if (!customer) return null;
  const { id, firstName, lastName, email } = customer;
  return {
    id,
    firstName: firstName ?? undefined,
    lastName: lastName ?? undefined,
    email: email ?? undefined,
  };
}

/** The order as the extension may know it. */
export function orderTo({ id, name, confirmationNumber, processedAt }: Order): ExtensionTagOptions['order'] {
  return { id, name, confirmationNumber, processedAt };
}

/** `de` of a buyer in Austria → `de-AT`; what already names a region stays. */
export function localeTag(locale: string, country: string | null): string {
  return locale.includes('-') || !country ? locale : `${locale}-${country}`;
}
