/**
 * `npm test`: installs what is missing (a browser included), runs every test that CI runs and ends with one line of
 * counts. `npm test -- unit database` runs those kinds only.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { childEnv, install, nodeBinary, root } from './install.mjs';

/** In this order, one after the other: the browser and the killed processes want the machine for themselves. */
const STAGES = [['unit', 'extensions', 'database'], ['faults'], ['e2e']];

await install();
const { ensureBrowser } = await import('./browser.mjs');
const { build, generate } = await import('./build.mjs');
await generate();
const wanted = process.argv.slice(2);
const stages = STAGES.map((kinds) =>
  kinds.filter((kind) => wanted.length === 0 || wanted.includes(kind)),
).filter((kinds) => kinds.length > 0);
if (stages.flat().some((kind) => kind === 'e2e' || kind === 'faults')) {
  await ensureBrowser();
  await build();
}

/** One run of vitest; its counts come from its own report. */
function vitest(kinds, report) {
  const args = ['node_modules/vitest/vitest.mjs', 'run', ...kinds.flatMap((kind) => ['--project', kind])];
  args.push('--reporter=default', '--reporter=json', `--outputFile.json=${report}`);
  return new Promise((resolve) => {
    const child = spawn(nodeBinary, args, {
      cwd: root,
      env: childEnv(),
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** What failed in one file: each test by its name with its first lines, or the file that could not be loaded. */
function whatFailed({ name, status, message, assertionResults }) {
  const file = path.relative(root, name);
  const tests = assertionResults.filter((test) => test.status === 'failed');
  if (tests.length === 0) return status === 'failed' ? [`${file}\n${message}`] : [];
  return tests.map((test) => {
    const lines = (test.failureMessages[0] ?? '').split('\n').slice(0, 20);
    return `${file} > ${test.fullName}\n${lines.join('\n')}`;
  });
}

const folder = mkdtempSync(path.join(tmpdir(), 'everafter-counts-'));
const total = { passed: 0, failed: 0, skipped: 0 };
let broken = false;
/** Said once more at the end: what failed is hard to find between thousands of lines. */
const failed = [];
for (const kinds of stages) {
  const report = path.join(folder, `${kinds[0]}.json`);
  const code = await vitest(kinds, report);
  broken ||= code !== 0;
  try {
    const counts = JSON.parse(readFileSync(report, 'utf8'));
    total.passed += counts.numPassedTests;
    // A file that could not even be loaded fails without a test of its own.
    total.failed += Math.max(
      counts.numFailedTests,
      counts.numFailedTestSuites > 0 && counts.numFailedTests === 0 ? 1 : 0,
    );
    total.skipped += counts.numPendingTests + counts.numTodoTests;
    failed.push(...counts.testResults.flatMap(whatFailed));
  } catch {
    total.failed += 1;
  }
}
rmSync(folder, { recursive: true, force: true });
if (broken && total.failed === 0) total.failed = 1;
for (const one of failed) console.log(`failed: ${one}\n`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
