/** Conditions over what is known of a customer: a closed, typed vocabulary with and, or, not. No code. */
import { z } from 'zod';
import { FACTS, valueOf, type FactName, type Facts, type Value } from './facts.ts';

const names = Object.keys(FACTS) as [FactName, ...FactName[]];

const testSchema = z.strictObject({
  fact: z.enum(names),
  is: z.enum(['equal', 'different', 'at-least', 'at-most', 'one-of', 'has-one-of', 'known', 'unknown']),
  value: z
    .union([z.string().max(200), z.number(), z.boolean(), z.array(z.string().max(200)).max(100)])
    .optional(),
});
/** One comparison: `{ fact: 'order.ordinal', is: 'at-least', value: 2 }`. */
export type Test = z.infer<typeof testSchema>;

export type Condition = Test | { all: Condition[] } | { any: Condition[] } | { not: Condition };

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    testSchema,
    z.strictObject({ all: z.array(conditionSchema).max(20) }),
    z.strictObject({ any: z.array(conditionSchema).max(20) }),
    z.strictObject({ not: conditionSchema }),
  ]),
);

/**
 * Whether a condition holds. What is unknown never holds, whatever it is compared with (also inside `not`:
 * nobody is written to because of something that nobody knows); only `unknown` asks for just that.
 */
export function holds(condition: Condition, facts: Facts): boolean {
  return evaluate(condition, facts) === true;
}

/** What conditions looked at, and what was known of it: each fact once. Lists are cut, so that a reason stays short. */
export function seenBy(conditions: readonly Condition[], facts: Facts): [FactName, Value][] {
  const names = new Set(conditions.flatMap(factsIn));
  return [...names].map((name) => {
    const value = valueOf(facts, name);
    return [name, Array.isArray(value) ? value.slice(0, MOST_SEEN) : value];
  });
}

const MOST_SEEN = 10;

/** Every fact that a condition names, as often as it does. */
export function factsIn(condition: Condition): FactName[] {
  if ('all' in condition) return condition.all.flatMap(factsIn);
  if ('any' in condition) return condition.any.flatMap(factsIn);
  if ('not' in condition) return factsIn(condition.not);
  return [condition.fact];
}

/** Three-valued, as SQL does it: null is "nobody knows". */
function evaluate(condition: Condition, facts: Facts): boolean | null {
  if ('all' in condition) return conjunction(condition.all.map((each) => evaluate(each, facts)));
  if ('any' in condition) {
    const inner = conjunction(condition.any.map((each) => negated(evaluate(each, facts))));
    return negated(inner);
  }
  if ('not' in condition) return negated(evaluate(condition.not, facts));
  return compare(condition, valueOf(facts, condition.fact));
}

const negated = (value: boolean | null) => (value === null ? null : !value);

function conjunction(values: (boolean | null)[]): boolean | null {
  if (values.includes(false)) return false;
  return values.includes(null) ? null : true;
}

/** Codes and tags are the same however they are written, as at Shopify. */
const CASELESS: ReadonlySet<FactName> = new Set(['customer.tags', 'customer.country', 'customer.language']);

const inSmall = <One extends Value | undefined>(value: One): One => {
  if (typeof value === 'string') return value.toLowerCase() as One;
  return Array.isArray(value) ? (value.map((each: string) => each.toLowerCase()) as unknown as One) : value;
};

/** One comparison with what is known; null: nobody knows. */
export function compare(test: Test, known: Value): boolean | null {
  if (!CASELESS.has(test.fact)) return compareAsWritten(test, known);
  return compareAsWritten({ ...test, value: inSmall(test.value) }, inSmall(known));
}

function compareAsWritten({ is, value }: Test, known: Value): boolean | null {
  if (is === 'unknown') return known === null;
  if (is === 'known') return known !== null;
  if (known === null) return null;
  switch (is) {
    case 'equal':
      return known === value;
    case 'different':
      return known !== value;
    case 'at-least':
      return typeof value === 'number' && Number(known) >= value;
    case 'at-most':
      return typeof value === 'number' && Number(known) <= value;
    case 'one-of':
      return Array.isArray(value) && value.includes(String(known));
    case 'has-one-of':
      return Array.isArray(value) && Array.isArray(known) && value.some((one) => known.includes(one));
  }
}
