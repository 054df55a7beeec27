/** A rotation of ENCRYPTION_KEY: what was made before it holds after it. */
import { expect, test } from 'vitest';
import { readConfig } from '../../../app/config.server.ts';
import { makeLinks } from '../../../app/messages/links.server.ts';
import { addressHash } from '../../../app/messages/suppression.server.ts';
import { codeFor } from '../../../app/rewards/loop.server.ts';
import { keysFrom } from '../../../app/wiring.server.ts';

const old = Buffer.alloc(32, 1);
const next = Buffer.alloc(32, 2);
const owner = { shopId: 1n, customerId: 'c', messageId: null };

const before = keysFrom({ LASTING_KEY: undefined }, [old]);
const after = keysFrom({ LASTING_KEY: old.toString('base64') }, [next, old]);
const muchLater = keysFrom({ LASTING_KEY: old.toString('base64') }, [next]);
const linksWith = (keys: typeof before) => makeLinks({ appUrl: '', key: keys.everyKey('links') });
const tokenOf = (url: string) => url.split('/')[2]!;

test.each([
  ['just rotated', after],
  ['the previous key thrown away', muchLater],
])('links, hashes and codes are what they were: %s', (_when, keys) => {
  const token = tokenOf(linksWith(before).preferences(owner));
  expect(linksWith(keys).readPreferences(token)).toEqual(owner);
  const hash = (of: typeof before) => addressHash(of.key('suppression'), 1n, 'email', 'ana@example.com');
  expect(hash(keys)).toEqual(hash(before));
  expect(codeFor(keys.key('reward-code'), 'r')).toBe(codeFor(before.key('reward-code'), 'r'));
  expect(keys.everyKey('tombstone')[0]).toEqual(before.key('tombstone'));
});

test('links are read under every known key, and signed with the lasting one', () => {
  const withoutLasting = keysFrom({ LASTING_KEY: undefined }, [next]);
  const token = tokenOf(linksWith(withoutLasting).preferences(owner));
  expect(linksWith(after).readPreferences(token)).toEqual(owner);
  expect(linksWith(before).readPreferences(token)).toBeNull();
});

test('a rotation that would break what lasts does not start', () => {
  const settings = { ...process.env, ENCRYPTION_KEY_PREVIOUS: old.toString('base64') };
  expect(() => readConfig(settings)).toThrow(/LASTING_KEY/);
  expect(() => readConfig({ ...settings, LASTING_KEY: old.toString('base64') })).not.toThrow();
});
