import { describe, expect, test } from 'vitest';
import { emailKey } from '../../../app/customers/identity.ts';
import { signalsOf, type KnownOrder, type KnownPerson } from '../../../app/referrals/fraud.ts';
import { firstState } from '../../../app/referrals/referral.ts';

const terms = { newCustomersOnly: true };

function person(id: string, with_: Partial<KnownPerson> = {}): KnownPerson {
  const { email = `${id}@example.com`, ...rest } = with_;
  return { id, email, emailKey: emailKey(email), phone: null, addressHash: null, country: 'DE', ...rest };
}

const order = (with_: Partial<KnownOrder> = {}): KnownOrder => ({
  email: null,
  phone: null,
  addressHash: null,
  country: 'DE',
  ordinal: 1,
  total: 5000n,
  ...with_,
});

test('a stranger on a first, paid order raises nothing', () => {
  expect(signalsOf(person('ana'), person('jo'), order(), terms)).toEqual([]);
});

describe('the advocate in disguise, by e-mail', () => {
  test.each([
    ['the same', 'ana@example.com', 'ana@example.com'],
    ['other case', 'ana@example.com', 'Ana@Example.COM'],
    ['a tag', 'ana@example.com', 'ana+friend@example.com'],
    ['dots at Gmail', 'ana.lima@gmail.com', 'a.n.a.lima@gmail.com'],
    ['googlemail', 'ana.lima@gmail.com', 'analima@googlemail.com'],
    ['all of it', 'ana.lima@gmail.com', 'A.N.A.Lima+shop@GoogleMail.com'],
    ['an international domain', 'ana@bücher.example', 'ana@xn--bcher-kva.example'],
    ['a name in wide letters', 'ana@example.com', 'ａｎａ@example.com'],
  ])('%s', (_name, advocate, friend) => {
    expect(
      signalsOf(person('a', { email: advocate }), person('f', { email: friend }), order(), terms),
    ).toEqual(['same-email']);
  });

  test.each([
    ['dots elsewhere are another person', 'ana.lima@example.com', 'analima@example.com'],
    ['another domain', 'ana@example.com', 'ana@example.org'],
    ['a name that begins alike', 'ana@example.com', 'anabel@example.com'],
  ])('%s', (_name, advocate, friend) => {
    expect(
      signalsOf(person('a', { email: advocate }), person('f', { email: friend }), order(), terms),
    ).toEqual([]);
  });

  test('the address on the order counts as well as the customer’s', () => {
    const friend = person('f', { email: 'somebody@example.com' });
    expect(signalsOf(person('ana'), friend, order({ email: 'ana+2@example.com' }), terms)).toEqual([
      'same-email',
    ]);
    expect(signalsOf(person('ana'), null, order({ email: 'ana+2@example.com' }), terms)).toEqual([
      'same-email',
    ]);
  });
});

describe('the advocate in disguise, by phone', () => {
  test.each([
    ['+4915112345678', '+49 151 12345678', 'DE'],
    ['+4915112345678', '0151 / 123 456 78', 'DE'],
    ['+4915112345678', '0049 151 12345678', 'DE'],
    ['+33612345678', '06 12 34 56 78', 'FR'],
    ['+12025550123', '(202) 555-0123', 'US'],
  ])('%s is %s', (advocate, friend, country) => {
    const signals = signalsOf(
      person('a', { phone: advocate }),
      person('f'),
      order({ phone: friend, country }),
      terms,
    );
    expect(signals).toEqual(['same-phone']);
  });

  test('the same digits in another country are another number', () => {
    const friend = order({ phone: '0151 12345678', country: 'AT' });
    expect(signalsOf(person('a', { phone: '+4915112345678' }), person('f'), friend, terms)).toEqual([]);
  });
});

test('the same door, the same record', () => {
  const ana = person('ana', { addressHash: 'h' });
  expect(signalsOf(ana, person('jo', { addressHash: 'h' }), order(), terms)).toEqual(['same-address']);
  expect(signalsOf(ana, person('jo'), order({ addressHash: 'h' }), terms)).toEqual(['same-address']);
  expect(signalsOf(person('ana'), person('jo'), order(), terms)).toEqual([]);
  expect(signalsOf(ana, ana, order({ ordinal: 4 }), terms)).toEqual([
    'same-customer',
    'same-email',
    'same-address',
  ]);
});

test('what cannot be told is held, never let through', () => {
  const nobody = signalsOf(person('ana'), null, order({ ordinal: null }), terms);
  const gone = signalsOf(null, person('jo'), order(), terms);
  expect([nobody, gone]).toEqual([['cannot-tell'], ['cannot-tell']]);
  expect([nobody, gone].map(firstState)).toEqual(['held', 'held']);
});

test('a mailbox made for a day is held', () => {
  const signals = signalsOf(person('ana'), person('jo', { email: 'x@sub.mailinator.com' }), order(), terms);
  expect(signals).toEqual(['throwaway-email']);
});

test('a customer from before and an order of nothing are refused without a person', () => {
  const again = signalsOf(person('ana'), person('jo'), order({ ordinal: 2 }), terms);
  const free = signalsOf(person('ana'), person('jo'), order({ total: 0n }), terms);
  expect([again, free].map(firstState)).toEqual(['refused', 'refused']);
  expect(signalsOf(person('ana'), person('jo'), order({ ordinal: 2 }), { newCustomersOnly: false })).toEqual(
    [],
  );
});
