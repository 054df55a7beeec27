import { describe, expect, test } from 'vitest';
import { fileSrcset, fileUrl } from '../../../app/files/file.ts';
import { rangeIn } from '../../../app/files/range.ts';
import { sniff } from '../../../app/files/sniff.ts';
import { uploadTokens } from '../../../app/files/upload.ts';
import { aVideo } from '../../videos.ts';

describe('the address of a file', () => {
  const picture = { name: 'a'.repeat(32), kind: 'picture', ending: 'jpg', widths: [320, 700] } as const;
  const file = { ...picture, widths: [...picture.widths] };

  test('names the smallest width that is enough, else the largest there is', () => {
    expect(fileUrl('https://f.test', file, 100)).toBe(`https://f.test/files/${file.name}/320.jpg`);
    expect(fileUrl('https://f.test', file, 400)).toMatch(/\/700\.jpg$/);
    expect(fileUrl('https://f.test', file, 1600)).toMatch(/\/700\.jpg$/);
    expect(fileSrcset('https://f.test', file)).toMatch(/320\.jpg 320w, .+700\.jpg 700w$/);
  });
});

test.each([
  ['bytes=0-', { start: 0, end: Number.MAX_SAFE_INTEGER }],
  ['bytes=5-9', { start: 5, end: 9 }],
  ['bytes=9-5', null],
  ['bytes=-5', null],
  ['bytes=0-1,5-6', null],
  ['lines=1-2', null],
  [undefined, null],
])('the range %s', (header, range) => {
  expect(rangeIn(header)).toEqual(range);
});

test.each([
  ['mp4', aVideo({ brand: 'mp42' }), { kind: 'video' }],
  ['mov', aVideo(), { kind: 'video' }],
  [
    'an unknown brand',
    Buffer.from('\0\0\0\x14ftypjp2 \0\0\0\0jp2 '),
    { kind: 'refused', refusal: 'video-kind' },
  ],
  ['webm', Buffer.from('\x1aE\xdf\xa3\x01', 'latin1'), { kind: 'refused', refusal: 'video-kind' }],
  ['a name alone', Buffer.from('photo.jpg'), { kind: 'refused', refusal: 'unknown' }],
])('%s is known by its bytes', (_name, bytes, is) => {
  expect(sniff(bytes.subarray(0, 512))).toEqual(is);
});

describe('a token for uploads', () => {
  const tokens = uploadTokens(new Uint8Array(32).fill(3));
  const now = new Date('2026-03-01T10:00:00Z');
  const who = { shopId: 5n, purpose: 'story' as const, customerId: '0195a0c0-0000-7000-8000-000000000001' };

  test('says whose it is, for half a day', () => {
    const token = tokens.sign(who, now);
    expect(tokens.read(token, new Date('2026-03-01T21:59:00Z'))).toEqual(who);
    expect(tokens.read(token, new Date('2026-03-01T22:01:00Z'))).toBeNull();
  });

  test('is not to be had without the key', () => {
    const other = uploadTokens(new Uint8Array(32).fill(4)).sign(who, now);
    expect(tokens.read(other, now)).toBeNull();
    expect(tokens.read(`${tokens.sign(who, now)}x`, now)).toBeNull();
  });
});
