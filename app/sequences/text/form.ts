/**
 * Values of plans and mails in the form that a file has, led by their schemas: names with hyphens, what is taken for
 * granted left out, periods and comparisons on one line, ends of ways in words.
 */
import type { z } from 'zod';
import { conditionSchema } from '../conditions.ts';
import { periodSchema, type Period } from '../period.ts';
import { stepKey } from '../steps.ts';
import { bare, kebab, kindOf, type Schema } from './schema.ts';
import { periodInLine, testInLine } from './one-line.ts';
import { END } from './text.ts';

/** @param value as the schema gives it */
export function formOf(schema: Schema, value: unknown): unknown {
  const { core, nullable } = bare(schema);
  if (value === null) return nullable && core === stepKey ? END : null;
  if (core === periodSchema) return periodInLine(value as Period);
  if (core === conditionSchema && typeof value === 'object') {
    const line = testInLine(value);
    if (line !== null) return line;
  }
  const kind = kindOf(core);
  switch (kind.kind) {
    case 'object':
      return fieldsOf(kind.fields, value as object);
    case 'array':
      return listOf(kind.element, value as unknown[]);
    case 'kinds': {
      const { kind: name } = value as { kind: string };
      return taggedOf(name, kind.options.get(name) ?? {}, value as object);
    }
    case 'union': {
      const option = kind.options.find((each) => (each as z.ZodType).safeParse(value).success);
      return option ? formOf(option, value) : value;
    }
    case 'string':
    case 'other':
      return value;
  }
}

/** One alone needs no list. */
function listOf(element: Schema, values: readonly unknown[]): unknown {
  const forms = values.map((value) => formOf(element, value));
  const [only] = forms;
  return forms.length === 1 && typeof only === 'string' && kindOf(bare(element).core).kind === 'string'
    ? only
    : forms;
}

type Fields = Readonly<Record<string, Schema>>;

export function fieldsOf(fields: Fields, value: object, without: readonly string[] = []): object {
  const said = value as Record<string, unknown>;
  const entries = Object.entries(fields).flatMap(([name, schema]) => {
    if (without.includes(name) || said[name] === undefined) return [];
    if (isSame(said[name], bare(schema).fallback)) return [];
    return [[kebab(name), formOf(schema, said[name])] as const];
  });
  return Object.fromEntries(entries);
}

/** Plans are plain values, and zod gives their fields in one order. */
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Steps have a key: `wait: two-days`, the rest beside it. What has none: `button: { … }`, `heading: Hello`, `divider`. */
function taggedOf(name: string, fields: Fields, value: object): unknown {
  if ('key' in fields) {
    return { [name]: (value as { key: string }).key, ...fieldsOf(fields, value, ['kind', 'key']) };
  }
  const rest = fieldsOf(fields, value, ['kind', 'id']);
  const names = Object.keys(rest);
  if (names.length === 0) return name;
  const text = names.join() === 'text' ? (rest as { text: unknown }).text : undefined;
  return { [name]: typeof text === 'string' ? text : rest };
}
