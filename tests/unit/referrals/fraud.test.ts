import { describe, expect, test } from 'vitest';
import {
  signalsOf,
  type Evidence,
  type KnownOrder,
  type KnownPerson,
  type Likeness,
} from '../../../app/referrals/fraud.ts';
import { staffIn } from '../../../app/referrals/employees.ts';
import { verdictOf } from '../../../app/referrals/signals.ts';

function person(id: string, with_: Partial<KnownPerson> = {}): KnownPerson {
  const { email = `${id}@example.com`, ...rest } = with_;
  const nobody = { phone: null, firstName: null, lastName: null, addressHash: null, country: 'DE', tags: [] };
  return { id, email, ...nobody, ...rest };
}

const order = (with_: Partial<KnownOrder> = {}): KnownOrder => ({
  email: null,
  phone: null,
  addressHash: null,
  country: 'DE',
  ordinal: 1,
  total: 5000n,
  source: 'web',
  ...with_,
});

const UNLIKE: Likeness = {
  withAdvocate: new Set(),
  ring: null,
  again: false,
  others: 0,
  nearby: 0,
  isPlaced: true,
  referrer: null,
};

const likeness = (with_: Partial<Likeness>): Likeness => ({ ...UNLIKE, ...with_ });

const looking = (with_: Partial<Evidence> = {}): Evidence => ({
  advocate: person('ana'),
  friend: person('jo'),
  order: order(),
  likeness: UNLIKE,
  risk: 'none',
  dispute: null,
  staff: { mailboxes: new Set(), domains: new Set() },
  terms: { newCustomersOnly: true },
  tooMany: false,
  tooFast: false,
  ...with_,
});
const found = (with_: Partial<Evidence> = {}) => signalsOf(looking(with_));

test('a stranger on a first, paid order raises nothing', () => {
  expect(found()).toEqual([]);
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
    ['another name of the provider', 'ana.lima@proton.me', 'analima@pm.me'],
  ])('%s', (_name, advocate, friend) => {
    expect(
      found({ advocate: person('a', { email: advocate }), friend: person('f', { email: friend }) }),
    ).toEqual(['same-email']);
  });

  test.each([
    ['another domain', 'ana@example.com', 'ana@example.org'],
    ['a name that begins alike', 'ana@example.com', 'anabel@example.com'],
  ])('%s is another person', (_name, advocate, friend) => {
    expect(
      found({ advocate: person('a', { email: advocate }), friend: person('f', { email: friend }) }),
    ).toEqual([]);
  });

  test('the same name elsewhere is like it, which alone holds nothing', () => {
    const signals = found({
      advocate: person('a', { email: 'ana.lima@example.com' }),
      friend: person('f', { email: 'analima7@outlook.com' }),
    });
    expect(signals).toEqual(['similar-email']);
    expect(verdictOf(signals)).toBe('pending');
  });

  test('the address on the order counts as well as the customer’s', () => {
    const friend = person('f', { email: 'somebody@example.com' });
    const by = order({ email: 'ana+2@example.com' });
    expect(found({ friend, order: by })).toEqual(['same-email']);
    expect(found({ friend: null, order: by })).toEqual(['same-email']);
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
    const signals = found({
      advocate: person('a', { phone: advocate }),
      order: order({ phone: friend, country }),
    });
    expect(signals).toEqual(['same-phone']);
    expect(verdictOf(signals)).toBe('held');
  });

  test('the same digits in another country are another number', () => {
    const friend = order({ phone: '0151 12345678', country: 'AT' });
    expect(found({ advocate: person('a', { phone: '+4915112345678' }), order: friend })).toEqual([]);
  });
});

