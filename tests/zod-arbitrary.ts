/**
 * Anything that a zod schema likes, for properties: led by the schema, so that a new member of a union is tried without
 * anybody thinking of it.
 */
import fc from 'fast-check';
import type { z } from 'zod';

type Schema = z.core.$ZodType;

/** Values for schemas that are to be drawn otherwise. */
export type Instead = ReadonlyMap<Schema, fc.Arbitrary<unknown>>;

/** @param depth how many lazy schemas lie around this one */
export function anyOf(schema: Schema, instead: Instead = new Map(), depth = 0): fc.Arbitrary<unknown> {
  const given = instead.get(schema);
  if (given) return given;
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const inner = (one: Schema) => anyOf(one, instead, depth);
  switch (def.type) {
    case 'object': {
      const fields = Object.entries(def.shape).map(([name, field]) => [name, inner(field)]);
      return liked(schema, fc.record(Object.fromEntries(fields)).map(withoutUndefined));
    }
    case 'array':
      return liked(schema, fc.array(inner(def.element), { ...lengthOf(schema), size: 'small' }));
    case 'union':
      return fc.oneof(...def.options.map(inner));
    case 'lazy':
      return depth > 1 ? shallowest(def.getter(), instead) : anyOf(def.getter(), instead, depth + 1);
    case 'optional':
      return fc.option(inner(def.innerType), { nil: undefined });
    case 'nullable':
      return fc.option(inner(def.innerType), { nil: null });
    case 'default':
      return fc.oneof(inner(def.innerType), fc.constant(def.defaultValue));
    case 'prefault':
      return inner(def.innerType);
    case 'literal':
      return fc.constantFrom(...def.values);
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries));
    case 'number':
      return liked(schema, numberOf(schema));
    case 'string':
      return liked(schema, stringOf(schema));
    case 'boolean':
      return fc.boolean();
    default:
      throw new Error(`nothing is known of the schema ${def.type}`);
  }
}

/** The first of a union's options: whoever nests stands behind whoever does not. */
function shallowest(schema: Schema, instead: Instead): fc.Arbitrary<unknown> {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return anyOf(def.type === 'union' ? def.options[0]! : schema, instead, 3);
}

const liked = (schema: Schema, some: fc.Arbitrary<unknown>) =>
  some
    .filter((value) => (schema as z.ZodType).safeParse(value).success)
    .map((value) => (schema as z.ZodType).parse(value));

const withoutUndefined = (record: object) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

/** What the checks of a schema ask for. */
interface Limits {
  minimum?: number;
  maximum?: number;
  isWhole: boolean;
  isUrl: boolean;
  patterns: RegExp[];
}

function limitsOf(schema: Schema): Limits {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const limits: Limits = { isWhole: false, isUrl: 'format' in def && def.format === 'url', patterns: [] };
  for (const check of def.checks ?? []) {
    const asked = (check as z.core.$ZodChecks)._zod.def;
    if (asked.check === 'min_length') limits.minimum = asked.minimum;
    if (asked.check === 'max_length') limits.maximum = asked.maximum;
    if (asked.check === 'greater_than') limits.minimum = Number(asked.value);
    if (asked.check === 'less_than') limits.maximum = Number(asked.value);
    if (asked.check === 'number_format') limits.isWhole = true;
    if (asked.check === 'string_format' && asked.pattern) limits.patterns.push(asked.pattern);
  }
  return limits;
}

function lengthOf(schema: Schema) {
  const { minimum = 0, maximum = 10 } = limitsOf(schema);
  return { minLength: minimum, maxLength: Math.max(minimum, Math.min(maximum, 4)) };
}

function numberOf(schema: Schema) {
  const { minimum = -1e6, maximum = 1e6, isWhole } = limitsOf(schema);
  const limits = { min: Math.max(minimum, -1e6), max: Math.min(maximum, 1e9) };
  return isWhole ? fc.integer(limits) : fc.double({ ...limits, noNaN: true }).map((some) => some + 0);
}

/** Among them what YAML, Liquid and JSON have a meaning for. */
const NASTY = fc.constantFrom(
  'null true ~ 12 0x1f 1e3 2026-01-01 END yes on - : ? # | > & * ! % @ `'.split(' ').join('\n'),
  '- a\n- b',
  'a: b # c',
  '{{ order.name | default: "x" }}',
  '  led by blanks\n\n   and more\n',
  'ended by blanks  \n \n',
  '\ttab\r\nand return',
  'null',
  'true',
  '12',
  '"quoted" and \'so\'',
  'END',
  '[a, b]',
  '# no comment',
  'ümläut 🎁 日本語 \u2028 \u0085',
);

function stringOf(schema: Schema): fc.Arbitrary<string> {
  const { minimum = 0, maximum = 60, patterns, isUrl } = limitsOf(schema);
  if (isUrl) return fc.constantFrom('https://example.com/a?b=1&c=%20', 'https://example.com/#x');
  if (patterns.length > 0)
    return fc.oneof(...patterns.map((pattern) => fc.stringMatching(pattern, { size: 'small' })));
  const length = { minLength: minimum, maxLength: Math.min(maximum, 60) };
  return fc.oneof(
    NASTY.filter((text) => text.length >= minimum && text.length <= maximum),
    fc.string({ ...length, unit: 'grapheme' }).filter((text) => !text.includes('\0')),
    fc.lorem({ maxCount: 3 }),
  );
}
