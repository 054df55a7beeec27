/** The thank-you page of one order, with the block on it. */
import { ask } from '../../e2e/extension-views.ts';
import { openPage, signal, type ExtensionPage } from './extension-page.ts';

export const ORDER = 'gid://shopify/Order/7';

/** The app asks its question there. */
export function openThankYou(): ExtensionPage {
  const page = openPage('purchase.thank-you.block.render');
  page.define('orderConfirmation', signal({ order: { id: ORDER }, number: 'X', isFirstOrder: true }));
  page.answers = [ask];
  return page;
}

/** What was sent to the app, oldest first. */
export const postsOf = (page: ExtensionPage) => page.calls.filter(({ method }) => method === 'POST');
