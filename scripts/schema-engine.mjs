#!/usr/bin/env node
/**
 * Stands where the Prisma CLI expects its native schema engine (PRISMA_SCHEMA_ENGINE_BINARY): the command line and the
 * JSON-RPC of that binary, answered by its WebAssembly build.
 */
import fs from 'node:fs';
import readline from 'node:readline';
import pg from 'pg';
import { loadEngine, migrationAdapter, plainUrl } from './schema-wasm.mjs';

const argv = process.argv.slice(2);
const option = (name) => (argv.includes(name) ? argv[argv.indexOf(name) + 1] : undefined);
const url = JSON.parse(option('--datasource') ?? '{}').url;

/** The CLI's parser of this stream skips the first line. */
function log(level, message, fields = {}) {
  const entry = {
    timestamp: new Date().toISOString(),
    level,
    fields: { message, ...fields },
    target: 'schema_engine::logger',
  };
  process.stderr.write(`${JSON.stringify(entry)}\n`);
}

/** `cli can-connect-to-database | create-database | drop-database` */
async function databaseCommand() {
  log('INFO', 'Starting schema engine CLI');
  const target = new URL(plainUrl(url));
  const name = decodeURIComponent(target.pathname.slice(1));
  const drop = argv.includes('drop-database');
  const connects = argv.includes('can-connect-to-database');
  if (!connects) target.pathname = '/postgres';
  try {
    const client = new pg.Client(target.href);
    await client.connect();
    if (!connects) {
      await client.query(
        drop ? `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)` : `CREATE DATABASE "${name}"`,
      );
    }
    await client.end();
    process.exit(0);
  } catch (error) {
    const missing = error.code === '3D000';
    const meta = missing ? { database_name: name } : { database_location: target.host };
    log('ERROR', error.message, { is_panic: false, error_code: missing ? 'P1003' : 'P1001', meta });
    process.exit(1);
  }
}

/** Requests one a line on standard input, answers one a line on standard output, in order. */
async function serve() {
  let panic;
  const bg = await loadEngine((message) => (panic = message));
  const datamodels = argv
    .flatMap((word, i) => (word === '--datamodels' || word === '-d' ? [argv[i + 1]] : []))
    .map((file) => [file, fs.readFileSync(file, 'utf8')]);
  const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  let engine;
  const open = async () =>
    (engine ??= await bg.SchemaEngine.new(
      { datamodels: datamodels.length > 0 ? datamodels : undefined },
      () => {},
      migrationAdapter(url),
    ));
  const failure = (error) => {
    if (panic) return { is_panic: true, message: panic, backtrace: null };
    const { message, code, meta } = error;
    return code
      ? { is_panic: false, error_code: code, message, meta: meta ?? {} }
      : { is_panic: false, message, backtrace: null };
  };
  async function answer({ id, method, params }) {
    try {
      const target = await open();
      const version = method === 'getDatabaseVersion';
      const call = version ? 'version' : method;
      if (typeof target[call] !== 'function')
        throw new Error(`${method} is not in @prisma/schema-engine-wasm`);
      const result = await target[call](version ? undefined : params);
      if (method === 'diff' && result?.stdout) {
        send({ id: crypto.randomUUID(), method: 'print', params: { content: result.stdout } });
      }
      send({ id, result: result ?? null });
    } catch (error) {
      const message = 'An error happened. Check the data field for details.';
      send({ id, error: { code: 4466, message, data: failure(error) } });
    }
  }
  let chain = Promise.resolve();
  const lines = readline.createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const message = JSON.parse(line);
    if (message.method) chain = chain.then(() => answer(message));
  });
  lines.on('close', () => chain.then(() => process.exit(0)));
}

await (argv.includes('cli') ? databaseCommand() : serve());
