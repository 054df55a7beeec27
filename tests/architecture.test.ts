/** The house rules of docs/architecture.md, held by machine: who may import whom, sizes, names, and the database. */
import { describe, expect, test } from 'vitest';
import { testDb } from './database.ts';
import { cyclesOf, sourceFiles, type SourceFile } from './sourceTree.ts';

const app = sourceFiles('app');
const everything = [
  ...app,
  ...sourceFiles('extensions'),
  ...sourceFiles('sandbox'),
  ...sourceFiles('scripts'),
  ...sourceFiles('tests'),
];

/** Modules stand on floors and import only downwards, never sideways. */
const FLOORS: Record<string, number> = {
  shops: 0,
  files: 1,
  customers: 1,
  products: 1,
  orders: 2,
  messages: 2,
  sequences: 3,
  feedback: 3,
  reviews: 3,
  conversations: 3,
  correspondence: 3,
  stories: 3,
  referrals: 3,
  rewards: 3,
  insights: 4,
  wording: 4,
  gestures: 4,
  loyalty: 4,
  rehearsal: 4,
};

/** Files at the root of app/ that put everything together. */
const TOP = [
  'reactions.server.ts',
  'wiring.server.ts',
  'web.server.ts',
  'worker.server.ts',
  'entry.server.tsx',
];

const partOf = (name: string) => name.split('/')[1] ?? '';
const isServer = (name: string) => name.includes('.server');
const isModule = (name: string) => partOf(name) in FLOORS;
const isDoor = (name: string) => isModule(name) && new RegExp(`^app/(\\w+)/\\1\\.server\\.ts$`).test(name);

/** Every import of `files` that `wrong` objects to, as "file → imported: reason". */
function offences(
  files: readonly SourceFile[],
  wrong: (from: string, to: string, typeOnly: boolean) => string | false,
) {
  return files.flatMap((file) =>
    file.imports.flatMap(({ name, typeOnly }) => {
      const reason = wrong(file.name, name, typeOnly);
      return reason ? [`${file.name} → ${name}: ${reason}`] : [];
    }),
  );
}

