/** The form that a file has, read back into values, led by their schemas; what cannot be is reported at its place. */
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { conditionSchema } from '../conditions.ts';
import { FACTS } from '../facts.ts';
import { periodSchema } from '../period.ts';
import { stepKey } from '../steps.ts';
import { nearest } from './nearest.ts';
import { readPeriod, readTest } from './one-line.ts';
import type { Path, Places } from './places.ts';
import { bare, kebab, kindOf, type Schema } from './schema.ts';
import { END } from './text.ts';

type Fields = Readonly<Record<string, Schema>>;
export type Value = Node | null | undefined;

/** Deeper than any plan is. */
const DEEPEST = 40;

/** @returns what the schema may like or not; undefined where something was reported */
export function valueOf(schema: Schema, node: Value, path: Path, places: Places): unknown {
  if (node?.range && !places.has(path)) places.set(path, node.range[0]);
  if (isAlias(node)) return places.report(path, 'syntax', 'references (*name) are not understood here');
  if (path.length > DEEPEST) return places.report(path, 'syntax', 'too deep');
  const { core, nullable } = bare(schema);
  if (!node || (isScalar(node) && node.value === null)) return null;
  if (isScalar(node)) {
    if (typeof node.value === 'string' && path[0] === 'mails') {
      places.text(path, node.range![0], node.value, node.type === 'BLOCK_LITERAL');
    }
    const line = lineOf(core, nullable, String(node.value), path, places);
    if (line !== NO_LINE) return line;
  }
  const kind = kindOf(core);
  switch (kind.kind) {
    case 'object':
      return isMap(node) ? fieldsIn(kind.fields, node, path, places) : plain(node, path, places);
    case 'array': {
      const items = isSeq(node) ? (node.items as Node[]) : [node];
      return items.map((item, index) => valueOf(kind.element, item, [...path, index], places));
    }
    case 'kinds':
      return taggedIn(kind.options, node, path, places);
    case 'union':
      return isMap(node) || isSeq(node)
        ? valueOf(likeliest(kind.options, node), node, path, places)
        : plain(node, path, places);
    case 'string':
      return isScalar(node) ? stringIn(node.value, node.source, path, places) : plain(node, path, places);
    case 'other':
      return plain(node, path, places);
  }
}

const NO_LINE = Symbol('no line');

/** Periods, comparisons and ends of ways. */
function lineOf(core: Schema, nullable: boolean, text: string, path: Path, places: Places): unknown {
  if (core === periodSchema) return readPeriod(text) ?? places.report(path, 'period', text);
  if (core === conditionSchema) return testIn(text, path, places);
  if (core !== stepKey || !nullable) return NO_LINE;
  if (text === END) return null;
  places.link(path, text);
  return text;
}

const FACT_NAMES = Object.keys(FACTS);

function testIn(text: string, path: Path, places: Places): unknown {
  const test = readTest(text);
  if (!test) return places.report(path, 'condition', text);
  if (!FACT_NAMES.includes(test.fact)) return reportWord(test.fact, FACT_NAMES, path, places);
  return test;
}

function reportWord(word: string, known: readonly string[], path: Path, places: Places): undefined {
  const meant = nearest(word, known);
  const detail = `${word} ∉ ${known.join(', ')}`;
  places.report(path, 'not-one-of', detail, meant ? { meant } : {});
}

/** PostgreSQL keeps no NUL and no halves of characters. */
function stringIn(value: unknown, source: string | undefined, path: Path, places: Places): unknown {
  const text = typeof value === 'string' ? value : (source ?? String(value));
  if (text.includes('\0') || !text.isWellFormed())
    return places.report(path, 'value', 'a character that no text has');
  return text;
}

function plain(node: Node, path: Path, places: Places): unknown {
  if (isScalar(node))
    return typeof node.value === 'string' ? stringIn(node.value, undefined, path, places) : node.value;
  return places.report(path, 'value', isMap(node) ? 'no fields belong here' : 'no list belongs here');
}

