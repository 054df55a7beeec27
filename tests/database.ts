/** A database of its own for a test file: a clone of the migrated template, dropped at the end. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { openDb, type Db } from '../app/db.server.ts';

/** What a test file works with; filled before its first test. */
export interface TestDatabase {
  db: Db;
  /** Connection string as owner, for a second process or a look past row-level security. */
  url: string;
}

/** Call once at the top of a test file. The fields may be read inside tests and hooks only. */
export function testDb(): TestDatabase {
  const test = {} as TestDatabase;
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  beforeAll(async () => {
    test.url = await cloneTemplate(name);
    test.db = openDb({ url: test.url, max: 8 });
  });
  afterAll(async () => {
    await test.db.close();
    await onServer(`drop database ${name} with (force)`);
  });
  return test;
}

async function cloneTemplate(name: string): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    try {
      await onServer(`create database ${name} template template_everafter`);
      const url = new URL(inject('serverUrl'));
      url.pathname = `/${name}`;
      return url.href;
    } catch (error) {
      // 55006: another file is cloning the template at this moment.
      if ((error as { code?: string }).code !== '55006' || attempt > 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function onServer(statement: string) {
  const client = new pg.Client(inject('serverUrl'));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
