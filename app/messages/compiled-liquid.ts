/**
 * Liquid made into functions. liquidjs reads every text and is what it means; walking its tree for every mail is most of
 * what a mail costs, though. Texts that keep to outputs, `if`, `unless`, `for` and comparisons, which is nearly all of
 * them, become closures once; for anything else, and for what only turns out to be rare while it runs, `null` says that
 * liquidjs has to do it. tests/unit/messages/liquid.test.ts holds both to the same words.
 */
import {
  ForTag,
  IfTag,
  Output,
  UnlessTag,
  type Expression,
  type PropertyAccessToken,
  type Template,
  type Token,
  type Value,
} from 'liquidjs';

/** The fields of one mail and what loops have put beside them. */
interface Scope {
  fields: Record<string, unknown>;
  /** Items of the loops around, the innermost last. */
  items: unknown[];
  /** Rounds of loops that are left before it is handed back. */
  rounds: number;
}

type Evaluate = (scope: Scope) => unknown;
type Write = (scope: Scope) => string;

/** What became of a text: its words, or the field that is not known. Null: liquidjs has to do it. */
export type CompiledFill = (fields: object) => { text: string } | { missing: string } | null;

/** Thrown, for it ends everything around it; made without a trace of the stack. */
class Missing {
  readonly field: string;
  constructor(field: string) {
    this.field = field;
  }
}
const RARE = Symbol('left to liquidjs');

/** @param escapes whether outputs are escaped for HTML; @returns null where the text holds what is not compiled */
export function compileLiquid(templates: readonly Template[], escapes: boolean): CompiledFill | null {
  const write = compiled(() => block(templates, { escapes, loops: [] }));
  if (!write) return null;
  return (fields) => {
    try {
      return { text: write({ fields: fields as Record<string, unknown>, items: [], rounds: MOST_ROUNDS }) };
    } catch (error) {
      if (error instanceof Missing) return { missing: error.field };
      if (error === RARE) return null;
      throw error;
    }
  };
}

/** More of them are for liquidjs, which has limits of time and memory. */
const MOST_ROUNDS = 2000;

function compiled<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch (error) {
    if (error === RARE) return null;
    throw error;
  }
}

function rare(): never {
  throw RARE;
}

interface Around {
  escapes: boolean;
  /** Names of the variables of the loops around, the innermost last. */
  loops: readonly string[];
}

function block(templates: readonly Template[], around: Around): Write {
  const writes = templates.map((template) => writeOf(template, around));
  return (scope) => {
    let text = '';
    for (const write of writes) text += write(scope);
    return text;
  };
}

function writeOf(template: Template, around: Around): Write {
  if (template instanceof Output) return outputOf(template, around);
  if (template instanceof IfTag) return forkOf(template, around, () => true);
  if (template instanceof UnlessTag) return forkOf(template, around, (branch) => branch > 0);
  if (template instanceof ForTag) return loopOf(template, around);
  const { str } = template as { str?: unknown };
  if (typeof str === 'string') return () => str;
  return rare();
}

