import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TemplateText } from '../../../app/messages/blocks.ts';
import { MOST_BYTES } from '../../../app/messages/checks.ts';
import { readableOn } from '../../../app/messages/color.ts';
import { compile } from '../../../app/messages/compile.server.ts';
import type { MergeFields } from '../../../app/messages/fields.ts';
import { smsText } from '../../../app/messages/plain-text.ts';
import {
  parseText,
  renderMail,
  renderSms,
  type Dressing,
  type Tracking,
} from '../../../app/messages/render.ts';
import { everyBlock, textOf } from './every-block.ts';
import { sampleFields } from '../../../app/messages/sample.ts';
import { mayTrackOpens } from '../../../app/messages/tracking.ts';

const dressing: Dressing = {
  class: 'ask',
  brand: { logoUrl: 'https://cdn.example.com/logo.png', color: '#2b4c3f' },
  postalAddress: '12 Mill Lane, Bristol',
};
const plain: Tracking = { click: null, pixelUrl: null, ownOrigin: 'https://app.example.com' };

async function rendered(
  text: TemplateText,
  change: Partial<MergeFields> = {},
  tracking = plain,
  locale = 'en',
) {
  const compiled = await compile(text, locale);
  const parsed = parseText({ ...compiled, subject: text.subject, sms: smsText(text, 'en') });
  return renderMail(parsed, { ...sampleFields(locale), ...change }, dressing, tracking);
}

async function mail(...args: Parameters<typeof rendered>) {
  const words = await rendered(...args);
  if ('missing' in words) throw new Error(JSON.stringify(words.missing));
  return words;
}

test.each([
  [undefined, 520],
  [50, 260],
])('a picture of %s percent is %d pixels wide', async (width, pixels) => {
  const picture = { kind: 'image', src: 'https://x.example/a.png', alt: 'A bench', width } as const;
  const { html } = await mail(textOf([picture]));
  expect(html).toMatch(new RegExp(`alt="A bench"[^>]*width="${pixels}"|width="${pixels}"[^>]*alt="A bench"`));
});

