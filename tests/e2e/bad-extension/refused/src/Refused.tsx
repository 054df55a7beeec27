/** Does what Shopify does not allow: the host has to say so. */
import { createElement, render } from 'preact';

declare const shopify: { i18n: { translate(key: string): string } };

export default async () => {
  const button = createElement('s-button', { colour: 'red', onHover() {} } as object, 'after');
  render(createElement('s-stack', null, button), document.body);
  await fetch('https://app.test/').catch((error: Error) => console.error(error.message));
  render(createElement('div', null, 'raw HTML'), document.body);
  shopify.i18n.translate('no.such.key');
};
