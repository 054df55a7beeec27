/**
 * E30: no shop sees or touches what is another's, by the catalogue (every table, policy, role and function) and by rows.
 * Routes: route-isolation.test.ts.
 */
import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../../app/db.server.ts';
import type { Shop } from '../../app/shops/shop.ts';
import { aShop } from '../builders.ts';
import { testDb } from '../database.ts';
import { insertRowWithParents } from '../database/rows.ts';

const t = testDb();

/** Tables without a shop in front, for the worker only; each with its reason in prisma/schema. */
const CONTROL = [
  'shopify_session',
  'body_fingerprint',
  'stray_webhook',
  'imap_mailbox',
  'rate_limit',
  '_prisma_migrations',
];
/** Anonymous figures over all shops: read by everybody, written by the worker. */
const SHARED = ['lane_everywhere'];
const ROLES = ['everafter_app', 'everafter_worker', 'everafter_search'];
/** Run as a role that may read of all shops what is searched, and bind themselves to current_shop(). */
const DEFINERS = ['search_customers', 'search_conversations'];
const SEARCHED = ['customer', 'consent', 'conversation', 'conversation_words', 'conversation_tag'];

const shopColumn = (table: string) => (table === 'shop' ? 'id' : 'shop_id');

async function tenantTables(db: Db): Promise<string[]> {
  const rows = await db.sqlAcrossShops<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
  );
  return rows.map(({ name }) => name).filter((name) => ![...CONTROL, ...SHARED].includes(name));
}

/** Everything in the catalogue that could let a shop out of its own rows. */
async function holes(db: Db): Promise<string[]> {
  const found: string[] = [];
  for (const table of await tenantTables(db)) found.push(...(await holesOfTable(db, table)));
  const roles = await db.sqlAcrossShops<{ name: string; power: string }>(
    `select rolname as name, concat_ws(' ', case when rolsuper then 'superuser' end, case when rolbypassrls then 'bypassrls' end,
       case when rolcanlogin then 'login' end, case when rolcreaterole then 'createrole' end) as power
     from pg_roles where rolname = any($1::text[])`,
    [ROLES],
  );
  found.push(...roles.filter(({ power }) => power).map(({ name, power }) => `${name} has ${power}`));
  const owned = await db.sqlAcrossShops<{ name: string }>(
    `select relname as name from pg_class c join pg_roles r on r.oid = c.relowner
     where rolname = any($1::text[]) and relkind in ('r', 'v', 'm')`,
    [ROLES],
  );
  found.push(...owned.map(({ name }) => `${name} is owned by a role of the app`));
  const rights = await db.sqlAcrossShops<{ name: string }>(
    `select name from unnest($1::text[]) name where has_table_privilege('everafter_app', name, 'select, insert, update, delete')`,
    [CONTROL.filter((name) => name !== '_prisma_migrations')],
  );
  found.push(...rights.map(({ name }) => `${name} is open to everafter_app`));
  const written = await db.sqlAcrossShops<{ name: string }>(
    `select name from unnest($1::text[]) name where has_table_privilege('everafter_app', name, 'insert, update, delete, truncate')`,
    [SHARED],
  );
  found.push(...written.map(({ name }) => `${name} is written by everafter_app`));
  const views = await db.sqlAcrossShops<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and (relkind = 'm'
       or (relkind = 'v' and not coalesce('security_invoker=true' = any(reloptions), false)))`,
  );
  found.push(...views.map(({ name }) => `${name} is seen with its owner's eyes`));
  const definers = await db.sqlAcrossShops<{ name: string }>(
    `select proname as name from pg_proc where pronamespace = 'public'::regnamespace and prosecdef and proname <> all($1::text[])`,
    [DEFINERS],
  );
  found.push(...definers.map(({ name }) => `${name}() runs as its owner`));
  return found;
}

async function holesOfTable(db: Db, table: string): Promise<string[]> {
  const [state] = await db.sqlAcrossShops<{ enabled: boolean; forced: boolean }>(
    'select relrowsecurity as enabled, relforcerowsecurity as forced from pg_class where oid = $1::regclass',
    [table],
  );
  const policies = await db.sqlAcrossShops<{
    name: string;
    roles: string;
    command: string;
    seen: string;
    written: string | null;
  }>(
    `select policyname as name, array_to_string(roles, ',') as roles, cmd as command, qual as seen, with_check as written
     from pg_policies where schemaname = 'public' and tablename = $1`,
    [table],
  );
  const column = shopColumn(table);
  const bound = `(${column} = current_shop())`;
  const right = (policy: (typeof policies)[number]) => {
    switch (policy.roles) {
      case 'everafter_app':
        return policy.seen === bound && policy.written === bound && policy.command === 'ALL';
      case 'everafter_worker':
        return policy.seen.includes(`'app.across'`) && policy.seen.includes(`${column} = current_shop()`);
      case 'everafter_search':
        return policy.command === 'SELECT' && SEARCHED.includes(table);
      default:
        return false;
    }
  };
  return [
    ...(state?.enabled && state.forced ? [] : [`${table} has no forced row-level security`]),
    ...policies.filter((policy) => !right(policy)).map(({ name }) => `${table}: policy ${name}`),
    ...(policies.some(({ roles }) => roles === 'everafter_app')
      ? []
      : [`${table} has no policy for everafter_app`]),
  ];
}