const ESCAPED: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};
const UNSAFE = /[&<>"']/;
const escaped = (text: string) =>
  UNSAFE.test(text) ? text.replace(/[&<>"']/g, (char) => ESCAPED[char]!) : text;

function outputOf({ value: { initial, filters } }: Output, around: Around): Write {
  // An engine that escapes does it by a filter of its own, which stands last.
  const said = around.escapes ? filters.slice(0, -1) : filters;
  const evaluate = valueOf({ initial, filters: said }, around, false);
  return (scope) => {
    const text = wordOf(evaluate(scope));
    return around.escapes ? escaped(text) : text;
  };
}

/** Nothing but words, numbers and answers to yes or no is written. */
function wordOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null || value === undefined ? '' : rare();
}

interface Branches {
  branches: { value: Value; templates: Template[] }[];
  elseTemplates?: Template[] | undefined;
}

/** @param wants whether the branch of that index is taken when its condition holds, or when it does not */
function forkOf(tag: Branches, around: Around, wants: (branch: number) => boolean): Write {
  const ways = tag.branches.map(({ value, templates }, index) => ({
    holds: valueOf(value, around, true),
    wanted: wants(index),
    write: block(templates, around),
  }));
  const otherwise = block(tag.elseTemplates ?? [], around);
  return (scope) => {
    for (const { holds, wanted, write } of ways) if (isTruthy(holds(scope)) === wanted) return write(scope);
    return otherwise(scope);
  };
}

const isTruthy = (value: unknown) => value !== false && value !== null && value !== undefined;

function loopOf(tag: ForTag, around: Around): Write {
  if (Object.keys(tag.hash.hash).length > 0) rare();
  const list = operandOf(tag.collection as Token, around, false);
  const inside = { ...around, loops: [...around.loops, tag.variable, 'forloop'] };
  const write = block(tag.templates, inside);
  const otherwise = block(tag.elseTemplates, around);
  return (scope) => {
    const items = list(scope);
    if (!Array.isArray(items)) return rare();
    const known = there(items);
    if (known.length === 0) return otherwise(scope);
    let text = '';
    for (const item of known) {
      if (--scope.rounds < 0) rare();
      scope.items.push(item, undefined);
      text += write(scope);
      scope.items.length -= 2;
    }
    return text;
  };
}

/** A value with its filters. @param lenient whether a field that is not known is null, and not an error */
function valueOf(
  { initial, filters }: Pick<Value, 'initial' | 'filters'>,
  around: Around,
  lenient: boolean,
): Evaluate {
  const [first, ...more] = filters;
  if (more.length > 0) rare();
  if (!first) return expressionOf(initial, around, lenient);
  if (first.name !== 'default' || first.args.length !== 1) rare();
  const value = expressionOf(initial, around, true);
  const instead = operandOf(first.args[0] as Token, around, false);
  return (scope) => {
    const [found, fallback] = [value(scope), instead(scope)];
    if (Array.isArray(found) || typeof found === 'string') return found.length > 0 ? found : fallback;
    return isTruthy(found) ? found : fallback;
  };
}

function expressionOf({ postfix }: Expression, around: Around, lenient: boolean): Evaluate {
  const stack: Evaluate[] = [];
  for (const token of postfix) {
    const operator = (token as { operator?: string }).operator;
    if (operator === undefined) stack.push(operandOf(token, around, lenient));
    else if (operator === 'not') stack.push(not(stack.pop() ?? rare()));
    else {
      const right = stack.pop() ?? rare();
      stack.push(compare(operator, stack.pop() ?? rare(), right));
    }
  }
  return stack.length === 1 ? stack[0]! : rare();
}

const not =
  (value: Evaluate): Evaluate =>
  (scope) =>
    !isTruthy(value(scope));

/** Both sides are looked at whatever the left one says, as liquidjs does. */
function compare(operator: string, left: Evaluate, right: Evaluate): Evaluate {
  const by = COMPARISONS[operator] ?? rare();
  return (scope) => by(left(scope), right(scope));
}

const COMPARISONS: Record<string, (left: unknown, right: unknown) => boolean> = {
  and: (left, right) => isTruthy(left) && isTruthy(right),
  or: (left, right) => isTruthy(left) || isTruthy(right),
  '==': (left, right) => plain(left) === plain(right),
  '!=': (left, right) => plain(left) !== plain(right),
  '>': (left, right) => plain(left)! > plain(right)!,
  '<': (left, right) => plain(left)! < plain(right)!,
  '>=': (left, right) => plain(left)! >= plain(right)!,
  '<=': (left, right) => plain(left)! <= plain(right)!,
};

const plain = (value: unknown) =>
  typeof value === 'object' && value !== null ? rare() : (value as string | number | boolean | null);

/** A word, a number, or a field by its path. */
function operandOf(token: Token, around: Around, lenient: boolean): Evaluate {
  const { content } = token as { content?: unknown };
  if (typeof content === 'string' || typeof content === 'number' || typeof content === 'boolean')
    return () => content;
  const { props, variable } = token as PropertyAccessToken;
  if (!Array.isArray(props) || variable) rare();
  return lookUp(props.map(stepOf), { name: token.getText().trim() || 'unknown', around, lenient });
}

/** Of lists and texts, which only liquidjs knows. */
const RESERVED = new Set<unknown>(['size', 'first', 'last']);

function stepOf(prop: unknown): string | number {
  const { content } = prop as { content?: unknown };
  const isStep = typeof content === 'string' || (typeof content === 'number' && Number.isInteger(content));
  return isStep && !RESERVED.has(content) && !(Number(content) < 0) ? content : rare();
}

interface Named {
  name: string;
  around: Around;
  lenient: boolean;
}

function lookUp(steps: readonly (string | number)[], { name, around, lenient }: Named): Evaluate {
  const [root, ...path] = steps;
  if (typeof root !== 'string' || root === 'forloop' || root === 'continue') rare();
  const loop = around.loops.lastIndexOf(root);
  return (scope) => {
    let value = loop >= 0 ? scope.items[loop] : own(scope.fields, root);
    for (const step of path) value = own(value, step);
    const known = knownOf(value);
    if (known !== undefined) return known;
    if (lenient) return null;
    throw new Missing(name);
  };
}

function own(value: unknown, step: string | number): unknown {
  if (value === null || value === undefined || value === '') return undefined;
  if (Array.isArray(value)) return typeof step === 'number' ? there(value)[step] : rare();
  if (typeof value !== 'object') return rare();
  if (!Object.hasOwn(value, step)) return undefined;
  const found = (value as Record<string | number, unknown>)[step];
  return typeof found === 'function' ? rare() : found;
}

/** What is in a list, without what is not known. */
const there = (items: readonly unknown[]) => items.filter((item) => knownOf(item) !== undefined);

/** Fields without a value are not known, nor are whole objects without one; lists are, though nothing be in them. */
function knownOf(value: unknown): unknown {
  if (value === null || value === undefined || value === '') return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.values(value).some((one) => knownOf(one) !== undefined) ? value : undefined;
}