describe('a mail with every block', () => {
  test.each(['en', 'de', 'fr', 'es', 'pt-BR', 'ja'])(
    'in %s: small, whole, dark, with alt texts and a way out',
    async (locale) => {
      const { html, text } = await mail(textOf(everyBlock), {}, plain, locale);
      expect(Buffer.byteLength(html)).toBeLessThan(MOST_BYTES / 3);
      expect(html).not.toMatch(/\{\{|\{%|lqdv7k|undefined|\[object/);
      expect(text).not.toMatch(/\{\{|\{%|undefined|\[object/);
      expect(html).toContain(`lang="${locale}"`);
      expect(html).toContain('prefers-color-scheme: dark');
      expect(html).toContain('name="color-scheme"');
      expect(html.match(/<img/g)!.length).toBe(html.match(/<img[^>]*\balt="/g)!.length);
      for (const part of [html, text]) {
        expect(part).toContain('https://example.com/u/sample');
        expect(part).toContain('https://example.com/p/sample');
        expect(part).toContain('12 Mill Lane, Bristol');
      }
      expect(html).toContain('max-width:600px');
      expect(html).not.toMatch(/https:\/\/fonts\.|<script|@import/);
    },
  );

  test('reads well as plain text', async () => {
    const { text } = await mail(textOf(everyBlock));
    expect(text).toMatchInlineSnapshot(`
      "Hello Ana

      One bold word, a link: https://example.com/x?a=1&b=2.
      A line.

      Another paragraph.

      [A bench with tools]

      * Linen apron
        Review: https://example.com/r/sample
      * Oak spoon (Quantity: 2)
        Review: https://example.com/r/sample

      Linen apron: Care for linen
      Wash at 40 degrees with like colours.
      Hang to dry.
      Read on: https://example.com/pages/linen

      Bad:
      https://example.com/a/sample-1
      So so:
      https://example.com/a/sample-2
      Good:
      https://example.com/a/sample-3

      How likely are you to recommend us?
      0:
      https://example.com/a/sample-0
      1:
      https://example.com/a/sample-1
      2:
      https://example.com/a/sample-2
      3:
      https://example.com/a/sample-3
      4:
      https://example.com/a/sample-4
      5:
      https://example.com/a/sample-5
      6:
      https://example.com/a/sample-6
      7:
      https://example.com/a/sample-7
      8:
      https://example.com/a/sample-8
      9:
      https://example.com/a/sample-9
      10:
      https://example.com/a/sample-10

      Your code: ANA-7Q4K
      For friends

      How do you like it?
      Linen apron
      ★★★★★ https://example.com/r/sample?stars=5
      ★★★★ https://example.com/r/sample?stars=4
      ★★★ https://example.com/r/sample?stars=3
      ★★ https://example.com/r/sample?stars=2
      ★ https://example.com/r/sample?stars=1

      For your friends: ANA-7Q4K
      Your friend gets 15% off, you get €10 off when their order is settled.
      Pass it on: https://example.com/apps/friends/ANA-7Q4K

      Pictures: https://pictures.example/shop

      Go:
      https://example.com/orders/1001

      A Shop

      It has not arrived yet: https://example.com/n/sample

      -- 
      You get this mail because you are a customer of A Shop.
      No more of these: https://example.com/u/sample
      Nothing but order news: https://example.com/u/sample-all
      What you get, and when: https://example.com/p/sample
      12 Mill Lane, Bristol"
    `);
  });

  test('a service mail says why and has no unsubscribe, only preferences', async () => {
    const text = textOf(everyBlock);
    const parsed = parseText({ ...(await compile(text, 'en')), subject: text.subject, sms: '' });
    const words = renderMail(parsed, sampleFields('en'), { ...dressing, class: 'service' }, plain);
    expect(words).toMatchObject({ html: expect.stringContaining('because you ordered') as string });
    expect(JSON.stringify(words)).not.toContain('/u/sample');
  });

  test('without a logo the name stands there; a light colour gets dark letters', async () => {
    const text = textOf(everyBlock);
    const parsed = parseText({ ...(await compile(text, 'en')), subject: text.subject, sms: '' });
    const bright = { ...dressing, brand: { logoUrl: '', color: '#ffe066' } };
    const words = renderMail(parsed, sampleFields('en'), bright, plain);
    expect(JSON.stringify(words)).toContain('class=\\"name\\"');
    expect(JSON.stringify(words)).toContain('color:#1b1a19');
    expect([readableOn('#000000'), readableOn('#ffffff')]).toEqual(['#ffffff', '#1b1a19']);
  });
});

describe('merge fields', () => {
  const nameless = { customer: { first_name: null, last_name: null } };

  test('a fallback takes the place of what is not known', async () => {
    expect(await mail(textOf(everyBlock), nameless)).toMatchObject({ subject: 'Hello there' });
  });

  test('without one the message stops and names the field', async () => {
    const text = textOf([{ kind: 'paragraph', text: 'Dear {{ customer.first_name }}' }]);
    expect(await rendered(text, nameless)).toEqual({
      missing: { code: 'missing-field', field: 'customer.first_name' },
    });
    const wantsCode = textOf([{ kind: 'code', label: 'Code', code: '{{ referral.code }}' }]);
    expect(await rendered(wantsCode, { referral: null })).toMatchObject({
      missing: { field: 'referral.code' },
    });
    const wantsAnswers = textOf([{ kind: 'rating', options: ['a', 'b'] }]);
    expect(await rendered(wantsAnswers, { answers: [] })).toMatchObject({
      missing: { code: 'missing-field' },
    });
  });

  test('whatever a customer is called, their name is text and nothing else', async () => {
    const text = textOf([{ kind: 'paragraph', text: 'Dear {{ customer.first_name | default: "x" }}.' }]);
    const compiled = await compile(text, 'en');
    const parsed = parseText({ ...compiled, subject: text.subject, sms: '' });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme', minLength: 1 }),
          fc.constantFrom(
            '<script>alert(1)</script>',
            '{{ shop.name }}',
            '" onload="x',
            '&lt;b&gt;',
            '{% if %}',
          ),
        ),
        (name) => {
          const fields = { ...sampleFields('en'), customer: { first_name: name, last_name: null } };
          const words = renderMail(parsed, fields, dressing, plain);
          const html = 'html' in words ? words.html : '';
          const shown = /Dear (.*?)\.<\/div>/s.exec(html)?.[1] ?? '';
          expect(shown).not.toMatch(/[<>"]/);
          expect(unescaped(shown)).toBe(name);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a link that leads nowhere stops the message', async () => {
    const text = textOf([{ kind: 'button', label: 'Go', url: '{{ product.url }}' }]);
    const product = { ...sampleFields('en').product!, url: 'javascript:alert(1)' };
    expect(await rendered(text, { product })).toMatchObject({ missing: { code: 'broken-link' } });
  });
});

const unescaped = (html: string) =>
  html.replace(/&(?:#(\d+)|amp|lt|gt|quot);/g, (entity, code: string | undefined) =>
    code
      ? String.fromCodePoint(Number(code))
      : ({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' } as Record<string, string>)[entity]!,
  );

test('stars are asked for the product of the mail, or for each that can be reviewed', async () => {
  const text = textOf([{ kind: 'stars', label: 'How many?' }]);
  const sample = sampleFields('en');
  const one = await mail(text);
  expect(one.html.match(/class="star"/g)).toHaveLength(5);
  expect(one.html).toContain('href="https://example.com/r/sample?stars=4"');
  expect(one.html).toContain('aria-label="4 of 5 stars"');
  const [apron, spoon] = sample.products;
  const tip = { ...spoon!, title: 'A tip', review_url: null };
  const all = await mail(text, { product: null, products: [apron!, spoon!, tip] });
  expect(all.html.match(/class="star"/g)).toHaveLength(10);
  expect(all.text).not.toContain('A tip');
  // Asked for one that cannot be reviewed: not sent.
  expect(await rendered(text, { product: tip })).toMatchObject({ missing: { field: 'product.review_url' } });
});

test('a referral card needs a code', async () => {
  const text = textOf([{ kind: 'referral', label: 'For friends', share: 'Pass it on' }]);
  const { html } = await mail(text);
  expect(html).toContain('ANA-7Q4K');
  expect(html).toContain('href="https://example.com/apps/friends/ANA-7Q4K"');
  expect(await rendered(text, { referral: null })).toMatchObject({ missing: { field: 'referral.code' } });
});

describe('tracking', () => {
  const tracking: Tracking = {
    click: (url) => `https://app.example.com/c/${encodeURIComponent(url)}`,
    pixelUrl: 'https://app.example.com/o/token.gif',
    ownOrigin: 'https://app.example.com',
  };

  test('links lead through us, our own do not, and the pixel stands last', async () => {
    const links = {
      preferences: 'https://app.example.com/p/1',
      unsubscribe: 'https://app.example.com/u/1',
      unsubscribe_all: 'https://app.example.com/u/2',
      not_arrived: null,
    };
    const { html, text } = await mail(textOf(everyBlock), { links }, tracking);
    expect(html).toContain(
      `https://app.example.com/c/${encodeURIComponent('https://example.com/x?a=1&b=2')}`,
    );
    expect(html).toContain('href="https://app.example.com/u/1"');
    expect(html).toMatch(/o\/token\.gif"[^>]*><\/body>/);
    expect(text).toContain('https://example.com/x?a=1&b=2');
  });

  test('opens are noticed only where no consent is needed for it', () => {
    const settings = { opens: true, clicks: true };
    expect(mayTrackOpens({ settings, country: 'US' })).toBe(true);
    for (const country of ['DE', 'FR', 'GB', 'CH', null])
      expect(mayTrackOpens({ settings, country })).toBe(false);
    expect(mayTrackOpens({ settings: { ...settings, opens: false }, country: 'US' })).toBe(false);
  });
});

test('as a text message only sentences, code and address remain', () => {
  const parsed = parseText({ subject: '', html: '', text: '', sms: smsText(textOf(everyBlock), 'en') });
  expect(renderSms(parsed, sampleFields('en'), dressing)).toMatchInlineSnapshot(`
    {
      "html": "",
      "subject": "",
      "text": "Hello Ana
    One bold word, a link: https://example.com/x?a=1&b=2.
    A line.

    Another paragraph.
    Your code: ANA-7Q4K
    For your friends: ANA-7Q4K https://example.com/apps/friends/ANA-7Q4K
    Go: https://example.com/orders/1001
    It has not arrived yet: https://example.com/n/sample",
    }
  `);
});

test('whatever a merchant writes is compiled without harm', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), async (typed) => {
      const harmless = typed.replace(/[{}]/g, '');
      const words = await rendered(
        textOf([
          { kind: 'paragraph', text: `x${harmless}x` },
          { kind: 'heading', text: `x${harmless}` },
        ]),
      );
      expect('html' in words || words.missing.code === 'broken-link').toBe(true);
      expect('html' in words ? words.html : '').not.toMatch(/<script|lqdv7k/);
    }),
    { numRuns: 150 },
  );
});
