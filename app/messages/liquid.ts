/**
 * Liquid as merchants know it, kept to what a mail needs: no includes, no files, no objects beyond the fields, output
 * escaped, and a field without a value is an error unless the text says what to put in its place (`| default: …`).
 */
import { Liquid, UndefinedVariableError, type Template } from 'liquidjs';
import { compileLiquid, type CompiledFill } from './compiled-liquid.ts';

const FILTERS = new Set(
  'default upcase downcase capitalize strip truncate truncatewords append prepend replace remove url_encode first last size'.split(
    ' ',
  ),
);
/** What a merchant's text may use; compiled mails also loop. */
const TEXT_TAGS = new Set(['if', 'unless', 'case', 'comment']);
const TAGS = new Set([...TEXT_TAGS, 'for', 'assign']);

export type LiquidForm = 'html' | 'text';

function engine(form: LiquidForm): Liquid {
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    ownPropertyOnly: true,
    relativeReference: false,
    dynamicPartials: false,
    templates: {},
    parseLimit: 200_000,
    renderLimit: 500,
    memoryLimit: 2_000_000,
    ...(form === 'html' ? { outputEscape: 'escape' as const } : {}),
  });
  // `raw` among others: nothing a customer typed may reach a mail unescaped.
  for (const name of Object.keys(liquid.filters)) if (!FILTERS.has(name)) delete liquid.filters[name];
  for (const name of Object.keys(liquid.tags)) if (!TAGS.has(name)) delete liquid.tags[name];
  return liquid;
}

const ENGINES: Record<LiquidForm, Liquid> = { html: engine('html'), text: engine('text') };

/** A text that has been read and can be filled in many times. */
export interface Parsed {
  form: LiquidForm;
  template: Template[];
  /** Null for texts that only liquidjs can fill in. */
  compiled: CompiledFill | null;
}

/** @throws ParseError of liquidjs */
export function parse(form: LiquidForm, source: string): Parsed {
  const template = ENGINES[form].parse(source);
  return { form, template, compiled: compileLiquid(template, form === 'html') };
}

export type Filled = { text: string } | { missing: string };

/** Fills a text in; `missing` names the field that is not known (null, empty, nothing in it) and has no fallback. */
export function fill(parsed: Parsed, fields: object): Filled {
  return parsed.compiled?.(fields) ?? fillByLiquid(parsed, fields);
}

/**
 * The same by liquidjs, for every text.
 * Liquid throws for every field without a value and catches that itself where the text asks for it (`if`, `default`):
 * without traces of the stack, that is cheap.
 */
export function fillByLiquid({ form, template }: Parsed, fields: object): Filled {
  const traced = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return { text: String(ENGINES[form].renderSync(template, (known(fields) ?? {}) as object)) };
  } catch (error) {
    const field = missingField(error);
    if (field === null) throw error;
    return { missing: field };
  } finally {
    Error.stackTraceLimit = traced;
  }
}

/** Null when the error is another one. */
function missingField(error: unknown): string | null {
  if (!(error instanceof UndefinedVariableError)) return null;
  return error.token.getText().trim() || 'unknown';
}

/** Fields without a value taken out, whole objects without one too, so that naming them is an error. */
function known(value: unknown): unknown {
  if (value === null || value === undefined || value === '') return undefined;
  if (Array.isArray(value)) return value.map(known).filter((one) => one !== undefined);
  if (typeof value !== 'object') return value;
  const entries = Object.entries(value).flatMap(([key, one]) => {
    const kept = known(one);
    return kept === undefined ? [] : [[key, kept] as const];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** What is wrong with one text of a merchant, and which fields it names. */
export interface Reading {
  error: string | null;
  fields: string[];
}

/** Reads a text as a merchant wrote it. */
export function read(source: string): Reading {
  const tag = /\{%-?\s*(\w+)/g;
  for (const [, name = ''] of source.matchAll(tag)) {
    if (!TEXT_TAGS.has(name.replace(/^end/, '')) && !['else', 'elsif', 'when'].includes(name)) {
      return { error: `{% ${name} %} is not known here, there are ${[...TEXT_TAGS].join(', ')}`, fields: [] };
    }
  }
  try {
    const segments = ENGINES.text.globalVariableSegmentsSync(parse('text', source).template);
    return { error: null, fields: [...new Set(segments.map((parts) => parts.map(String).join('.')))] };
  } catch (error) {
    return { error: (error as Error).message.split('\n', 1)[0] ?? 'syntax', fields: [] };
  }
}

/** Splits a text into what Liquid reads (`{{ }}`, `{% %}`) and what it leaves alone. */
export function pieces(source: string): { liquid: boolean; text: string }[] {
  return source
    .split(/(\{\{.*?\}\}|\{%.*?%\})/s)
    .flatMap((text, index) => (text ? [{ liquid: index % 2 === 1, text }] : []));
}
