import { expect, test } from 'vitest';
import { webAddress } from '../../app/web-address.ts';

test.each([
  ['https://shop.example/products/a?b=1#c', true],
  ['HTTP://shop.example', true],
  ['javascript:alert(1)', false],
  [' https://shop.example', false],
  ['jav\tascript:alert(1)', false],
  ['data:text/html,x', false],
  ['//shop.example', false],
  ['https://a"onload=x', false],
  ['', false],
  [null, false],
])('%s leads into the web: %s', (text, leads) => {
  expect(webAddress(text)).toBe(leads ? text : null);
});