const nameIn = ({ key }: Pair): string => (isScalar(key) ? String(key.value) : String(key));

/** @param more names that are read by somebody else */
export function fieldsIn(
  fields: Fields,
  map: YAMLMap,
  path: Path,
  places: Places,
  more: readonly string[] = [],
): Record<string, unknown> {
  const names = new Map(Object.keys(fields).map((name) => [kebab(name), name]));
  const values: Record<string, unknown> = {};
  for (const pair of map.items) {
    const said = nameIn(pair);
    const name = names.get(said);
    const at = (pair.key as Node).range?.[0] ?? 0;
    if (name !== undefined) {
      places.set([...path, name], at);
      values[name] = valueOf(fields[name]!, pair.value as Value, [...path, name], places);
    } else if (!more.includes(said)) {
      const meant = nearest(said, [...names.keys(), ...more]);
      places.set([...path, said], at);
      places.report([...path, said], 'unknown-field', said, meant ? { meant } : {});
    }
  }
  return values;
}

type Options = ReadonlyMap<string, Fields>;

/** `wait: two-days` with fields beside it, `button: { … }`, `heading: Hello`, or `divider` alone. */
function taggedIn(options: Options, node: Node, path: Path, places: Places): unknown {
  const kinds = [...options.keys()];
  if (isScalar(node)) {
    const kind = String(node.value);
    return options.has(kind) ? { kind } : reportWord(kind, kinds, path, places);
  }
  if (!isMap(node)) return places.report(path, 'value', 'no list belongs here');
  const head = node.items.find((pair) => options.has(nameIn(pair)));
  if (!head) {
    const said = nameIn(node.items[0] ?? ({ key: '' } as Pair));
    const meant = nearest(said, kinds);
    return places.report(path, 'kind', kinds.join(', '), meant ? { meant } : {});
  }
  const kind = nameIn(head);
  const fields = options.get(kind)!;
  const value = head.value as Value;
  if ('key' in fields) return stepIn(kind, fields, node, path, places);
  const others = node.items.filter((pair) => pair !== head);
  for (const other of others) {
    places.set([...path, nameIn(other)], (other.key as Node).range?.[0] ?? 0);
    places.report([...path, nameIn(other)], 'unknown-field', nameIn(other));
  }
  const { kind: _kind, ...rest } = fields;
  if (isMap(value)) return { kind, ...fieldsIn(rest, value, path, places) };
  if ('text' in fields) return { kind, text: valueOf(fields['text'], value, path, places) };
  return value && !(isScalar(value) && value.value === null)
    ? places.report(path, 'value', `the fields of ${kind} belong below it`)
    : { kind };
}

function stepIn(kind: string, fields: Fields, node: YAMLMap, path: Path, places: Places): unknown {
  const { kind: _kind, key: _key, ...rest } = fields;
  const head = node.items.find((pair) => nameIn(pair) === kind)!;
  const key = valueOf(stepKey, head.value as Value, [...path, 'key'], places);
  const index = path.at(-1);
  if (typeof key === 'string' && path[0] === 'steps' && typeof index === 'number') places.step(index, key);
  return { kind, key, ...fieldsIn(rest, node, path, places, [kind]) };
}

/** The option that is a list where one is written, or shares most names with what is written. */
function likeliest(options: readonly Schema[], node: Node): Schema {
  const said = isMap(node) ? node.items.map(nameIn) : [];
  const likeness = (option: Schema) => {
    const kind = kindOf(bare(option).core);
    if (kind.kind === 'array') return isSeq(node) ? 1 : -1;
    if (kind.kind !== 'object') return -1;
    return Object.keys(kind.fields).filter((name) => said.includes(kebab(name))).length;
  };
  return options.toSorted((a, b) => likeness(b) - likeness(a))[0]!;
}
