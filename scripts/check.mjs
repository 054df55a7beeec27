/** `npm run check`: format, lint, types, unit, database, architecture and dead code; the same by hand and in CI. */
import { availableParallelism } from 'node:os';
import { install, run } from './install.mjs';

await install();
const { generate } = await import('./build.mjs');
await generate();

// `static`: without the tests, which CI runs all together afterwards.
const staticOnly = process.argv.includes('static');

/** Each on one core, but for the lint: the longest first, as many side by side as there are cores. */
const CHECKS = [
  ['types of the app', 'tsc', ['--noEmit', '-p', '.']],
  ['format', 'prettier', ['--check', '--log-level=warn', '.']],
  ['lint', 'oxlint', ['--type-aware', '--deny-warnings']],
  ['dead code', 'knip', ['--no-progress']],
  ['types of the extension host', 'tsc', ['--noEmit', '-p', 'sandbox/extension-host']],
  ['types of the extensions', 'tsc', ['--noEmit', '-p', 'extensions/thank-you']],
  ['types of the checkout extension', 'tsc', ['--noEmit', '-p', 'extensions/checkout']],
  ['types of the extension in the admin', 'tsc', ['--noEmit', '-p', 'extensions/customer-admin']],
  ['types of the pixel', 'tsc', ['--noEmit', '-p', 'extensions/pixel']],
  ['types of the account extension', 'tsc', ['--noEmit', '-p', 'extensions/account']],
];

/** @returns {Promise<boolean>} whether it passed; what it said comes in one piece when it has ended */
async function check([title, command, args], { quiet = true } = {}) {
  const started = Date.now();
  const [passed, said] = await run(command, args, { quiet }).then(
    (output) => [true, output],
    (error) => [false, error.message],
  );
  if (said) (passed ? process.stdout : process.stderr).write(`${said.trimEnd()}\n`);
  console.log(`${passed ? '✓' : '✗'} ${title} (${Math.round((Date.now() - started) / 1000)} s)`);
  return passed;
}

let failed = 0;
const waiting = [...CHECKS];
async function lane() {
  for (let next = waiting.shift(); next; next = waiting.shift()) if (!(await check(next))) failed += 1;
}
await Promise.all(Array.from({ length: availableParallelism() }, lane));
if (!staticOnly) {
  const tests = [
    'unit, database and architecture tests',
    'node',
    ['scripts/test.mjs', 'unit', 'extensions', 'database'],
  ];
  if (!(await check(tests, { quiet: false }))) failed += 1;
}
process.exit(failed > 0 ? 1 : 0);
