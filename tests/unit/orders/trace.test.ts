import { expect, test } from 'vitest';
import { hostOf, traceOf } from '../../../app/orders/trace.ts';

const from = (address: string | null, agent: string | null = 'Browser') =>
  traceOf({ email: null, phone: null, address: null, browser: { address, agent } });

test('a line is one address, or /64 of the new kind; the part of the net /24 or /48', () => {
  expect(from('203.0.113.9')).toMatchObject({
    network: '203.0.113.9',
    area: '203.0.113',
    browser: '203.0.113.9 Browser',
  });
  expect(from('::ffff:203.0.113.9')).toMatchObject({ network: '203.0.113.9' });
  expect(from('2001:0db8:0001:0002:ffff::1')).toMatchObject({ network: '2001:db8:1:2', area: '2001:db8:1' });
  expect(from('2001:db8:1:2::9').network).toBe(from('2001:DB8:1:2:3:4:5:6').network);
  expect(from('2001:db8:1:3::9').network).not.toBe(from('2001:db8:1:2::9').network);
});

test.each([null, '', 'unknown', '256.1.1.1', '1.2.3', '1.2.3.4.', ':::', 'zz::1'])(
  '%s is no line',
  (address) => {
    expect(from(address)).toMatchObject({ network: null, area: null, browser: null });
  },
);

test('a browser is one only together with its line', () => {
  expect(from('203.0.113.9', null)).toMatchObject({ browser: null, network: '203.0.113.9' });
  expect(from('203.0.113.9', ' A ').browser).not.toBe(from('203.0.113.10', 'A').browser);
});

test('the phone is read as of the country the order goes to', () => {
  const address = { country: 'DE', province: null, city: null, zip: '50667', street: 'Domstr. 1 Whg 2' };
  const trace = traceOf({ email: 'A+x@example.com', phone: '0151 12345678', address, browser: null });
  expect(trace).toMatchObject({ phone: '+4915112345678', mailbox: 'a@example.com' });
  expect(trace.door).not.toBe(trace.building);
});

test.each([
  ['https://www.Example.com/path?a=1', 'example.com'],
  ['sub.example.co.uk', 'sub.example.co.uk'],
  ['android-app://com.google.android.gm/', 'com.google.android.gm'],
  ['not a page', null],
  ['localhost', null],
  ['', null],
])('%s is %s', (page, host) => expect(hostOf(page)).toBe(host));
