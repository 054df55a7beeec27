/** `npm run check`: format, lint, types, unit, database, architecture and dead code; the same by hand and in CI. */
import { install, run } from './install.mjs';

await install();
const { generate } = await import('./build.mjs');
await generate();

// `static`: without the tests, which CI runs all together afterwards.
const staticOnly = process.argv.includes('static');

const CHECKS = [
  ['format', 'prettier', ['--check', '--log-level=warn', '.']],
  ['lint', 'oxlint', ['--type-aware', '--deny-warnings']],
  ['types of the app', 'tsc', ['--noEmit', '-p', '.']],
  ['types of the extensions', 'tsc', ['--noEmit', '-p', 'extensions/thank-you']],
  ['types of the checkout extension', 'tsc', ['--noEmit', '-p', 'extensions/checkout']],
  ['types of the extension host', 'tsc', ['--noEmit', '-p', 'sandbox/extension-host']],
  ['dead code', 'knip', ['--no-progress']],
  ['unit, database and architecture tests', 'node', ['scripts/test.mjs', 'unit', 'extensions', 'database']],
];

let failed = 0;
for (const [title, command, args] of CHECKS) {
  if (staticOnly && title.endsWith('tests')) continue;
  const started = Date.now();
  const passed = await run(command, args).then(
    () => true,
    (error) => {
      console.error(error.message);
      return false;
    },
  );
  if (!passed) failed += 1;
  console.log(`${passed ? '✓' : '✗'} ${title} (${Math.round((Date.now() - started) / 1000)} s)`);
}
process.exit(failed > 0 ? 1 : 0);
