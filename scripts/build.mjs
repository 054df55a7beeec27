/** Generates Prisma's client and builds the app, each only when what it is made from has changed. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root, run, step } from './install.mjs';

/** One hash over the contents of files and folders. */
function fingerprint(...names) {
  const hash = createHash('sha256');
  const visit = (name) => {
    const file = path.join(root, name);
    if (!existsSync(file)) return;
    if (statSync(file).isDirectory()) {
      for (const child of readdirSync(file).sort()) if (child !== 'generated') visit(path.join(name, child));
    } else hash.update(name).update(readFileSync(file));
  };
  names.forEach(visit);
  return hash.digest('hex');
}

async function unlessFresh(stamp, hash, work) {
  const file = path.join(root, stamp);
  if (existsSync(file) && readFileSync(file, 'utf8') === hash) return;
  await work();
  writeFileSync(file, hash);
}

/** The database client, from prisma/schema. */
export const generate = () =>
  unlessFresh('app/generated/.stamp', fingerprint('prisma/schema', 'package-lock.json'), () =>
    step('Generating the database client', () => run('npm', ['run', '-s', 'generate'], { quiet: true })),
  );

/** The Remix build, client and server. */
export const build = () =>
  unlessFresh(
    'build/.stamp',
    fingerprint('app', 'prisma/schema', 'public', 'vite.config.ts', 'remix.config.js', 'package-lock.json'),
    () =>
      step('Building the app', () =>
        run('npm', ['run', '-s', 'build'], { quiet: true, env: { NODE_ENV: 'production' } }),
      ),
  );