describe('the same door', () => {
  test('is a household, and held', () => {
    const ana = person('ana', { addressHash: 'h' });
    for (const with_ of [
      { friend: person('jo', { addressHash: 'h' }) },
      { order: order({ addressHash: 'h' }) },
    ]) {
      const signals = found({ advocate: ana, ...with_ });
      expect(signals).toEqual(['same-address']);
      expect(verdictOf(signals)).toBe('held');
    }
    expect(found()).toEqual([]);
  });

  test('with the same name and one thing more is the same person, whatever the script and the order of names', () => {
    const named = { addressHash: 'h', phone: '+4915112345678' };
    const ana = person('ana', { ...named, firstName: 'Júlia', lastName: 'Müller Lima' });
    const jo = person('jo', { ...named, firstName: 'Lima Mueller', lastName: 'JULIA' });
    const signals = found({ advocate: ana, friend: jo });
    expect(signals).toEqual(['same-person', 'same-phone', 'same-address']);
    expect(verdictOf(signals)).toBe('refused');
    const wife = person('wife', { ...named, firstName: 'Rosa', lastName: 'Müller Lima' });
    expect(verdictOf(found({ advocate: ana, friend: wife }))).toBe('held');
    const son = person('son', { addressHash: 'h', firstName: 'Júlia', lastName: 'Müller Lima' });
    expect(found({ advocate: ana, friend: son })).toEqual(['same-address', 'same-name']);
  });

  test('a name alone says nothing', () => {
    const [ana, other] = ['a', 'b'].map((id) => person(id, { firstName: 'Ana', lastName: 'Lima' }));
    const signals = found({ advocate: ana!, friend: other! });
    expect(signals).toEqual(['same-name']);
    expect(verdictOf(signals)).toBe('pending');
  });
});

test('the same record is one reason, however much else is the same', () => {
  const ana = person('ana', { addressHash: 'h', firstName: 'Ana', lastName: 'Lima' });
  const signals = found({ advocate: ana, friend: ana, order: order({ ordinal: 4 }) });
  expect(signals).toEqual(['same-customer']);
});

describe('traces of orders', () => {
  test.each([
    ['mailbox', 'same-email', 'refused'],
    ['phone', 'same-phone', 'held'],
    ['door', 'same-address', 'held'],
    ['browser', 'same-browser', 'held'],
    ['building', 'same-building', 'pending'],
    ['network', 'same-network', 'pending'],
    ['likeness', 'similar-email', 'pending'],
  ] as const)('%s', (kind, signal, verdict) => {
    const signals = found({ likeness: likeness({ withAdvocate: new Set([kind]) }) });
    expect(signals).toEqual([signal]);
    expect(verdictOf(signals)).toBe(verdict);
  });

  test('a stronger sign takes the weaker one with it', () => {
    const withAdvocate = new Set(['browser', 'network', 'door', 'building', 'area'] as const);
    expect(found({ likeness: likeness({ withAdvocate }) })).toEqual(['same-address', 'same-browser']);
  });

  test.each([
    [{ ring: 3 }, 'ring'],
    [{ again: true }, 'friend-again'],
    [{ others: 1 }, 'many-advocates'],
    [{ nearby: 7 }, 'network-fast'],
    [{ referrer: 'couponfollow.com' }, 'coupon-site'],
    [{ referrer: 'gutscheine.example-news.de' }, 'coupon-site'],
  ] as const)('%j', (with_, signal) => {
    expect(found({ likeness: likeness(with_) })).toEqual([signal]);
    expect(verdictOf([signal])).toBe('held');
  });

  test('other pages, and a few friends from one part of the net, are nothing', () => {
    for (const with_ of [{ nearby: 6 }, { referrer: 'instagram.com' }, { referrer: 'promotion-agency.com' }])
      expect(found({ likeness: likeness(with_) })).toEqual([]);
  });
});

