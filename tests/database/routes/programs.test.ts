/** What a merchant's own program gets: the real command in process, over HTTP, against the app's routes. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { now } from '../../../app/clock.server.ts';
import { saveTemplate, templatesOf } from '../../../app/messages/messages.server.ts';
import type { Plan } from '../../../app/sequences/plan.ts';
import * as sequences from '../../../app/sequences/sequences.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { apiTokens, makeApiToken, revokeApiToken, uninstallShop } from '../../../app/shops/shops.server.ts';
import { testDb } from '../../database.ts';
import { testShopify } from '../../shopify.ts';
import { root } from '../../sourceTree.ts';
import { main } from '../../../scripts/sequences/main.ts';
import { installDefaults } from './defaults.ts';

const t = testDb();
const shopify = testShopify(t);
let shop: Shop;
let url: string;
let server: Server;
let writing: string;
let reading: string;
let folder: string;

type Handler = (args: {
  request: Request;
  params: Record<string, string>;
  context: object;
}) => Promise<Response>;
const ROUTES: readonly [RegExp, string][] = [
  [/^\/api\/sequences$/, '_index'],
  [/^\/api\/sequences\/(check|compare|push|simulate)$/, '$1'],
  [/^\/api\/sequences\/(text|simulation)\/([^/]+)$/, '$1.$key'],
];

/** The routes as the app serves them, without Remix around them. */
async function answerTo(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  for (const [pattern, name] of ROUTES) {
    const found = pattern.exec(pathname);
    if (!found) continue;
    const file = name.replace('$1', found[1] ?? '');
    const route = (await import(`../../../app/routes/api.sequences.${file}.tsx`)) as {
      loader?: Handler;
      action?: Handler;
    };
    const handler = request.method === 'GET' ? route.loader : route.action;
    return handler!({ request, params: { key: decodeURIComponent(found[2] ?? '') }, context: {} });
  }
  return new Response(null, { status: 404 });
}

beforeAll(async () => {
  process.env['DATABASE_URL'] = t.url;
  ({ shop } = await shopify.open());
  await installDefaults(t.db, shop);
  server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const hasBody = incoming.method !== 'GET';
    const request = new Request(new URL(incoming.url ?? '/', url), {
      method: incoming.method ?? 'GET',
      headers: { authorization: incoming.headers.authorization ?? '' },
      ...(hasBody ? { body: Buffer.concat(chunks) } : {}),
    });
    const answer = await answerTo(request);
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writing = await tokenFor('write');
  reading = await tokenFor('read');
});
afterAll(() => server.close());

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'everafter-sequences-'));
  return () => rmSync(folder, { recursive: true });
});

const inShop = <Result>(work: Parameters<typeof t.db.inShop<Result>>[1]) => t.db.inShop(shop.id, work);

async function tokenFor(scope: 'read' | 'write'): Promise<string> {
  const made = await inShop((tx) => makeApiToken(tx, { name: scope, scope, by: 1n }, now()));
  if (made.outcome !== 'made') throw new Error(made.outcome);
  return made.token;
}

interface Ran {
  code: number;
  out: string;
  error: string;
}

/** `npm run sequences -- …`, called from a shop's own folder. */
async function command(args: string[], token: string | null = writing): Promise<Ran> {
  const said = { out: '', error: '' };
  const say = {
    log: (line: string) => void (said.out += `${line}\n`),
    error: (line: string) => void (said.error += `${line}\n`),
  };
  const env = { EVERAFTER_URL: url, ...(token ? { EVERAFTER_TOKEN: token } : {}) };
  return { code: await main(args, env, folder, say), ...said };
}

const fileOf = (name: string) => path.join(folder, name);
const change = (name: string, from: string, to: string) => {
  const text = readFileSync(fileOf(name), 'utf8');
  expect(text).toContain(from);
  writeFileSync(fileOf(name), text.replace(from, to));
};
const liveOf = async (key: string) => {
  const all = await inShop((tx) => sequences.listSequences(tx, now()));
  return inShop((tx) => sequences.sequenceOf(tx, all.find((each) => each.key === key)!.id));
};

