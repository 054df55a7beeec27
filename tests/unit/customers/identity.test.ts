import { describe, expect, test } from 'vitest';
import { cleanEmail, emailKey, normalPhone } from '../../../app/customers/identity.ts';
import { plain, searchTextOf, searchWords } from '../../../app/customers/search.ts';
import { zoneOf } from '../../../app/customers/zones.ts';

describe('an e-mail', () => {
  test.each([
    ['Ada@Example.com', 'ada@example.com'],
    ['  ada+news@example.com ', 'ada@example.com'],
    ['a.d.a@gmail.com', 'ada@gmail.com'],
    ['A.da+x@GoogleMail.com', 'ada@gmail.com'],
    ['a.d.a@example.com', 'a.d.a@example.com'],
    ['info@müller.de', 'info@xn--mller-kva.de'],
    ['+tag@example.com', '+tag@example.com'],
  ])('%s is the mailbox %s', (email, key) => {
    expect(emailKey(email)).toBe(key);
  });

  test.each(['', 'ada', 'ada@', '@example.com', 'ada@localhost', 'a b@example.com', null, undefined])(
    '%s is none',
    (email) => {
      expect(emailKey(email)).toBeNull();
      expect(cleanEmail(email)).toBeNull();
    },
  );
});

test.each([
  ['+1 (613) 555-0143', null, '+16135550143'],
  ['0151 23456789', 'DE', '+4915123456789'],
  ['06 12 34 56 78', 'FR', '+33612345678'],
  ['12', 'DE', null],
  ['call me', 'DE', null],
  [null, 'DE', null],
])('the phone %s of %s is %s', (phone, country, normal) => {
  expect(normalPhone(phone, country)).toBe(normal);
});

test.each([
  ['DE', null, 'Europe/Berlin'],
  ['US', 'CA', 'America/Los_Angeles'],
  ['US', 'NY', 'America/New_York'],
  ['US', null, 'America/New_York'],
  ['US', 'HI', 'Pacific/Honolulu'],
  ['CA', 'NL', 'America/St_Johns'],
  ['AU', 'WA', 'Australia/Perth'],
  ['ES', 'GC', 'Atlantic/Canary'],
  ['ES', 'M', 'Europe/Madrid'],
  ['MX', 'Q ROO', 'America/Cancun'],
  ['PT', 'PT-20', 'Atlantic/Azores'],
  ['JP', 'JP-13', 'Asia/Tokyo'],
  ['FR', null, 'Europe/Paris'],
  ['GB', 'ENG', 'Europe/London'],
  ['XX', null, null],
  [null, null, null],
  ['Germany', null, null],
])('%s %s is in %s', (country, province, zone) => {
  expect(zoneOf(country, province)).toBe(zone);
});

test('every country of ICU that has a zone has one that Temporal knows', () => {
  const known = new Set(Intl.supportedValuesOf('timeZone'));
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const zones = letters
    .flatMap((a) => letters.map((b) => zoneOf(`${a}${b}`)))
    .filter((zone) => zone !== null);
  expect(zones.length).toBeGreaterThan(200);
  const unknown = zones.filter((zone) => !known.has(zone) && !canFormat(zone));
  expect(unknown).toEqual([]);
});

const canFormat = (timeZone: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }));
  } catch {
    return false;
  }
};

describe('search', () => {
  test('marks, case and spaces do not matter', () => {
    expect(plain('  Zoë  MÜLLER-Straße ')).toBe('zoe muller-strasse');
    expect(searchTextOf({ firstName: 'Zoë', lastName: null, email: 'Z@x.de', phone: '+49151' })).toBe(
      ' zoe z@x.de +49151',
    );
  });

  test.each([
    ['ana lima', ['lima', 'ana']],
    ['ana ana', ['ana']],
    ['0151 / 234-56', ['15123456']],
    ['+49 (151) 234', ['49151234']],
    ['', []],
    ['a b c d e f g', ['a', 'b', 'c', 'd', 'e']],
  ])('"%s" looks for %j', (text, words) => {
    expect(searchWords(text)).toEqual(words);
  });
});
