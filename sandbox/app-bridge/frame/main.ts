/**
 * Stand-in for Shopify's app-bridge.js, loaded by the app's own pages in the admin's frame.
 *
 * Everything it shows is drawn by the admin around it (sandbox/app-bridge/admin), except modals.
 */
import { readConfig } from './config.ts';
import { watchForms } from './form-bar.ts';
import { shopifyGlobal } from './global.ts';
import { AppWindow, Modal } from './modal.ts';
import { NavMenu, TitleBar } from './nav-menu.ts';
import { startNavigation } from './navigation.ts';
import { isDirty, SaveBar } from './save-bar.ts';
import { idToken, patchFetch } from './token.ts';

const config = readConfig();
const afterwards = new URLSearchParams(location.search).get('shopify-reload');

if (afterwards) {
  // The library's bounce page: it only wants a fresh token in the address it came from.
  void idToken().then((token) => {
    const url = new URL(afterwards, location.href);
    url.searchParams.set('id_token', token);
    location.replace(url);
  });
} else if (!('shopify' in window)) {
  Modal.config = config;
  Object.assign(window, { shopify: shopifyGlobal(config) });
  if (!config.disabledFeatures.includes('fetch')) patchFetch(config.appOrigins);
  hide(
    'ui-nav-menu, s-app-nav, ui-save-bar, ui-title-bar { display: none } ui-modal:not(:defined) { display: none }',
  );
  define('ui-nav-menu', NavMenu);
  define('s-app-nav', class extends NavMenu {});
  define('ui-title-bar', TitleBar);
  define('ui-save-bar', SaveBar);
  define('ui-modal', Modal);
  define('s-app-window', AppWindow);
  startNavigation(isDirty);
  watchForms();
}

function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}

/** By an adopted style sheet: attributes or an element would be strangers to React when it hydrates the page. */
function hide(rules: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