test('what is pulled is checked, changed, compared, pushed and published', async () => {
  expect(await command(['pull'])).toMatchObject({ code: 0 });
  expect(readdirSync(fileOf('sequences'))).toHaveLength(6);
  expect(await command(['check'])).toMatchObject({ code: 0, out: '6 files: may be published.\n' });
  expect(await command(['diff'])).toMatchObject({ code: 0 });
  const file = 'sequences/review.yaml';
  change(file, 'after: 14 days', 'after: 3 weeks');
  change(file, 'heading: By now you can tell', 'heading: What do you think of it?');
  const compared = await command(['diff', file], reading);
  expect(compared).toMatchObject({ code: 1 });
  expect(compared.out).toContain('-      after: 14 days\n+      after: 3 weeks');
  expect(compared.out).toContain('Nobody is inside.');

  // A draft leaves alone what customers get already.
  const drafted = await command(['push', file]);
  expect(drafted).toMatchObject({ code: 0 });
  expect(drafted.out).toContain(
    'kept as a draft. Customers get these mails already, so a draft leaves them as they are: review (en)',
  );
  expect(await liveOf('review')).toMatchObject({
    liveVersion: 1,
    draft: { steps: [{ until: { after: { weeks: 3 } } }, {}] },
  });
  const published = await command(['push', file, '--publish', 'move', '--json']);
  expect(published).toMatchObject({ code: 0 });
  expect(JSON.parse(published.out)).toMatchObject({
    files: [
      {
        file,
        outcome: 'pushed',
        version: 2,
        isPublished: true,
        saved: [{ key: 'review', locale: 'en' }],
        left: [],
      },
    ],
  });
  const live = (await liveOf('review'))!;
  expect(live).toMatchObject({
    liveVersion: 2,
    draft: null,
    live: { steps: [{ until: { after: { weeks: 3 } } }, {}] },
  });
  const [mail] = (await inShop((tx) => templatesOf(tx, 'review'))).filter(({ locale }) => locale === 'en');
  expect(mail!.text.blocks[0]).toMatchObject({ text: 'What do you think of it?' });
  // The stamp follows, so that the next push is one over what is there now.
  expect(readFileSync(fileOf(file), 'utf8')).toMatch(/^pulled: 2 [0-9a-f]{12}$/m);
  expect(await command(['diff', file])).toMatchObject({ code: 0 });
  expect(await command(['push', file, '--publish', 'stay'])).toMatchObject({ code: 0 });
  expect(await liveOf('review')).toMatchObject({ liveVersion: 2 });
}, 60_000);

test('a language that the file has no more goes with a push, as diff says; a mail that is not in it stays', async () => {
  const languages = async (key: string) =>
    (await inShop((tx) => templatesOf(tx, key))).map(({ locale }) => locale);
  await command(['pull', '--force']);
  const file = path.join(folder, 'sequences/thank-you.yaml');
  const whole = readFileSync(file, 'utf8');
  const german = /\n    de:\n(?: {6}.*\n| *\n)*?(?=    \w\w:\n|\S|$)/;
  expect(whole).toMatch(german);
  writeFileSync(file, whole.replace(german, '\n'));
  const diff = await command(['diff', file]);
  expect(diff).toMatchObject({ code: 1 });
  expect(diff.out).toMatch(/^-    de:$/m);
  // A draft leaves alone what customers get already.
  expect((await command(['push', file])).out).toContain('leaves them as they are: thank-you (de)');
  expect(await languages('thank-you')).toContain('de');
  const pushed = await command(['push', file, '--publish', 'stay']);
  expect(pushed.out).toContain('No longer written in these languages: thank-you (de)');
  expect(await languages('thank-you')).toEqual(['en', 'es', 'fr']);
  expect(await command(['diff', file])).toMatchObject({ code: 0 });

  const without = readFileSync(file, 'utf8').replace(/^mails:\n[^]*$/m, '');
  writeFileSync(file, without);
  expect(await command(['diff', file])).toMatchObject({ code: 0 });
  expect(await command(['push', file, '--publish', 'stay'])).toMatchObject({ code: 0 });
  expect(await languages('thank-you')).toEqual(['en', 'es', 'fr']);
  writeFileSync(file, whole);
  await command(['push', file, '--publish', 'stay', '--force']);
  expect(await languages('thank-you')).toContain('de');
});