describe('what cannot be told is held, never let through', () => {
  test.each([
    ['an order of nobody', { friend: null, order: order({ ordinal: null }) }, 'cannot-tell'],
    ['an advocate who is gone', { advocate: null }, 'cannot-tell'],
    ['no traces', { likeness: null }, 'no-traces'],
    ['a web order that came from nowhere', { likeness: likeness({ isPlaced: false }) }, 'no-traces'],
    ['a risk that Shopify does not tell', { risk: null }, 'no-risk'],
  ] as const)('%s', (_name, with_, signal) => {
    const signals = found(with_);
    expect(signals).toEqual([signal]);
    for (const how of ['calm', 'usual', 'careful'] as const) expect(verdictOf(signals, how)).toBe('held');
  });

  test('a counter has no browser, and Shopify may still speak', () => {
    expect(found({ order: order({ source: 'pos' }), likeness: likeness({ isPlaced: false }) })).toEqual([]);
    expect(found({ risk: 'unheard' })).toEqual([]);
  });
});

describe('mailboxes', () => {
  test.each(['x@sub.mailinator.com', 'x@yopmail.com', 'x@10minutemail.com', 'x@mail.tm'])(
    '%s is held',
    (email) => {
      const signals = found({ friend: person('jo', { email }) });
      expect(signals).toEqual(['throwaway-email']);
      expect(verdictOf(signals)).toBe('held');
    },
  );

  test('one that only forwards is a small sign', () => {
    expect(found({ friend: person('jo', { email: 'x1@privaterelay.appleid.com' }) })).toEqual([
      'hidden-email',
    ]);
    expect(verdictOf(['hidden-email'])).toBe('pending');
  });
});

describe('people who work at the shop', () => {
  const staff = { mailboxes: new Set(['owner@gmail.com']), domains: new Set(['pots.example']) };
  test.each([
    ['by their tag', { advocate: person('ana', { tags: ['VIP', 'Mitarbeiterin'] }) }],
    ['by the friend’s tag', { friend: person('jo', { tags: ['Staff'] }) }],
    ['by the shop’s own domain', { friend: person('jo', { email: 'jo@pots.example' }) }],
    ['by the shop’s own address', { advocate: person('ana', { email: 'Owner+me@googlemail.com' }) }],
  ])('%s', (_name, with_) => {
    const signals = found({ staff, ...with_ });
    expect(signals).toEqual(['employee']);
    expect(verdictOf(signals)).toBe('refused');
  });

  test('two colleagues of another company are friends', () => {
    const [ana, jo] = ['ana@acme.example', 'jo@acme.example'].map((email) => person(email, { email }));
    expect(found({ staff, advocate: ana!, friend: jo! })).toEqual([]);
  });
});

test('payments: a high risk and a question of the bank hold, some risk alone does not', () => {
  expect([found({ risk: 'high' }), found({ dispute: 'inquiry' })]).toEqual([['risk-high'], ['disputed']]);
  expect(verdictOf(found({ risk: 'medium' }))).toBe('pending');
  expect(found({ risk: 'low', dispute: 'won' })).toEqual([]);
});

test('a customer from before and an order of nothing are refused without a person', () => {
  const again = found({ order: order({ ordinal: 2 }) });
  const free = found({ order: order({ total: 0n }) });
  expect([again, free].map((signals) => verdictOf(signals))).toEqual(['refused', 'refused']);
  expect(found({ order: order({ ordinal: 2 }), terms: { newCustomersOnly: false } })).toEqual([]);
});

test('limits are told', () => {
  expect(found({ tooMany: true, tooFast: true })).toEqual(['too-many', 'too-fast']);
});

test('whom a merchant names as staff: addresses and domains, never a domain that is everybody’s', () => {
  expect(staffIn(' rosa@gmail.com\n@agency.example, agency.org ')).toEqual({
    staff: ['rosa@gmail.com', '@agency.example', 'agency.org'],
  });
  expect(staffIn('@gmail.com')).toEqual({ problem: expect.stringContaining('gmail.com') });
  expect(staffIn('rosa')).toEqual({ problem: expect.stringContaining('“rosa”') });
  expect(staffIn('')).toEqual({ staff: [] });
});