/** A row in every table. */
async function fill(db: Db, shop: Shop): Promise<void> {
  for (const table of await tenantTables(db)) {
    if (table !== 'shop') await insertRowWithParents(db, table, { shop_id: shop.id, ...CANARIES[table] });
  }
}

const CANARY = 'foreign-canary';
const CANARIES: Record<string, Record<string, unknown>> = {
  customer: {
    email: `${CANARY}@example.com`,
    first_name: CANARY,
    search_text: ` ${CANARY}`,
    active_at: new Date(),
  },
  orders: { email: `${CANARY}@example.com`, name: CANARY },
  message: { subject: CANARY, html: CANARY, text: CANARY },
  template: { subject: CANARY },
  sequence: { name: CANARY },
  review: { text: CANARY },
  answer: { comment: CANARY, checkout_token: CANARY },
  referral_code: { code: CANARY.toUpperCase(), state: 'issued' },
  product: { title: CANARY },
  data_request: { kind: 'export', result: { said: CANARY } },
};

async function isOnlyAddedTo(table: string): Promise<boolean> {
  const [row] = await t.db.sqlAcrossShops<{ only: boolean }>(
    `select not has_table_privilege('everafter_app', $1, 'update') and not has_table_privilege('everafter_app', $1, 'delete') as only`,
    [table],
  );
  return row!.only;
}

describe('the catalogue', () => {
  test('has no hole', async () => {
    expect(await holes(t.db)).toEqual([]);
    expect((await tenantTables(t.db)).length).toBeGreaterThan(35);
  });

  test.each([
    ['alter table review disable row level security', 'review has no forced row-level security'],
    ['alter table review no force row level security', 'review has no forced row-level security'],
    ['create policy open on review to everafter_app using (true)', 'review: policy open'],
    ['create policy all_see on review for select to public using (true)', 'review: policy all_see'],
    ['drop policy one_shop on review', 'review has no policy for everafter_app'],
    ['create table forgotten (shop_id bigint primary key)', 'forgotten has no forced row-level security'],
    ['grant select on shopify_session to everafter_app', 'shopify_session is open to everafter_app'],
    ['grant update on lane_everywhere to everafter_app', 'lane_everywhere is written by everafter_app'],
    ['create view peek as select * from customer', "peek is seen with its owner's eyes"],
    [
      `create function peek() returns bigint language sql security definer as 'select count(*) from customer'`,
      'peek() runs as its owner',
    ],
  ])('%s is found', async (statement, hole) => {
    const owner = new pg.Client(t.url);
    await owner.connect();
    try {
      await owner.query('begin');
      await owner.query(statement);
      const inside = {
        sqlAcrossShops: async (text: string, values: unknown[] = []) =>
          (await owner.query(text, values)).rows,
      } as unknown as Db;
      expect(await holes(inside)).toContain(hole);
    } finally {
      await owner.query('rollback');
      await owner.end();
    }
  });
});

describe('rows', () => {
  let [mine, theirs]: Shop[] = [];

  beforeAll(async () => {
    mine = await aShop(t.db);
    theirs = await aShop(t.db);
    await fill(t.db, mine);
    await fill(t.db, theirs);
  });

  test('bound to one shop, nothing of another is read, changed, deleted or written', async () => {
    for (const table of await tenantTables(t.db)) {
      const column = shopColumn(table);
      const [seen] = await t.db.inShop(mine!.id, (tx) =>
        tx.sql<{ all: bigint; foreign: bigint }>(
          `select count(*) as all, count(*) filter (where ${column} <> $1) as foreign from ${table}`,
          [mine!.id],
        ),
      );
      expect({ table, foreign: seen?.foreign, any: seen!.all > 0n }).toEqual({
        table,
        foreign: 0n,
        any: true,
      });
      // Of what may only be added to, nobody changes or deletes anything, their own neither.
      if (await isOnlyAddedTo(table)) continue;
      const touched = await t.db.inShop(mine!.id, async (tx) => [
        ...(await tx.sql(`update ${table} set ${column} = ${column} where ${column} = $1 returning 1`, [
          theirs!.id,
        ])),
        ...(await tx.sql(`delete from ${table} where ${column} = $1 returning 1`, [theirs!.id])),
      ]);
      expect({ table, touched }).toEqual({ table, touched: [] });
      const stolen = t.db.inShop(mine!.id, (tx) =>
        tx.sql(`update ${table} set ${column} = $2 where ${column} = $1`, [mine!.id, theirs!.id]),
      );
      await expect(stolen).rejects.toThrow(/row-level security|violates foreign key/);
    }
  });

  test('bound to no shop, or saying nothing of all shops, nothing is seen', async () => {
    for (const role of ['everafter_app', 'everafter_worker']) {
      const client = new pg.Client({ connectionString: t.url, options: `-c role=${role}` });
      await client.connect();
      try {
        for (const table of await tenantTables(t.db)) {
          const { rows } = await client.query<{ n: string }>(`select count(*) as n from ${table}`);
          expect({ role, table, rows: rows[0]?.n }).toEqual({ role, table, rows: '0' });
        }
        await expect(
          client.query(`select * from search_customers('{}', null, null, null, null, null, null, null, 10)`),
        ).rejects.toThrow(/outside a shop/);
      } finally {
        await client.end();
      }
    }
  });
});
