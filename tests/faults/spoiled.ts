/** Broken twins of the database: a trigger spoils what the real code writes. */
import pg from 'pg';
import type { TestDatabase } from '../database.ts';

/** `before insert on orders`, and what is done with `new` then, in PL/pgSQL. */
export interface Spoiling {
  when: string;
  how: string;
}

/** Does the work while the trigger is there; afterwards the database is sound again. */
export async function spoiled<T>(
  t: TestDatabase,
  { when, how }: Spoiling,
  work: () => Promise<T>,
): Promise<T> {
  const owner = new pg.Client(t.url);
  await owner.connect();
  try {
    await owner.query(
      `create function spoil() returns trigger language plpgsql as $f$ begin ${how} return new; end $f$`,
    );
    await owner.query(`create trigger spoil ${when} for each row execute function spoil()`);
    return await work();
  } finally {
    await owner.query('drop function if exists spoil cascade');
    await owner.end();
  }
}
