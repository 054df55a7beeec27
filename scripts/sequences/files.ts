/** Files of sequences, and what git knows of them. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CannotDo } from './app.ts';

export interface TextFile {
  /** As the person called it, from where they stand. */
  file: string;
  path: string;
  text: string;
}

const YAML = /\.ya?ml$/;

/** The files that are meant; of a folder all that are in it. @throws CannotDo where there are none */
export function filesAt(names: readonly string[], from: string): TextFile[] {
  const found = names.flatMap((name) => {
    const full = path.resolve(from, name);
    if (!existsSync(full)) throw new CannotDo(`There is no file ${name}`);
    if (!statSync(full).isDirectory()) return [full];
    return readdirSync(full)
      .filter((each) => YAML.test(each))
      .sort()
      .map((each) => path.join(full, each));
  });
  if (found.length === 0) throw new CannotDo(`There are no files (*.yaml) in ${names.join(', ')}`);
  return found.map((full) => ({
    file: path.relative(from, full) || full,
    path: full,
    text: readFileSync(full, 'utf8'),
  }));
}

/** A file as it was at a commit; null where it was not there. */
export function fileAt(commit: string, { path: full }: TextFile): string | null {
  const cwd = path.dirname(full);
  const git = (args: string[]) =>
    execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    git(['rev-parse', '--verify', '--end-of-options', `${commit}^{commit}`]);
  } catch {
    throw new CannotDo(`git knows no commit ${commit} in ${cwd}`);
  }
  try {
    return git(['show', `${commit}:./${path.basename(full)}`]);
  } catch {
    return null;
  }
}

/** What has to change in one text to make it another, as git shows it; '' for nothing. */
export function difference(theirs: string, ours: string, file: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'everafter-diff-'));
  try {
    writeFileSync(path.join(folder, 'shop'), theirs);
    writeFileSync(path.join(folder, 'file'), ours);
    const args = ['diff', '--no-index', '--no-color', '--no-ext-diff', 'shop', 'file'];
    execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return '';
  } catch (error) {
    const { stdout, status } = error as { stdout?: string; status?: number };
    if (status !== 1 || !stdout)
      throw new CannotDo('git is needed to show what differs, and cannot be run', { cause: error });
    return stdout.slice(stdout.indexOf('\n@@') + 1).replace(/^/, `--- in the shop\n+++ ${file}\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
