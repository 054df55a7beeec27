/** The text of a file as a sequence, or everything that is wrong with it, each at its line and column. */
import { isMap, isScalar, parseDocument, type Document, type Node, type Pair, type YAMLMap } from 'yaml';
import { z } from 'zod';
import { templateTextSchema, type Template } from '../../messages/blocks.ts';
import { MAIL_LOCALES } from '../../shops/settings.ts';
import { planSchema, type Plan } from '../plan.ts';
import { stepKey } from '../steps.ts';
import { nearest } from './nearest.ts';
import { objectionOf } from './objection.ts';
import { Places, type Path } from './places.ts';
import { kebab } from './schema.ts';
import { TEXT_FORMAT, type SequenceText, type TextProblem } from './text.ts';
import { fieldsIn, type Value } from './unform.ts';

export type TextReading = { sequence: SequenceText; places: Places } | { problems: TextProblem[] };

const headSchema = z.object({
  everafter: z.unknown(),
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/),
  name: z.string().trim().min(1).max(80),
  pulled: z.string().max(80).nullable().default(null),
});

const mailKey = z.string().min(1).max(80);
const { format: _format, start: _start, ...planFields } = planSchema.shape;

/**
 * Reads what the file says. Whether it may be published is for judge-text.ts to say.
 * @param text of the whole file
 */
export function readText(text: string): TextReading {
  const places = new Places();
  const document = parseDocument(text, {
    lineCounter: places.lines,
    prettyErrors: false,
    // Quieter, and a second document would not be told of.
    logLevel: 'error',
  });
  for (const { pos, code, message } of document.errors) {
    if (code === 'MULTIPLE_DOCS') places.reportAt(pos[0], 'two-files', '');
    else places.reportAt(pos[0], 'syntax', message);
  }
  if (places.problems.length > 0 || !isFormat(document, places)) return { problems: places.problems };
  const top = document.contents as YAMLMap;
  const fields = { ...headSchema.shape, ...planFields };
  const said = fieldsIn(fields, top, [], places, ['mails']);
  const head = checked(headSchema, said, [], places);
  const plan = planIn(said, places);
  const mails = mailsIn(top.get('mails', true) as Value, places);
  if (places.problems.length > 0 || !head || !plan) return { problems: inOrder(places.problems) };
  const { key, name, pulled } = head;
  return { sequence: { key, name, pulled, plan, mails }, places };
}

/** From the top down, as one reads. */
export const inOrder = (problems: readonly TextProblem[]): TextProblem[] =>
  problems.toSorted((a, b) => a.line - b.line || a.column - b.column);

/** The first thing that a file says is which form it has. */
function isFormat(document: Document, places: Places): boolean {
  const top = document.contents;
  if (!isMap(top)) {
    places.reportAt(0, 'format', '');
    return false;
  }
  const format = top.get('everafter', true) as Value;
  const said = isScalar(format) ? format.value : undefined;
  // In quotes it means the same.
  if (String(said) === String(TEXT_FORMAT)) return true;
  places.reportAt(format?.range?.[0] ?? 0, 'format', said === undefined ? '' : String(said));
  return false;
}

function planIn(said: Record<string, unknown>, places: Places): Plan | null {
  const steps = Array.isArray(said['steps']) ? (said['steps'] as unknown[]) : [];
  const keys = steps.map((step) => (step as { key?: unknown } | undefined)?.key);
  const written = steps.map((step, index) => {
    if (typeof step !== 'object' || step === null || !hasNext(step as { kind: string })) return step;
    // What says nothing leads to the step below it.
    return 'next' in step ? step : { ...step, next: keys[index + 1] ?? null };
  });
  const fields = Object.fromEntries(Object.keys(planFields).map((name) => [name, said[name]]));
  const plan = {
    ...fields,
    format: TEXT_FORMAT,
    start: keys[0],
    ...('steps' in said ? { steps: written } : {}),
  };
  return checked(planSchema, plan, [], places);
}

/** Kinds of steps that have one way on beside others. */
const WITH_NEXT = new Set(
  planSchema.shape.steps.element.options
    .filter(({ shape }) => 'next' in shape)
    .map(({ shape }) => shape.kind.value),
);
const hasNext = ({ kind }: { kind: string }) => (WITH_NEXT as Set<string>).has(kind);

function mailsIn(node: Value, places: Places): Template[] {
  if (!node || (isScalar(node) && node.value === null)) return [];
  return pairsIn(node, ['mails'], places).flatMap(([key, languages]) => {
    if (!mailKey.safeParse(key).success) places.report(['mails', key], 'value', '1 to 80 letters');
    return pairsIn(languages, ['mails', key], places).flatMap(([locale, text]) => {
      const path = ['mails', key, locale];
      if (!(MAIL_LOCALES as readonly string[]).includes(locale)) {
        const meant = nearest(locale, MAIL_LOCALES);
        places.report(path, 'language', MAIL_LOCALES.join(', '), meant ? { meant } : {});
        return [];
      }
      if (!isMap(text)) {
        places.report(path, 'value', 'a mail has a subject, a preheader and blocks');
        return [];
      }
      const said = fieldsIn(templateTextSchema.shape, text, path, places);
      const read = checked(templateTextSchema, said, path, places);
      return read ? [{ key, locale, text: read }] : [];
    });
  });
}

function pairsIn(node: Value, path: Path, places: Places): [string, Value][] {
  if (!isMap(node)) {
    places.report(path, 'value', 'mails stand by their keys, and each by its languages');
    return [];
  }
  return node.items.map((pair: Pair) => {
    const name = isScalar(pair.key) ? String(pair.key.value) : '';
    places.set([...path, name], (pair.key as Node).range?.[0] ?? 0);
    return [name, pair.value as Value];
  });
}

/** What a schema says to it, at the places; null where it says anything. Nothing is said twice. */
function checked<Output>(schema: z.ZodType<Output>, value: unknown, at: Path, places: Places): Output | null {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const path = [...at, ...(issue.path as (string | number)[])];
    // The first step has no word of its own.
    if (places.isFaulty(path) || path[0] === 'start') continue;
    reportIssue(issue, path, valueAt(value, issue.path), places);
  }
  return null;
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, part) => (inner as Record<PropertyKey, unknown> | undefined)?.[part], value);

function reportIssue(issue: z.core.$ZodIssue, path: Path, value: unknown, places: Places): void {
  const name = kebab(String(path.at(-1) ?? ''));
  if (value === undefined || value === null) return places.report(path, 'missing', name);
  if (issue.code === 'invalid_value' && typeof value === 'string') {
    const words = issue.values.map(String);
    const meant = nearest(value, words);
    return places.report(path, 'not-one-of', `${value} ∉ ${words.join(', ')}`, meant ? { meant } : {});
  }
  if (path.at(-1) === 'key' && !stepKey.safeParse(value).success) {
    return places.report(path, 'value', 'a key is made of small letters, digits and hyphens, 40 at most');
  }
  places.report(path, 'value', objectionOf(deepest(issue)));
}

/** What the likeliest branch of a union says. */
function deepest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue;
  const [first] = issue.errors.flat().toSorted((a, b) => b.path.length - a.path.length);
  return first ? deepest(first) : issue;
}
