/**
 * Migrations without Prisma's native engine: the same SQL, the same folder, the same _prisma_migrations table.
 *
 *   npm run migrate                  applies what is missing (deploy); safe to run twice and by two at once
 *   npm run migration -- NAME        writes prisma/migrations/…_NAME/migration.sql: what the schema has and the migrations lack
 *   node scripts/migrate.mjs check   prints that difference; exit code 2 when there is any
 */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { loadEngine, migrationAdapter, plainUrl } from './schema-wasm.mjs';

const root = path.resolve(import.meta.dirname, '..');
const migrations = path.join(root, 'prisma/migrations');
const lockFile = path.join(migrations, 'migration_lock.toml');
const LOCK = '# Written by migrate.mjs; do not edit.\nprovider = "postgresql"\n';

function schemaFiles() {
  const folder = path.join(root, 'prisma/schema');
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.prisma'))
    .map((name) => path.join(folder, name))
    .map((file) => ({ path: file, content: fs.readFileSync(file, 'utf8') }));
}

function migrationsList() {
  const folders = fs.existsSync(migrations) ? fs.readdirSync(migrations, { withFileTypes: true }) : [];
  return {
    baseDir: migrations,
    lockfile: {
      path: './migration_lock.toml',
      content: fs.existsSync(lockFile) ? fs.readFileSync(lockFile, 'utf8') : null,
    },
    shadowDbInitScript: '',
    migrationDirectories: folders
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort()
      .map((name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok',
            value: fs.readFileSync(path.join(migrations, name, 'migration.sql'), 'utf8'),
          },
        },
      })),
  };
}

/** Indexes that Prisma's schema can't express; they live in migrations only. */
const HAND_WRITTEN = ['customer_search', 'conversation_terms'];

const filters = { externalTables: [], externalEnums: [] };

/** @returns {Promise<{ stdout: string, exitCode: number }>} what the schema has and the migrations lack */
async function difference(engine) {
  const from = fs.existsSync(lockFile) ? { tag: 'migrations', ...migrationsList() } : { tag: 'empty' };
  const to = { tag: 'schemaDatamodel', files: schemaFiles() };
  const diff = await engine.diff({ from, to, script: true, exitCode: true, filters });
  const stdout = HAND_WRITTEN.reduce(
    (sql, name) => sql.replace(`-- DropIndex\nDROP INDEX "${name}";\n`, ''),
    diff.stdout,
  ).trim();
  return { stdout, exitCode: stdout && stdout !== '-- This is an empty migration.' ? 2 : 0 };
}

const GRANTS = `
  grant usage on schema pgboss to everafter_app, everafter_worker;
  grant select, insert, update, delete on all tables in schema pgboss to everafter_app, everafter_worker;
  grant execute on all functions in schema pgboss to everafter_app, everafter_worker;`;

/**
 * One process at a time, from the first look at what is missing: to another one, a migration that has begun and waits for
 * a table looks like one that has failed. Asked for again and again: whoever waits in a statement holds up indexes that
 * are built concurrently.
 */
async function alone(url, work) {
  const client = new pg.Client(plainUrl(url));
  await client.connect();
  try {
    for (let asked = 0; !(await isMine(client)); asked++) {
      if (asked === 0) console.error('Somebody else is migrating; waiting until that is done');
      await pause(250);
    }
    return await work(client);
  } finally {
    await client.end();
  }
}

async function isMine(client) {
  const { rows } = await client.query('select pg_try_advisory_lock(74120) as mine');
  return rows[0].mine;
}

/** pg-boss's own schema and our queues in it. */
async function installJobs(client, url) {
  process.env.LOG_LEVEL ??= 'error';
  const { installQueue } = await import('../app/jobs/queue.server.ts');
  await installQueue(plainUrl(url));
  await client.query(GRANTS);
}

const commands = {
  async deploy(engine) {
    const url = process.env.DATABASE_URL;
    const names = await alone(url, async (client) => {
      const applied = await engine.applyMigrations({ migrationsList: migrationsList(), filters });
      await installJobs(client, url);
      return applied.appliedMigrationNames;
    });
    console.log(names.length > 0 ? `Applied ${names.join(', ')}` : 'No migration is missing');
    return 0;
  },
  async new(engine, name) {
    if (!/^[a-z0-9_]+$/.test(name ?? ''))
      throw new Error('npm run migration -- NAME (lower case, digits, underscores)');
    const diff = await difference(engine);
    if (diff.exitCode === 0) {
      console.log('The schema has nothing that the migrations lack');
      return 0;
    }
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const folder = path.join(migrations, `${stamp}_${name}`);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'migration.sql'), `${diff.stdout}\n`);
    fs.writeFileSync(lockFile, LOCK);
    console.log(`Wrote ${path.relative(root, folder)}/migration.sql`);
    return 0;
  },
  async check(engine) {
    const diff = await difference(engine);
    console.log(diff.stdout);
    return diff.exitCode;
  },
};

const [command = '', argument] = process.argv.slice(2);
try {
  const run = commands[command];
  if (!run) throw new Error('usage: migrate.mjs deploy | new NAME | check');
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('DATABASE_URL is not set: which database?');
  if (!/^postgres(ql)?:$/.test(URL.parse(url)?.protocol ?? ''))
    throw new Error('DATABASE_URL must be a postgresql:// URL');
  const bg = await loadEngine((message) => console.error(message));
  const datamodels = schemaFiles().map((file) => [file.path, file.content]);
  const engine = await bg.SchemaEngine.new({ datamodels }, () => {}, migrationAdapter(url));
  process.exit(await run(engine, argument));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