test('what somebody else has changed meanwhile is not written over, unless that is wanted', async () => {
  await command(['pull', 'win-back']);
  const file = 'sequences/win-back.yaml';
  const { id, live } = (await liveOf('win-back'))!;
  const other: Plan = { ...live!, reentry: { kind: 'once' } };
  await inShop((tx) => sequences.saveDraft(tx, id, { plan: other }, now()));
  change(file, 'after: 90 days', 'after: 100 days');
  const before = await command(['push', file]);
  expect(before).toMatchObject({ code: 1 });
  expect(before.out).toContain(
    'not pushed. Version 1 is still live, but its draft, its mails or its name have been changed since.',
  );
  await inShop((tx) => sequences.publish(tx, id, { inside: 'stay' }, now()));
  const refused = await command(['push', file, '--publish', 'stay']);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.out).toContain('Version 2 is live by now, and this file was pulled from version 1.');
  expect(await liveOf('win-back')).toMatchObject({ liveVersion: 2, live: { reentry: { kind: 'once' } } });
  // What was changed here is not lost to a pull of the same version; a newer one is written, as git would show.
  expect(await command(['push', file, '--publish', 'stay', '--force'])).toMatchObject({ code: 0 });
  expect(await liveOf('win-back')).toMatchObject({ liveVersion: 3, live: { reentry: { kind: 'replace' } } });
  change(file, 'after: 100 days', 'after: 110 days');
  expect(await command(['pull', 'win-back'])).toMatchObject({ code: 1 });
  expect(readFileSync(fileOf(file), 'utf8')).toContain('110 days');

  const [mail] = await inShop((tx) => templatesOf(tx, 'win-back'));
  await inShop((tx) => saveTemplate(tx, { ...mail!, text: { ...mail!.text, subject: 'Another' } }, now()));
  expect((await command(['push', file])).out).toContain('Version 3 is still live, but');
}, 60_000);

test('where git is the source, a push is one over what the file was at a commit', async () => {
  await command(['pull', 'invite']);
  const file = 'sequences/invite.yaml';
  writeFileSync(fileOf(file), readFileSync(fileOf(file), 'utf8').replace(/^pulled:.*\n/m, ''));
  const git = (...args: string[]) =>
    new Promise<void>((resolve, reject) => {
      const who = ['-c', 'user.name=Shop', '-c', 'user.email=shop@example.com'];
      execFile('git', [...who, ...args], { cwd: folder }, (failed) => (failed ? reject(failed) : resolve()));
    });
  await git('init', '-q');
  await git('add', '.');
  await git('commit', '-qm', 'As it was');
  change(file, 'after: 2 days', 'after: 3 days');
  expect((await command(['push', file, '--publish', 'move'])).out).toContain(
    'this file was not pulled from it',
  );
  expect(await command(['push', file, '--publish', 'move', '--over', 'HEAD'])).toMatchObject({ code: 0 });
  change(file, 'after: 3 days', 'after: 4 days');
  // The shop has 3 days by now, and the commit says 2.
  expect(await command(['push', file, '--publish', 'move', '--over', 'HEAD'])).toMatchObject({ code: 1 });
  expect(await liveOf('invite')).toMatchObject({ liveVersion: 2 });
  expect(await command(['push', file, '--over', 'nowhere'])).toMatchObject({ code: 2 });
}, 60_000);

test('what is wrong is said with file, line and step, and nothing is half-saved', async () => {
  await command(['pull', 'thank-you', 'getting-started']);
  const file = 'sequences/thank-you.yaml';
  change(file, 'after: 1 hour', 'after: 2 hours');
  change(file, 'heading: Thank you', 'heading: Thanks {{ order.nam }}, thank you');
  const state = () => inShop(async (tx) => [await sequences.listSequences(tx, now()), await templatesOf(tx)]);
  const before = await state();
  const offline = await command(['check', file], null);
  expect(offline).toMatchObject({ code: 1 });
  expect(offline.out).toMatch(
    /^sequences\/thank-you\.yaml:\d+:\d+: error: There is no field called order\.nam\.\n$/,
  );
  expect((await command(['check', file])).out).toBe(offline.out);
  expect(await command(['push', file, '--publish', 'move'])).toMatchObject({ code: 1, out: offline.out });
  expect(await state()).toEqual(before);
  change(file, '{{ order.nam }}', '');
  change(file, 'wait: an-hour', 'tag: an-hour');
  change(file, '    until:\n      after: 2 hours\n', '    tags: x\n');
  expect((await command(['check', file])).out).toContain('(step an-hour)');
  expect((await command(['check', file])).out).toContain('that of a step that did something else (wait)');
  change('sequences/getting-started.yaml', 'key: getting-started', 'key: thank-you');
  expect((await command(['check'], null)).out).toContain('sequences/thank-you.yaml is “thank-you” as well.');
}, 60_000);

