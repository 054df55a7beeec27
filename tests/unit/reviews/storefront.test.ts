/** The blocks of the theme: what Shopify's own check says of them, what they weigh, and what they become. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { themeCheckRun } from '@shopify/theme-check-node';
import { expect, test } from 'vitest';
import { drawBlock, schemaOf, themeExtension, type BlockPage } from '../../../sandbox/theme/blocks.ts';

const check = async (folder: string) => {
  const { offenses } = await themeCheckRun(folder, path.join(folder, '.theme-check.yml'));
  return offenses.map(({ check: name, uri, message }) => `${path.basename(uri)} ${name}: ${message}`);
};

test('Shopify’s theme check finds nothing, and would find something', async () => {
  expect(await check(themeExtension)).toEqual([]);
  const broken = mkdtempSync(path.join(tmpdir(), 'everafter-theme-'));
  cpSync(themeExtension, broken, { recursive: true });
  writeFileSync(
    path.join(broken, 'blocks/stars.liquid'),
    '{% render "nothing-there" %}{{ product.title | no_such_filter ',
  );
  expect((await check(broken)).length).toBeGreaterThan(0);
  rmSync(broken, { recursive: true });
});

test('the script of all blocks weighs at most 15 KB compressed, and waits until the page has loaded', () => {
  const scripts = readdirSync(path.join(themeExtension, 'assets')).filter((name) => name.endsWith('.js'));
  const weight = scripts
    .map((name) => gzipSync(readFileSync(path.join(themeExtension, 'assets', name))).length)
    .reduce((sum, bytes) => sum + bytes, 0);
  expect(weight).toBeGreaterThan(500);
  expect(weight).toBeLessThan(15 * 1024);
  const text = readFileSync(path.join(themeExtension, 'assets/everafter.js'), 'utf8');
  expect(text).toContain("addEventListener('load'");
  expect(text).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write|eval\(/);
});

test('the same words in six languages', () => {
  const keysOf = (words: object, before = ''): string[] =>
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'object' ? keysOf(value as object, `${before}${key}.`) : [`${before}${key}`],
    );
  const locales = readdirSync(path.join(themeExtension, 'locales'));
  expect(locales.sort()).toEqual([
    'de.json',
    'en.default.json',
    'es.json',
    'fr.json',
    'ja.json',
    'pt-BR.json',
  ]);
  const keys = locales.map((file) =>
    keysOf(JSON.parse(readFileSync(path.join(themeExtension, 'locales', file), 'utf8')) as object).sort(),
  );
  for (const each of keys) expect(each).toEqual(keys[0]);
});

const page = (title: string, locale: string, rating: string | null): BlockPage => {
  const id = 'gid://shopify/Product/11';
  const at = '2026-05-01T00:00:00Z';
  const field = (key: string, type: string, value: string) => ({
    id,
    owner: id,
    namespace: 'reviews',
    key,
    type,
    value,
    createdAt: at,
    updatedAt: at,
  });
  const metafields = rating
    ? [
        field('rating', 'rating', JSON.stringify({ value: rating, scale_min: '1.0', scale_max: '5.0' })),
        field('rating_count', 'number_integer', '12'),
      ]
    : [];
  return {
    shop: { name: 'Leaf', metafields },
    product: { id, title, handle: 'pot' },
    locale,
    url: 'https://leaf.example',
    path: '/products/pot',
  } as unknown as BlockPage;
};

test('stars come with the page, in its language, and are told to search engines', async () => {
  expect(await drawBlock('stars', page('Pot', 'de', '4.5'))).toMatch(
    /aria-label="4.5 von 5 Sternen"[\s\S]*12 Bewertungen/,
  );
  expect(await drawBlock('stars', page('Pot', 'nl', null))).toContain('No reviews yet');
  const drawn = await drawBlock('reviews', page('</script><script>alert(1)</script>"', 'en', '4.5'));
  const data = JSON.parse(/ld\+json">([\s\S]*?)<\/script>/.exec(drawn)![1]!) as {
    name: string;
    aggregateRating: object;
  };
  expect(data.name).toBe('</script><script>alert(1)</script>"');
  expect(data.aggregateRating).toMatchObject({ ratingValue: '4.5', reviewCount: 12 });
  expect(drawn).not.toContain('<script>alert');
  expect(await drawBlock('reviews', page('Pot', 'en', null))).not.toContain('ld+json');
  expect(await drawBlock('answer-time', page('Pot', 'de', null))).toMatch(
    /data-source="\/apps\/friends\/answer-time"[\s\S]*data-hours="Wir antworten innerhalb von % Stunden"/,
  );
  for (const block of ['stars', 'reviews', 'questions', 'latest-reviews', 'stories', 'answer-time']) {
    expect(schemaOf(block).name).not.toBe('');
    expect(await drawBlock(block, page('Pot', 'fr', '3.0'))).not.toContain('translation missing');
  }
});

test('a heading that the merchant left empty is in the language of the page; one that they wrote stands in all', async () => {
  const headed = async (block: string, locale: string, chosen = {}) => {
    const drawn = await drawBlock(block, page('Pot', locale, null), chosen);
    const [, heading] = /<h2>(.*)<\/h2>/.exec(drawn)!;
    expect(drawn).toContain(`tabindex="0" aria-label="${heading}"`);
    return heading;
  };
  const languages = ['en', 'de', 'fr', 'es', 'pt-BR', 'ja', 'de-CH', 'nl'];
  const all = (block: string) => Promise.all(languages.map((locale) => headed(block, locale)));
  expect(await all('latest-reviews')).toEqual([
    'What customers say',
    'Was Kunden sagen',
    'Ce que disent nos clients',
    'Lo que dicen nuestros clientes',
    'O que os clientes dizem',
    'お客様の声',
    'Was Kunden sagen',
    'What customers say',
  ]);
  expect(await all('stories')).toEqual([
    'Our customers’ pictures',
    'Bilder unserer Kunden',
    'Les photos de nos clients',
    'Fotos de nuestros clientes',
    'Fotos dos nossos clientes',
    'お客様の写真',
    'Bilder unserer Kunden',
    'Our customers’ pictures',
  ]);
  expect(await headed('stories', 'ja', { heading: ' ' })).toBe('お客様の写真');
  expect(await headed('stories', 'ja', { heading: 'Tea & "friends" <b>' })).toBe(
    'Tea &amp; &#34;friends&#34; &lt;b&gt;',
  );
});
