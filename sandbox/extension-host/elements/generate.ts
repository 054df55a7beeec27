/**
 * Makes elements.json from the types of @shopify/ui-extensions: which properties, events, slots and methods each
 * `s-*` element of a surface has. The worker declares the elements by it, the page allows only those.
 *
 *     node sandbox/extension-host/elements/generate.ts
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { format } from 'prettier';
import ts from 'typescript';
import type { ElementSpec, ElementTable, Surface } from '../protocol.ts';

export interface ElementTables {
  package: string;
  surfaces: Record<Surface, ElementTable>;
}

const packageFolder = path.dirname(createRequire(import.meta.url).resolve('@shopify/ui-extensions'));

/** Reads the package's types: a few seconds. */
export function generateElements(): ElementTables {
  const manifest = readFileSync(path.join(packageFolder, 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  return {
    package: `@shopify/ui-extensions@${version}`,
    surfaces: {
      checkout: readSurface('checkout'),
      'customer-account': readSurface('customer-account'),
      admin: readSurface('admin'),
    },
  };
}

/** The text of elements.json. */
export function formatElements(tables: ElementTables): Promise<string> {
  return format(JSON.stringify(tables), { parser: 'json', printWidth: 110 });
}

function readSurface(surface: Surface): ElementTable {
  const folder = path.join(packageFolder, 'build/ts/surfaces', surface, 'components');
  const files = readdirSync(folder)
    .filter((name) => /^[A-Z]\w+\.d\.ts$/.test(name) && !name.endsWith('Components.d.ts'))
    .map((name) => path.join(folder, name));
  const program = ts.createProgram(files, {
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
  });
  const checker = program.getTypeChecker();
  const entries = files.map((file) => readElement(program.getSourceFile(file)!, checker));
  return Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b)));
}

/** Not of the element. */
const OF_PREACT = new Set(['children', 'key', 'ref', 'slot']);

function readElement(source: ts.SourceFile, checker: ts.TypeChecker): [tag: string, spec: ElementSpec] {
  const interfaces = interfacesOf(source);
  const component = path.basename(source.fileName, '.d.ts');
  // Names are not always <File><Suffix> (UrlField.d.ts declares URLFieldElementProps), so the case is ignored.
  const find = (suffix: string) =>
    interfaces.find(({ name }) => name.text.toLowerCase() === (component + suffix).toLowerCase());
  const members = (...suffixes: string[]): ts.Symbol[] => {
    const declaration = suffixes.map(find).find(Boolean);
    return declaration ? checker.getPropertiesOfType(checker.getTypeAtLocation(declaration)) : [];
  };
  const props: ElementSpec['props'] = {};
  for (const symbol of [...members('ElementProps', 'Props'), ...members('JSXProps')]) {
    if (/^on[A-Z]/.test(symbol.name) || OF_PREACT.has(symbol.name)) continue;
    props[symbol.name] = kindOf(checker.getTypeOfSymbolAtLocation(symbol, source), checker);
  }
  const spec: ElementSpec = {
    props,
    // Most files list events as click or afterhide, a few as onClick.
    // The admin has no lists of events: they are the handlers of its JSX.
    events: [
      ...members('ElementEvents'),
      ...members('JSXProps').filter(({ name }) => /^on[A-Z]/.test(name)),
    ].map(({ name }) => name.replace(/^on(?=[A-Z])/, '').toLowerCase()),
    slots: members('ElementSlots').map(({ name }) => name),
    methods: members('ElementMethods').map(({ name }) => name),
  };
  return [tagOf(source, checker), spec];
}

function interfacesOf(source: ts.SourceFile): ts.InterfaceDeclaration[] {
  const found: ts.InterfaceDeclaration[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isInterfaceDeclaration(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function tagOf(source: ts.SourceFile, checker: ts.TypeChecker): string {
  let tag: string | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText(source) === 'tagName') {
      const type = checker.getTypeAtLocation(node);
      if (type.isStringLiteral()) tag = type.value;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  // Six customer-account files declare ['s-avatar']: … in HTMLElementTagNameMap instead of a constant.
  tag ??= /HTMLElementTagNameMap\s*{\s*\[?['"](s-[a-z-]+)['"]/.exec(source.text)?.[1];
  if (!tag) throw new Error(`${source.fileName}: no tag name`);
  return tag;
}

function kindOf(declared: ts.Type, checker: ts.TypeChecker): string {
  const type = checker.getNonNullableType(declared);
  const parts = type.isUnion() ? type.types : [type];
  const some = (flag: ts.TypeFlags) => parts.some((part) => part.flags & flag);
  if (parts.some((part) => checker.isArrayType(part))) return 'array';
  if (some(ts.TypeFlags.StringLike)) return some(ts.TypeFlags.BooleanLike) ? 'boolean-or-string' : 'string';
  if (some(ts.TypeFlags.BooleanLike)) return 'boolean';
  if (some(ts.TypeFlags.NumberLike)) return 'number';
  if (parts.some((part) => part.getCallSignatures().length > 0)) return 'function';
  return some(ts.TypeFlags.Object) ? 'object' : 'string';
}

if (process.argv[1] === import.meta.filename) {
  const file = path.join(import.meta.dirname, 'elements.json');
  writeFileSync(file, await formatElements(generateElements()));
}
