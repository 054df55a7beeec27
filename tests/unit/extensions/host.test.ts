// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { chooseLocale, readManifests } from '../../../sandbox/extension-host/manifest.ts';
import { styleSheet } from '../../../sandbox/extension-host/page/styles.ts';
import { extensionTag, type TagData } from '../../../sandbox/extension-host/tag.ts';
import { createI18n } from '../../../sandbox/extension-host/worker/i18n.ts';

const [manifest] = readManifests();

test.each([
  ['de-AT', 'de'],
  ['pt-BR', 'pt-BR'],
  ['pt-br', 'pt-BR'],
  ['nl', 'en'],
])('a buyer who reads %s gets %s', (wanted, given) => {
  expect(chooseLocale(manifest!, wanted)).toBe(given);
});

describe('the tag', () => {
  const shop = { id: 'gid://shopify/Shop/1', name: '</script><b>', domain: 'linden.myshopify.com' };
  const dataOf = (html: string) =>
    JSON.parse(/application\/json">(.*?)<\/script>/.exec(html)![1]!) as TagData;

  test('cannot be left by what a merchant typed', () => {
    const html = extensionTag({ target: 'purchase.thank-you.block.render', shop, locale: 'en' });
    expect(html).not.toContain('</script><b>');
    expect(dataOf(html).shop.name).toBe('</script><b>');
  });

  test('asks for the kind of token that the page gives', () => {
    const order = { id: 'gid://shopify/Order/1', name: '#1' };
    const customer = { id: 'gid://shopify/Customer/2' };
    const html = extensionTag({
      target: 'customer-account.order-status.block.render',
      shop,
      order,
      customer,
      locale: 'en',
    });
    const { pathname, searchParams } = new URL(dataOf(html).tokenUrl, 'http://sandbox');
    expect([pathname, Object.fromEntries(searchParams)]).toEqual([
      '/control/token',
      { kind: 'account', shop: shop.domain, order: order.id, customer: customer.id },
    ]);
  });

  test('is refused for a target that no extension has', () => {
    expect(() => extensionTag({ target: 'purchase.nowhere', shop, locale: 'en' })).toThrow(
      'purchase.nowhere',
    );
  });
});

describe('translations', () => {
  const i18n = createI18n({
    translations: {
      chosen: { friends: { one: '{{count}} Freund', other: '{{count}} Freunde' } },
      fallback: { hello: 'Hello {{name}}' },
    },
    locale: 'de-DE',
    extensionLocale: 'de',
  });

  test('plurals, replacements and the default language', () => {
    expect(i18n.translate('friends', { count: 1 })).toBe('1 Freund');
    expect(i18n.translate('friends', { count: 1200 })).toBe('1.200 Freunde');
    expect(i18n.translate('hello', { name: 'Jo' })).toBe('Hello Jo');
  });

  test('what is missing is an error, unlike at Shopify', () => {
    expect(() => i18n.translate('no.such.key')).toThrow('Missing translation for key: no.such.key');
    expect(() => i18n.translate('hello')).toThrow('Missing replacement {{name}}');
  });
});

describe('layout properties', () => {
  test('keywords become lengths', () => {
    expect(styleSheet('.b', '', { padding: 'small-200 base', border: 'base base dashed' })).toBe(
      '.b{padding:8px 16px;border:1px dashed #d6d6d6;}',
    );
  });

  test('responsive values take their second value without a container', () => {
    expect(styleSheet('.b', '', { gap: '@container (inline-size > 480px) base, none' })).toBe(
      '.b{gap:0;}@container s-default (inline-size > 480px){.b{gap:16px;}}',
    );
  });

  test('what is not displayed takes no place', () => {
    expect(styleSheet('.b', '', { display: 'none' })).toContain(':host{display:none!important}');
  });
});
