/** What `npm start` looks at before it starts anything. */
import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isInstalled } from '../../scripts/install.mjs';
import { portProblem } from '../../scripts/ports.mjs';

test.each([
  ['4190', /^Port 4190 is kept for other services: .* PORT=4200 npm start$/],
  ['0', /^PORT=0 is no port/],
  ['4000.5', /^PORT=4000\.5 is no port/],
  ['door', /^PORT=door is no port/],
])('PORT=%s is refused at once, with a sentence', async (port, sentence) => {
  expect(await portProblem({ PORT: port, APP_PORT: '3000' })).toMatch(sentence);
});

test('what is installed is known by its contents, whatever date its files have', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'everafter-installed-'));
  mkdirSync(path.join(folder, 'node_modules/.bin'), { recursive: true });
  writeFileSync(path.join(folder, 'node_modules/.bin/node'), '');
  const write = (file: string, packages: object) =>
    writeFileSync(path.join(folder, file), JSON.stringify({ packages }));
  const zod = { version: '4.1.0', integrity: 'sha512-a' };
  const wanted = { '': { name: 'everafter' }, 'node_modules/zod': zod };
  write('package-lock.json', wanted);
  expect(isInstalled(folder)).toBe(false);

  write('node_modules/.package-lock.json', { 'node_modules/zod': zod });
  const tomorrow = new Date(Date.now() + 86_400_000);
  utimesSync(path.join(folder, 'package-lock.json'), tomorrow, tomorrow);
  expect(isInstalled(folder)).toBe(true);

  const other = { version: '1.0.0', integrity: 'sha512-b' };
  write('package-lock.json', { ...wanted, 'node_modules/fsevents': { ...other, optional: true } });
  expect(isInstalled(folder)).toBe(true);
  write('package-lock.json', { ...wanted, 'node_modules/pino': other });
  expect(isInstalled(folder)).toBe(false);
  write('package-lock.json', { ...wanted, 'node_modules/zod': { ...zod, version: '4.2.0' } });
  expect(isInstalled(folder)).toBe(false);
});