/** The command as a shop calls it, in a process of its own. */
const npmRun = (args: string[]): Promise<Ran> => {
  const env = { ...process.env, INIT_CWD: folder, EVERAFTER_URL: url, EVERAFTER_TOKEN: writing };
  const script = path.join(root, 'scripts/sequences.mjs');
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { env, cwd: root }, (failed, out, error) =>
      resolve({ code: failed ? Number(failed.code) : 0, out, error }),
    );
  });
};

test('the example of the documentation is what it says it is, and goes into a shop', async () => {
  const example = readFileSync(path.join(root, 'docs/examples/second-thoughts.yaml'), 'utf8');
  const said = readFileSync(path.join(root, 'docs/sequences-as-text.md'), 'utf8');
  const [, shown] = /```yaml\n(everafter: 1\n[\s\S]*?) {2}# …\n```/.exec(said) ?? [];
  expect(example.startsWith(shown!)).toBe(true);
  writeFileSync(fileOf('second-thoughts.yaml'), example);
  expect(await npmRun(['push', 'second-thoughts.yaml', '--publish', 'move'])).toMatchObject({
    code: 0,
    out: 'second-thoughts.yaml: a new sequence, switched off, version 1 is live. Mails: a-word (en).\n',
  });
  expect(await liveOf('second-thoughts')).toMatchObject({
    name: 'A word a week later',
    on: false,
    liveVersion: 1,
  });
  // It is in the form that the app itself gives it.
  await command(['pull', 'second-thoughts']);
  const pulled = readFileSync(fileOf('sequences/second-thoughts.yaml'), 'utf8');
  expect(pulled.replace(/^pulled:.*\n/m, '')).toBe(example);
}, 60_000);

test('what cannot be done is said, and ends with 2', async () => {
  for (const args of [
    [],
    ['dance'],
    ['check', 'nowhere'],
    ['push', '--publish', 'jump'],
    ['check', '--nope'],
    ['pull', 'nobody'],
  ])
    expect(await command(args)).toMatchObject({
      code: 2,
      out: '',
      error: expect.stringMatching(/\w/) as string,
    });
  writeFileSync(fileOf('one.yaml'), 'everafter: 1\n');
  const nobody = await main(
    ['check', 'one.yaml', '--json', '--url', 'http://127.0.0.1:1', '--token', 'x'],
    {},
    folder,
    {
      log: (line: string) =>
        expect(JSON.parse(line)).toMatchObject({
          error: expect.stringContaining('does not answer') as string,
        }),
      error: () => undefined,
    },
  );
  expect(nobody).toBe(2);
  expect(await command(['diff', 'one.yaml'], 'everafter_1_wrong')).toMatchObject({
    code: 2,
    error: expect.stringContaining('401') as string,
  });
});

test('a file is tried on the past without being saved', async () => {
  await command(['pull', 'thank-you']);
  change('sequences/thank-you.yaml', 'after: 1 hour', 'after: 5 hours');
  const running = command(['simulate', 'sequences/thank-you.yaml', '--json'], reading);
  const asked = async () => (await t.db.sqlAcrossShops<{ id: string }>('select id from simulation'))[0]?.id;
  await expect.poll(asked, { timeout: 10_000 }).toBeTruthy();
  const payload = { shopId: String(shop.id), simulationId: (await asked())! };
  await sequences.simulate({ db: t.db, hashKey: new Uint8Array(32), texts: false }, payload, now());
  const tried = await running;
  expect(tried).toMatchObject({ code: 0 });
  expect(JSON.parse(tried.out)).toMatchObject({
    files: [{ state: 'done', report: { draft: { enrolled: 0 }, live: { enrolled: 0 } } }],
  });
  expect(await liveOf('thank-you')).toMatchObject({ draft: null });
}, 60_000);

