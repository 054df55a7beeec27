import { SHOPIFY_PARAMETERS } from './config.ts';
import { onMessage, outermost, tell } from './wire.ts';

/** Keeps the admin's address bar and the app's place the same, and leads `shopify:` links out of the frame. */
export function startNavigation(isDirty: () => boolean): void {
  if (outermost) followHistory(isDirty);
  patchOpen();
  addEventListener('click', leaveByLink, true);
  onMessage((message) => {
    if (message.type === 'navigate' && outermost) navigate(message.href);
  });
}

function followHistory(isDirty: () => boolean): void {
  const announce = () => tell({ type: 'location', path: ownPath(location.href) });
  for (const verb of ['pushState', 'replaceState'] as const) {
    const original = history[verb].bind(history);
    history[verb] = (...given) => {
      const before = location.pathname;
      original(...given);
      announce();
      // As at Shopify: the bar protests, the app's own router goes on. Who wants to hold it back asks leaveConfirmation().
      if (isDirty() && location.pathname !== before) tell({ type: 'shake' });
    };
  }
  addEventListener('popstate', announce);
  addEventListener('DOMContentLoaded', announce);
}

/** The app's path without what Shopify added to it. */
function ownPath(href: string): string {
  const url = new URL(href);
  for (const name of Array.from(url.searchParams.keys()))
    if (SHOPIFY_PARAMETERS.has(name)) url.searchParams.delete(name);
  return url.pathname + url.search + url.hash;
}

/** The app's router listens to `shopify:navigate` and reads the target's `href`. */
function navigate(href: string): void {
  const links = document.querySelectorAll('ui-nav-menu a, s-app-nav a, s-app-nav s-link');
  let link: Element | undefined = [...links].find((each) => each.getAttribute('href') === href);
  if (!link) {
    link = document.createElement('a');
    link.setAttribute('href', href);
    link.setAttribute('hidden', '');
    document.body.append(link);
    setTimeout(() => link?.remove());
  }
  link.dispatchEvent(
    new CustomEvent('shopify:navigate', { bubbles: true, cancelable: true, composed: true }),
  );
}

function patchOpen(): void {
  const original = window.open.bind(window);
  window.open = (address, target, features) => {
    const href = String(address ?? '');
    if (href.startsWith('shopify:')) {
      tell({ type: 'go', href, newTab: target === '_blank' });
      return null;
    }
    if (target !== '_top' && target !== '_parent') return original(address, target, features);
    const url = new URL(href, location.href);
    // A path of the app stays in the frame; everything else takes the whole page.
    if (url.origin === location.origin && !url.pathname.startsWith('/auth')) location.assign(url);
    else tell({ type: 'go', href: url.href, newTab: false });
    return null;
  };
}

function leaveByLink(event: MouseEvent): void {
  const path = event.composedPath();
  const link = path.find(
    (each) => each instanceof HTMLElement && each.matches('a[href], s-link[href], s-button[href]'),
  );
  if (!(link instanceof HTMLElement)) return;
  const href = link.getAttribute('href') ?? '';
  const target = link.getAttribute('target');
  if (!href.startsWith('shopify:') && target !== '_top' && target !== '_parent') return;
  event.preventDefault();
  window.open(href, target === '_blank' ? '_blank' : '_top');
}
