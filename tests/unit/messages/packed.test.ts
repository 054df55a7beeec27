import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packed, unpacked } from '../../../app/messages/packed.server.ts';

test('what was packed comes back as it was, in any script', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 2000 }), (html) => {
      expect(unpacked(packed(html))).toBe(html);
    }),
  );
});

test('a mail takes a third of its room at most', () => {
  const html = `<!doctype html><body>${'<td style="padding:0;font-size:16px"><a href="https://example.com/p">Ana</a></td>'.repeat(100)}</body>`;
  expect(packed(html).length).toBeLessThan(html.length / 3);
});

test('what was kept before anything was packed is read as it is', () => {
  for (const kept of ['', '<!doctype html><p>Ana</p>']) expect(unpacked(kept)).toBe(kept);
});
