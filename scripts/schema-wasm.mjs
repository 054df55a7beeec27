/**
 * Prisma's schema engine as WebAssembly over adapter-pg, for scripts/migrate.mjs and scripts/schema-engine.mjs:
 * the native engine would be a download, this one is a package.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const require = createRequire(import.meta.url);

/** Instantiates wasm-bindgen's bundler output by hand, so that Node needs no flag. */
export async function loadEngine(onPanic) {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: onPanic };
  const path = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bg = await import(path);
  const bytes = fs.readFileSync(path.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bg });
  bg.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return bg;
}

/** The connection string without the parameters that only Prisma knows. */
export function plainUrl(url) {
  const plain = new URL(url);
  for (const name of ['schema', 'connection_limit', 'pool_timeout', 'pgbouncer'])
    plain.searchParams.delete(name);
  return plain.href;
}

const CHARACTER = 6; // ColumnTypeEnum.Character

/**
 * adapter-pg splits a script at every ';' (which breaks functions and DO blocks) and does not know the type "char"
 * (oid 18) that describing a schema reads; both are mended here.
 */
function mend(adapter) {
  const { performIO, queryRaw } = adapter;
  let chars = [];
  adapter.performIO = async function (query) {
    const result = await performIO.call(this, query);
    chars = result.fields.flatMap((field, i) => (field.dataTypeID === 18 ? [i] : []));
    for (const i of chars) result.fields[i].dataTypeID = 25;
    return result;
  };
  adapter.queryRaw = async function (query) {
    const result = await queryRaw.call(this, query);
    for (const i of chars) result.columnTypes[i] = CHARACTER;
    return result;
  };
  adapter.executeScript = (sql) =>
    withPatience(adapter.underlyingDriver(), sql).then(
      () => {},
      (error) => adapter.onError(error),
    );
  return adapter;
}

/** How long a statement may stand in the way of everybody behind it, and how often it steps aside. */
const LOCK_MS = 200;
const TRIES = 500;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * A migration while the previous release serves: a change of a table waits for whoever is at it, and everybody else waits
 * behind the change. So it waits for a fifth of a second at most, steps aside, and tries again. A script is one transaction:
 * what was given up has changed nothing.
 */
export async function withPatience(driver, sql, { lockMs = LOCK_MS, tries = TRIES } = {}) {
  for (let tried = 1; ; tried++) {
    try {
      return await driver.query(`set local lock_timeout = ${lockMs};\n${sql}`);
    } catch (error) {
      if (error.code !== LOCK_NOT_AVAILABLE || tried === tries) throw error;
      if (tried % 20 === 1) console.error('Waiting for a table that is in use; trying again');
      await sleep(Math.min(100 * tried, 1000));
    }
  }
}

/** A migration-aware adapter factory; its shadow database is dropped only after its connections are closed. */
class MigrationPg extends PrismaPg {
  constructor(url) {
    super(
      { connectionString: plainUrl(url), max: 1 },
      { schema: new URL(url).searchParams.get('schema') ?? undefined },
    );
    this.url = url;
  }

  async connect() {
    return mend(await super.connect());
  }

  async connectToShadowDb() {
    const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
    const admin = new pg.Client(plainUrl(this.url));
    await admin.connect();
    await admin.query(`CREATE DATABASE "${name}"`);
    const url = new URL(plainUrl(this.url));
    url.pathname = `/${name}`;
    const pool = new pg.Pool({ connectionString: url.href, max: 1 });
    const shadow = mend(await new PrismaPg(pool).connect());
    shadow.dispose = async () => {
      await pool.end();
      await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      await admin.end();
    };
    return shadow;
  }
}

/** The adapter that the engine wants for `url`. */
export const migrationAdapter = (url) => bindMigrationAwareSqlAdapterFactory(new MigrationPg(url));