test('staff save a sequence as a file and take it in again, as it is or as a new one', async () => {
  const staff = shopify.sandbox.tokens.admin(shopify.sandbox.shop());
  const call = (fields: Record<string, string> | null, params = {}) => {
    const init = fields ? { method: 'POST', body: new URLSearchParams(fields) } : undefined;
    return { request: shopify.request('/x', staff, init), params, context: {} } as never;
  };
  const { loader } = await import('../../../app/routes/app.sequences.$id.text.tsx');
  const { action } = await import('../../../app/routes/app.sequences.file.tsx');
  const { id: into } = (await liveOf('getting-started'))!;
  const text = await (await loader(call(null, { id: into }))).text();
  const wrong = text.replace('after: 1 day', 'after: 1 dey');
  expect(await action(call({ text: wrong, into }))).toEqual({
    problems: [
      {
        line: wrong.split('\n').findIndex((line) => line.includes('dey')) + 1,
        excerpt: 'after: 1 dey',
        said: '“1 dey” is no time. Write it as “3 days”, “1 week 12 hours” or “at once”.',
      },
    ],
  });
  expect(await liveOf('getting-started')).toMatchObject({ draft: null });

  const changed = text
    .replace('after: 1 day', 'after: 2 days')
    .replace('heading: Off to a good start', 'heading: Off we go');
  const subjectOf = async () => JSON.stringify(await inShop((tx) => templatesOf(tx, 'getting-started')));
  expect(await action(call({ text: changed, into }))).toEqual({
    toast: 'Taken in as a draft. One mail stays as it is: customers get it already',
  });
  expect(await liveOf('getting-started')).toMatchObject({
    liveVersion: 1,
    draft: { steps: [{ until: { after: { days: 2 } } }, {}] },
  });
  expect(await subjectOf()).not.toContain('Off we go');
  expect(await action(call({ text: changed, into, mails: 'all' }))).toEqual({
    toast: 'Taken in as a draft. One mail is sent with the new text from now on',
  });
  expect(await subjectOf()).toContain('Off we go');

  const made = (await action(call({ text: changed, into: '' }))) as Response;
  expect(made.status).toBe(302);
  expect(await liveOf('getting-started-2')).toMatchObject({ on: false, liveVersion: null });
  await expect(
    action(call({ text: changed, into: '00000000-0000-7000-8000-000000000000' })),
  ).rejects.toMatchObject({ status: 404 });
});

test('a token does what it was made for, and nothing once it is revoked or its shop has gone', async () => {
  const ask = (token: string, method = 'GET', what = '') =>
    answerTo(
      new Request(`${url}/api/sequences${what}`, { method, headers: { authorization: `Bearer ${token}` } }),
    );
  expect((await ask(reading)).status).toBe(200);
  expect((await ask(reading, 'PUT', '/push')).status).toBe(403);
  expect((await ask(writing, 'PUT', '/push')).status).toBe(422);
  expect((await ask(writing, 'DELETE', '/push')).status).toBe(405);
  for (const wrong of [
    '',
    'everafter_1_x',
    writing.slice(0, -1) + (writing.endsWith('A') ? 'B' : 'A'),
    writing.replace(`_${shop.id}_`, '_999999_'),
  ]) {
    expect((await ask(wrong)).status).toBe(401);
  }
  const temporary = await tokenFor('read');
  const [row] = await t.db.sqlAcrossShops<{ row: string }>(
    `select string_agg(t::text, ' ') as row from api_token t`,
  );
  expect(row!.row).not.toContain(temporary.split('_').slice(2).join('_'));
  expect((await ask(temporary)).status).toBe(200);
  const tokens = await inShop((tx) => apiTokens(tx));
  expect(tokens.at(-1)).toMatchObject({ name: 'read', scope: 'read', lastUsedAt: expect.any(Date) as Date });
  const actors = await t.db.sqlAcrossShops<{ actor: string }>(
    `select distinct actor from access_log where action = 'sequences.listed'`,
  );
  expect(actors.map(({ actor }) => actor)).toContain(`token:${tokens.at(-1)!.id}`);
  expect(await inShop((tx) => revokeApiToken(tx, tokens.at(-1)!.id))).toBe('read');
  expect((await ask(temporary)).status).toBe(401);
  await t.db.acrossShops((tx) => uninstallShop(tx, shop.id, [], now()));
  expect((await ask(reading)).status).toBe(401);
  expect(await inShop((tx) => apiTokens(tx))).toEqual([]);
});
