import { expect, test } from 'vitest';
import { shopOfMail, shopOfText } from '../../../sandbox/mail/shop-of.ts';
import type { Shop } from '../../../sandbox/state/shop.ts';

const shop = (handle: string, name: string, people: { email?: string; phone?: string }[]) =>
  ({
    domain: `${handle}.myshopify.com`,
    name,
    email: `hello@${handle}.example`,
    customers: people,
  }) as unknown as Shop;
const shops = [
  shop('one', 'Linden', [{ email: 'jo@x.example' }, { email: 'both@x.example' }]),
  shop('two', 'Birch', [{ email: 'both@x.example', phone: '+353' }]),
];

test.each([
  ['the address for replies', { to: 'both@x.example', from: '"A" <a@b.example> hello@two.example' }, 'two'],
  ['the only shop that knows the recipient', { to: 'Jo@x.example', from: 'a@b.example' }, 'one'],
  ['the name of the sender', { to: 'both@x.example', from: '"Birch" <a@b.example>' }, 'two'],
  ['nothing', { to: 'who@x.example', from: 'a@b.example' }, null],
])('the shop of a mail is told by %s', (_, envelope, handle) => {
  expect(shopOfMail(shops, envelope)).toBe(handle && `${handle}.myshopify.com`);
});

test('the shop of a text is the only one that knows the number', () => {
  expect(shopOfText(shops, '+353')).toBe('two.myshopify.com');
  expect(shopOfText(shops, '+1')).toBeNull();
});
