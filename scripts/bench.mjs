/**
 * `npm run bench -- NAME [--quick]`: one benchmark of tests/bench/NAME.ts. Prints rows for people and, last, one JSON
 * line for programs. `--list` names them all.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './install.mjs';

const folder = path.join(root, 'tests/bench');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace('.ts', ''));
const [name] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
if (process.argv.includes('--list')) {
  console.log(names.join('\n'));
  process.exit(0);
}
if (!name || !names.includes(name)) {
  console.error(`npm run bench -- NAME [--quick]; NAME is one of ${names.join(', ')}`);
  process.exit(1);
}
const quick = process.argv.includes('--quick');
const started = Date.now();
const { bench } = await import(path.join(folder, `${name}.ts`));
const figures = await bench({ quick });
const width = Math.max(...Object.keys(figures).map((key) => key.length));
for (const [key, value] of Object.entries(figures)) console.log(`${key.padEnd(width)}  ${value}`);
console.log(`${quick ? 'quick' : 'full'} form, ${Math.round((Date.now() - started) / 1000)} s`);
console.log(JSON.stringify({ bench: name, figures, quick }));
process.exit(0);
