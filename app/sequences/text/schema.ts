/** What the schemas of plans and mails say of their values, as far as a text needs it: new members of theirs just work. */
import type { z } from 'zod';

export type Schema = z.core.$ZodType;
type Def<Type> = Extract<z.core.$ZodTypes, { _zod: { def: { type: Type } } }>;

const defOf = (schema: Schema) => (schema as z.core.$ZodTypes)._zod.def;

/** A schema without what is wrapped around it, and what may stand in its place when nothing is said. */
export interface Bare {
  core: Schema;
  nullable: boolean;
  /** What an omitted field stands for; undefined: it stands for itself. */
  fallback: unknown;
}

export function bare(schema: Schema): Bare {
  const result: Bare = { core: schema, nullable: false, fallback: undefined };
  for (;;) {
    const def = defOf(result.core);
    switch (def.type) {
      case 'default':
        result.fallback = def.defaultValue;
        break;
      case 'prefault':
        // Read as if it had been written.
        result.fallback = (result.core as z.ZodType).parse(undefined);
        break;
      case 'nullable':
        result.nullable = true;
        break;
      case 'optional':
      case 'nonoptional':
      case 'readonly':
      case 'catch':
        break;
      default:
        return result;
    }
    result.core = def.innerType;
  }
}

/** The kinds of values that are told apart in a text; anything else stands as it is. */
export type Kind =
  | { kind: 'object'; fields: Readonly<Record<string, Schema>> }
  | { kind: 'array'; element: Schema }
  | { kind: 'union'; options: readonly Schema[] }
  /** Told apart by their field `kind`. */
  | { kind: 'kinds'; options: ReadonlyMap<string, Readonly<Record<string, Schema>>> }
  | { kind: 'string' }
  | { kind: 'other' };

/** @param core without wrapping */
export function kindOf(core: Schema): Kind {
  const def = defOf(core);
  switch (def.type) {
    case 'object':
      return { kind: 'object', fields: def.shape };
    case 'array':
      return { kind: 'array', element: def.element };
    case 'union':
      return 'discriminator' in def && def.discriminator === 'kind'
        ? { kind: 'kinds', options: new Map(def.options.flatMap(namedOption)) }
        : { kind: 'union', options: def.options };
    case 'lazy':
      return kindOf(bare(def.getter()).core);
    case 'string':
    case 'enum':
      return { kind: 'string' };
    default:
      return { kind: 'other' };
  }
}

function namedOption(option: Schema): [string, Readonly<Record<string, Schema>>][] {
  const fields = (option as Def<'object'>)._zod.def.shape;
  const names = (fields['kind'] as Def<'literal'>)._zod.def.values;
  return names.map((name) => [String(name), fields]);
}

/** How a field is called in a text: `freshFor` is `fresh-for`. */
export const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
