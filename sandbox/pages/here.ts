import type { Shop } from '../state/shop.ts';
import type { PageAnswer, PageRequest, Sandbox } from '../types.ts';
import type { Markup } from './html.ts';

/** The doors of the sandbox; the bar marks the one a person went through. */
export type Door = 'store' | 'admin' | 'mailbox' | 'clock' | 'faults';

/** Which shop a page is about: the one in its address, else the one that was looked at last, else the first. */
export function shopHere(sandbox: Sandbox, request: PageRequest): Shop {
  const named = request.params.shop ?? request.query.get('shop');
  if (named) return sandbox.shop(named);
  const remembered = request.cookies[COOKIE];
  return sandbox.state.shops.find((shop) => shop.domain === remembered) ?? sandbox.shop();
}

/** Makes pages without a shop in their address stay with this one. Added to the answer: the visit sets a cookie, too. */
export function remember(request: PageRequest, shop: Shop): void {
  if (request.cookies[COOKIE] === shop.domain) return;
  request.res.appendHeader('set-cookie', `${COOKIE}=${shop.domain}; Path=/; SameSite=Lax`);
}

export function redirect(to: string): PageAnswer {
  return { status: 303, headers: { location: to }, body: null };
}

/** A piece of a page, for scripts that put it in place. */
export function fragment(markup: Markup): PageAnswer {
  return { type: 'text/html; charset=utf-8', body: markup.text };
}

/** The value of a name that a field and a button share: the button comes last when it was pressed. */
export function pressed(form: URLSearchParams, name: string): string | undefined {
  return form.getAll(name).at(-1);
}

/** Only paths of this sandbox are followed after a form: what came in the address is anybody's word. */
export function ownPath(given: string | null | undefined, otherwise: string): string {
  return given && /^\/(?![/\\])/.test(given) ? given : otherwise;
}

const COOKIE = 'sandbox_shop';