describe('who may import whom', () => {
  test('modules import downwards only', () => {
    const wrong = (from: string, to: string, typeOnly: boolean) => {
      if (!isModule(from) || !isModule(to) || partOf(from) === partOf(to)) return false;
      if (typeOnly && !isServer(to) && FLOORS[partOf(from)] === FLOORS[partOf(to)]) return 'sideways';
      return FLOORS[partOf(to)]! >= FLOORS[partOf(from)]! && 'not a lower floor';
    };
    expect(offences(app, wrong)).toEqual([]);
  });

  test('a module is entered by its door, a pure file or a type', () => {
    const wrong = (from: string, to: string, typeOnly: boolean) =>
      isModule(to) &&
      partOf(from) !== partOf(to) &&
      isServer(to) &&
      !isDoor(to) &&
      !typeOnly &&
      !TOP.includes(from.replace('app/', '')) &&
      'not its door';
    expect(offences(app, wrong)).toEqual([]);
  });

  test('pure files import pure files', () => {
    const pure = app.filter(
      (file) =>
        !isServer(file.name) &&
        !file.name.endsWith('.tsx') &&
        !/^app\/(entry|root|routes|ui)/.test(file.name),
    );
    const wrong = (_from: string, to: string, typeOnly: boolean) =>
      isServer(to) && !typeOnly && 'a file with IO';
    expect(offences(pure, wrong)).toEqual([]);
    const packages = pure.flatMap((file) =>
      file.packages
        .filter((name) => /^(@remix-run|@prisma|pg|node:(?!crypto))/.test(name))
        .map((name) => `${file.name} → ${name}`),
    );
    expect(packages).toEqual([]);
  });

  test('ui imports nothing with IO', () => {
    const ui = app.filter((file) => file.name.startsWith('app/ui/'));
    expect(offences(ui, (_from, to, typeOnly) => isServer(to) && !typeOnly && 'a file with IO')).toEqual([]);
  });

  test('routes know doors, not the database, the queue or each other', () => {
    const routes = app.filter((file) => file.name.startsWith('app/routes/'));
    const wrong = (_from: string, to: string, typeOnly: boolean) => {
      if (typeOnly) return false;
      if (/^app\/(db|jobs\/queue)\.server/.test(to)) return 'reserved for doors';
      if (to.startsWith('app/generated')) return 'Prisma';
      if (to.startsWith('app/routes/')) return 'another route';
      if (to.startsWith('app/adapters/') && !/shopify\/(authenticate|intake)\.server/.test(to))
        return 'an adapter';
      return false;
    };
    expect(offences(routes, wrong)).toEqual([]);
  });

  test('doors know no routes, no ui, no Remix, no adapters and no config', () => {
    const modules = app.filter((file) => isModule(file.name));
    const wrong = (_from: string, to: string, typeOnly: boolean) => {
      if (/^app\/(routes|ui)\//.test(to)) return 'above it';
      if (to.startsWith('app/adapters/') && !typeOnly) return 'adapters arrive as arguments';
      if (/^app\/(config|wiring|reactions)\.server/.test(to)) return 'config arrives as an argument';
      return false;
    };
    expect(offences(modules, wrong)).toEqual([]);
    const remix = modules.flatMap((file) =>
      file.packages.filter((name) => name.startsWith('@remix-run')).map((name) => `${file.name} → ${name}`),
    );
    expect(remix).toEqual([]);
  });

  test('adapters know only types of the modules, and not each other', () => {
    const adapters = app.filter((file) => file.name.startsWith('app/adapters/'));
    const kind = (name: string) => name.split('/')[2];
    const wrong = (from: string, to: string, typeOnly: boolean) => {
      if (to.startsWith('app/adapters/')) return kind(from) !== kind(to) && !typeOnly && 'another adapter';
      return (
        isModule(to) &&
        isServer(to) &&
        !typeOnly &&
        !/shopify\/(authenticate|intake)/.test(from) &&
        "a module's behaviour"
      );
    };
    expect(offences(adapters, wrong)).toEqual([]);
  });

  test('nothing in app/ knows of the sandbox or of the tests; extensions know types only', () => {
    expect(offences(app, (_from, to) => /^(sandbox|tests|extensions)\//.test(to) && 'outside')).toEqual([]);
    const extensions = everything.filter((file) => file.name.startsWith('extensions/'));
    expect(
      offences(extensions, (_from, to, typeOnly) => to.startsWith('app/') && !typeOnly && 'not a type'),
    ).toEqual([]);
  });

  test('there are no import cycles', () => {
    expect(cyclesOf(everything)).toEqual([]);
  });
});

describe('how the code looks', () => {
  test('no file is longer than 300 lines, and most are short', () => {
    const code = everything.filter((file) => !file.name.startsWith('tests/'));
    expect(code.filter((file) => file.lines > 300).map((file) => `${file.name}: ${file.lines}`)).toEqual([]);
    const sorted = code.map((file) => file.lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length * 0.9)]).toBeLessThanOrEqual(230);
  });

  test('there are no drawers, no barrels and no folders named for a version', () => {
    const drawers = everything.filter(
      (file) =>
        /\/(utils?|lib|helpers?|services?|common|misc|managers?|v\d+)\//.test(file.name) ||
        // Shopify's CLI takes a web pixel's entry by this name.
        (/\/index\.tsx?$/.test(file.name) && file.name !== 'extensions/pixel/src/index.ts'),
    );
    expect(drawers.map((file) => file.name)).toEqual([]);
  });

  test('only the clock knows the time, only config reads the environment', () => {
    const clocks = app.filter(
      (file) =>
        file.name !== 'app/clock.server.ts' &&
        /\bDate\.now\(\)|\bnew Date\(\)/.test(file.text) &&
        isServer(file.name) &&
        isModule(file.name),
    );
    expect(clocks.map((file) => file.name)).toEqual([]);
    const pure = app.filter(
      (file) =>
        isModule(file.name) &&
        !isServer(file.name) &&
        /\bDate\.now\(\)|\bnew Date\(\)|process\.env/.test(file.text),
    );
    expect(pure.map((file) => file.name)).toEqual([]);
    const environment = app.filter(
      (file) =>
        file.name !== 'app/config.server.ts' &&
        /process\.env/.test(file.text.replace(/^\s*(\/?\*|\/\/).*$/gm, '')),
    );
    expect(environment.map((file) => file.name)).toEqual([]);
  });
});

describe('the database', () => {
  const t = testDb();
  /** Tables without shop_id, each with its reason in prisma/schema. */
  const CONTROL = [
    'shop',
    'shopify_session',
    'body_fingerprint',
    'stray_webhook',
    'lane_everywhere',
    'imap_mailbox',
    'rate_limit',
    '_prisma_migrations',
  ];

  test('every table begins its keys with shop_id', async () => {
    const rows = await t.db.sqlAcrossShops<{ table: string; name: string; first: string }>(`
      select c.relname as table, i.relname as name, a.attname as first
      from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
      join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
      where n.nspname = 'public' and (x.indisunique or x.indisprimary)`);
    const wrong = rows.filter((row) => row.first !== 'shop_id' && !CONTROL.includes(row.table));
    expect(wrong.map((row) => `${row.table}.${row.name} begins with ${row.first}`)).toEqual([]);
    expect(rows.length).toBeGreaterThan(20);
  });

  test('every foreign key carries shop_id', async () => {
    const rows = await t.db.sqlAcrossShops<{ name: string; columns: string[] }>(`
      select conname as name, array(select a.attname::text from unnest(conkey) k join pg_attribute a on a.attrelid = conrelid and a.attnum = k) as columns
      from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`);
    expect(rows.filter((row) => row.columns[0] !== 'shop_id').map((row) => row.name)).toEqual([]);
  });

  test('row-level security is enabled and forced on every tenant table, with a policy for each role', async () => {
    const rows = await t.db.sqlAcrossShops<{
      table: string;
      enabled: boolean;
      forced: boolean;
      roles: string[];
    }>(`
      select c.relname as table, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
        array(select unnest(roles)::text from pg_policies p where p.tablename = c.relname order by 1) as roles
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`);
    const tenant = rows.filter((row) => row.table === 'shop' || !CONTROL.includes(row.table));
    const open = tenant.filter(
      (row) =>
        !row.enabled ||
        !row.forced ||
        // everafter_search belongs to the function search_customers alone; its migration says why.
        row.roles.filter((role) => role !== 'everafter_search').join() !== 'everafter_app,everafter_worker',
    );
    expect(open.map((row) => row.table)).toEqual([]);
  });

  test('instants carry their zone', async () => {
    const rows = await t.db.sqlAcrossShops<{ place: string }>(`
      select table_name || '.' || column_name as place from information_schema.columns
      where table_schema = 'public' and data_type = 'timestamp without time zone'`);
    expect(rows).toEqual([]);
  });
});
