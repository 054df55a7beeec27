import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../../app/messages/compile.server.ts';
import { fill, fillByLiquid, parse, type LiquidForm } from '../../../app/messages/liquid.ts';
import { sampleFields } from '../../../app/messages/sample.ts';
import { DEFAULT_TEMPLATES } from '../../../app/sequences/defaults/defaults.ts';

const FORMS: LiquidForm[] = ['html', 'text'];

/** What a text says, by whoever fills it in. */
const both = (form: LiquidForm, source: string, fields: object) => {
  const parsed = parse(form, source);
  return {
    ours: fill(parsed, fields),
    theirs: fillByLiquid(parsed, fields),
    compiled: parsed.compiled !== null,
  };
};

const path = fc.constantFrom(
  'a',
  'b',
  'c',
  'a.b',
  'a.c',
  'b.a',
  'c.b.a',
  'c[0]',
  'c[1].a',
  'items',
  'items[0]',
  'items[1].a',
  'it',
  'it.a',
  'it.b',
  'nobody',
  'nobody.x',
);
const literal = fc.constantFrom("'x'", '1', '0', 'true', 'false', "''", "'<&>'", '2.5');
const operand = fc.oneof({ weight: 3, arbitrary: path }, { weight: 1, arbitrary: literal });
const value = fc.oneof(
  operand,
  fc.tuple(operand, operand).map(([one, other]) => `${one} | default: ${other}`),
);
const comparison = fc
  .tuple(operand, fc.constantFrom('==', '!=', '>', '<', '>=', '<='), operand)
  .map((parts) => parts.join(' '));
const term = fc.oneof(
  operand,
  comparison,
  fc.tuple(fc.constant('not'), path).map((parts) => parts.join(' ')),
);
const condition = fc.oneof(
  term,
  fc.tuple(term, fc.constantFrom('and', 'or'), term).map((parts) => parts.join(' ')),
);
const { text: template } = fc.letrec<{ text: string; piece: string }>((tie) => ({
  text: fc.array(tie('piece'), { maxLength: 4, depthIdentifier: 'text' }).map((parts) => parts.join('')),
  piece: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'text' },
    fc.constantFrom('plain', ' ', '<b>', '&amp;'),
    value.map((said) => `{{ ${said} }}`),
    fc
      .tuple(condition, tie('text'), condition, tie('text'), tie('text'))
      .map(([one, a, two, b, c]) => `{% if ${one} %}${a}{% elsif ${two} %}${b}{% else %}${c}{% endif %}`),
    fc.tuple(condition, tie('text')).map(([one, a]) => `{% unless ${one} %}${a}{% else %}-{% endunless %}`),
    fc
      .tuple(fc.constantFrom('items', 'c', 'it.b'), tie('text'), tie('text'))
      .map(([list, a, b]) => `{% for it in ${list} %}${a}{% else %}${b}{% endfor %}`),
  ),
}));

const scalar = fc.constantFrom(null, '', 'Ana', 'O\'Neil <3 & "co"', 0, 1, 2, true, false, undefined);
const thing = fc.oneof(
  scalar,
  fc.dictionary(fc.constantFrom('a', 'b', 'c'), scalar, { maxKeys: 3 }),
  fc.array(scalar, { maxLength: 3 }),
);
const fieldsOf = fc.record(
  {
    a: thing,
    b: thing,
    c: fc.oneof(
      thing,
      fc.array(fc.dictionary(fc.constantFrom('a', 'b'), thing, { maxKeys: 2 }), { maxLength: 3 }),
    ),
    items: fc.array(fc.dictionary(fc.constantFrom('a', 'b'), thing, { maxKeys: 2 }), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

describe('texts made into functions', () => {
  test.each(FORMS)('say what liquidjs says, word for word and with the same missing field, in %s', (form) => {
    let compiled = 0;
    fc.assert(
      fc.property(template, fieldsOf, (source, fields) => {
        const said = both(form, source, fields);
        if (said.compiled) compiled += 1;
        expect(said.ours).toEqual(said.theirs);
      }),
      { numRuns: 3000 },
    );
    // Nearly all of them are functions: a compiler that gives everything back would be right, and of no use.
    expect(compiled).toBeGreaterThan(2700);
  });

  test.each(['en', 'de', 'fr', 'es'])(
    'fill every ready mail in %s as liquidjs does, and all of them are compiled',
    async (locale) => {
      const fields = {
        ...sampleFields(locale),
        message: { class: 'ask' },
        brand: { color: '#2b4c3f', on_color: '#fff' },
      };
      for (const { text } of DEFAULT_TEMPLATES.filter((one) => one.locale === locale)) {
        const { html, text: plain } = await compile(text, locale);
        for (const [form, source] of [
          ['html', html],
          ['text', plain],
          ['text', text.subject],
        ] as const) {
          const said = both(form, source, fields);
          expect(said.compiled).toBe(true);
          expect(said.ours).toEqual(said.theirs);
          expect(said.ours).toHaveProperty('text');
        }
      }
    },
  );

  test.each([
    '{{ a | upcase }}',
    '{{ items | first }}',
    '{{ items.size }}',
    '{% case a %}{% when 1 %}one{% endcase %}',
    '{% for it in items reversed %}{{ it.a }}{% endfor %}',
    '{% for it in items %}{{ forloop.index }}{% endfor %}',
    '{% assign x = a %}{{ x }}',
    '{% if a contains "n" %}yes{% endif %}',
    '{% if a == nil %}none{% endif %}',
    '{{ a | default: "x", allow_false: true }}',
    '{{ (1..3) }}',
  ])('%s is left to liquidjs', (source) => {
    const said = both('html', source, { a: 'Ana', items: [{ a: 1 }, { a: 2 }] });
    expect(said.compiled).toBe(false);
    expect(said.ours).toEqual(said.theirs);
  });

  test('a loop over more than anybody buys is left to the limits of liquidjs', () => {
    const items = Array.from({ length: 50 }, (_, a) => ({ a }));
    const source = '{% for x in items %}{% for y in items %}.{% endfor %}{% endfor %}';
    expect(both('text', source, { items }).ours).toEqual({ text: '.'.repeat(2500) });
  });
});
