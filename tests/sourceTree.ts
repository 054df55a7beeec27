/** The source files of a folder with what they import, for tests/architecture.test.ts. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export const root = path.resolve(import.meta.dirname, '..');

export interface SourceFile {
  /** Path from the root, with forward slashes. */
  name: string;
  text: string;
  lines: number;
  /** Files of the tree that it imports; `typeOnly` when nothing remains at run time. */
  imports: { name: string; typeOnly: boolean }[];
  /** Packages that it imports, by specifier. */
  packages: string[];
}

/** All .ts and .tsx files below `folders`, generated ones left out. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return folders
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true }).map((name) => `${folder}/${String(name)}`),
    )
    .map((name) => name.split(path.sep).join('/'))
    .filter(
      (name) =>
        /\.(ts|tsx|mts|mjs)$/.test(name) && !/(\.d\.ts$|\/generated\/|\/node_modules\/|\/dist\/)/.test(name),
    )
    .filter((name) => statSync(path.join(root, name)).isFile())
    .map(readSource);
}

function readSource(name: string): SourceFile {
  const text = readFileSync(path.join(root, name), 'utf8');
  const specifiers = importsOf(name, text);
  const own = specifiers.filter(({ specifier }) => specifier.startsWith('.'));
  return {
    name,
    text,
    lines: text.split('\n').length - 1,
    imports: own.map(({ specifier, typeOnly }) => ({ name: resolve(name, specifier), typeOnly })),
    packages: specifiers
      .filter(({ specifier }) => !specifier.startsWith('.'))
      .map(({ specifier }) => specifier),
  };
}

/** A specifier as the name of the file that it means; Remix routes may leave the ending out. */
const resolve = (from: string, specifier: string) =>
  path.posix.normalize(path.posix.join(path.posix.dirname(from), specifier.split('?')[0]!));

function importsOf(name: string, text: string): { specifier: string; typeOnly: boolean }[] {
  const file = ts.createSourceFile(
    name,
    text,
    ts.ScriptTarget.ESNext,
    false,
    name.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const found: { specifier: string; typeOnly: boolean }[] = [];
  const visit = (node: ts.Node) => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      const clause = ts.isImportDeclaration(node) ? node.importClause : undefined;
      const typeOnly = ts.isImportDeclaration(node) ? (clause?.isTypeOnly ?? false) : node.isTypeOnly;
      found.push({ specifier: node.moduleSpecifier.text, typeOnly });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteral(argument)) found.push({ specifier: argument.text, typeOnly: false });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Import cycles at run time, each as the list of its files; empty when there are none. */
export function cyclesOf(files: readonly SourceFile[]): string[][] {
  const edges = new Map(
    files.map((file) => [file.name, file.imports.filter((used) => !used.typeOnly).map((used) => used.name)]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const path_: string[] = [];
  const cycles: string[][] = [];
  const visit = (name: string) => {
    if (state.get(name) === 'done' || !edges.has(name)) return;
    if (state.get(name) === 'open') {
      cycles.push([...path_.slice(path_.indexOf(name)), name]);
      return;
    }
    state.set(name, 'open');
    path_.push(name);
    edges.get(name)?.forEach(visit);
    path_.pop();
    state.set(name, 'done');
  };
  files.forEach((file) => visit(file.name));
  return cycles;
}
