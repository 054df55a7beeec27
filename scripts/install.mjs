/** Installs what package-lock.json asks for, when it is not there. Plain Node, no packages: it runs before there are any. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');

/** The Node that every part of the project runs on: the npm package `node`. */
export const nodeBinary = path.join(root, 'node_modules/.bin/node');

/** Environment of children: our own Node first on the path. */
export const childEnv = (extra = {}) => ({
  ...process.env,
  PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH}`,
  ...extra,
});

/** Commands under way. @type {Set<import('node:child_process').ChildProcess>} */
const runs = new Set();

/** Ends the commands under way, for whoever is told to end in the middle of one. */
export function endRuns() {
  for (const child of runs) child.kill('SIGTERM');
}

/** @returns {Promise<string>} what it said when it was quiet; rejects, and says the end of that, when the command does not end with 0 */
export function run(command, args, { env = {}, quiet = false, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: childEnv(env),
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    runs.add(child);
    const tail = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => tail.push(chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      runs.delete(child);
      const said = Buffer.concat(tail);
      if (code === 0) return resolve(said.toString());
      process.stderr.write(said.subarray(-20_000));
      reject(new Error(`${command} ${args.join(' ')} ended with ${signal ?? code}`));
    });
  });
}

/** Says what is going on and how long it took; long steps show that they live. */
export async function step(title, work) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  console.log(`• ${title}…`);
  const pulse = setInterval(() => console.log(`  still at it: ${title}, ${seconds()} s`), 15_000);
  try {
    const result = await work();
    if (seconds() > 2) console.log(`  done in ${seconds()} s`);
    return result;
  } finally {
    clearInterval(pulse);
  }
}

/** What npm wrote down of what it has installed; the same shape as the lock file, without the project itself. */
const INSTALLED = 'node_modules/.package-lock.json';

/**
 * Whether every package is there in the version that is asked for. Looked at by contents: a checkout, a copy or a merge
 * gives files a new date without changing a word. What is optional is left out on machines that cannot use it.
 */
export function isInstalled(folder = root) {
  const packagesIn = (file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')).packages;
  if (!existsSync(path.join(folder, INSTALLED)) || !existsSync(path.join(folder, 'node_modules/.bin/node')))
    return false;
  const there = packagesIn(INSTALLED);
  return Object.entries(packagesIn('package-lock.json')).every(([name, wanted]) => {
    if (name === '') return true;
    const found = there[name];
    if (!found) return wanted.optional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/** Packages by `npm ci`, then Prisma's client from the schema. */
export async function install() {
  if (isInstalled()) return;
  await step('Installing packages (a minute or two, once)', () =>
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']),
  );
}
