/** A shop's own account on a network: connected, read, answered under, let go, and in trouble. Against a server of its own. */
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sealWith } from '../../../app/adapters/shopify/sealing.ts';
import { guarded } from '../../../app/adapters/webhooks/guarded.server.ts';
import { mastodon } from '../../../app/adapters/social/mastodon.server.ts';
import {
  hear,
  installDefaults,
  listConversations,
  makeReplyLoop,
  reply,
} from '../../../app/conversations/conversations.server.ts';
import {
  connectSocial,
  disconnectSocial,
  makeSocialLoop,
  socialAccounts,
  socialWay,
  type SocialDeps,
} from '../../../app/correspondence/correspondence.server.ts';
import { filterFrom } from '../../../app/conversations/filter.ts';
import { attentionOf } from '../../../app/insights/attention.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { mastodonStandIn, type MastodonStandIn } from '../../contracts/mastodon-stand-in.ts';
import { testDb } from '../../database.ts';
import { after, noon } from '../../messages.ts';
import { conversationsOf, entriesOf } from '../../voices.ts';

const t = testDb();
let server: MastodonStandIn;
let deps: SocialDeps;
let shop: Shop;
const here = (isPublic: (address: string) => boolean) =>
  guarded(() => Promise.resolve([{ address: '127.0.0.1', family: 4 }]), isPublic);

beforeEach(async () => {
  server = await mastodonStandIn();
  const network = mastodon({ request: server.request, lookup: here(() => true), isPublic: () => true });
  deps = { db: t.db, networks: { mastodon: network }, seal: sealWith([randomBytes(32)]) };
  shop = await aShop(t.db);
  await t.db.inShop(shop.id, (tx) => installDefaults(tx, shop.id, noon));
});
afterEach(() => server.close());

const connect = (more: { host?: string; token?: string } = {}) =>
  connectSocial(
    deps,
    shop.id,
    { network: 'mastodon', host: 'social.example', token: server.token, ...more },
    noon,
  );
/** As if the minute between two looks were over. */
const look = async () => {
  await t.db.sqlAcrossShops(
    `update social_account set next_look_at = clock_timestamp() - interval '1 second' where shop_id = $1 and next_look_at is not null`,
    [shop.id],
  );
  return makeSocialLoop({ ...deps, hear })(noon);
};
const answer = async (conversationId: string, text: string) => {
  await t.db.inShop(shop.id, (tx) =>
    reply(tx, { shopId: shop.id, conversationId, text, author: 'staff:1', solve: true }, noon),
  );
  await makeReplyLoop({ db: t.db, ways: { social: socialWay(deps) } })(noon);
};
const accounts = () => t.db.inShop(shop.id, socialAccounts);

test('a mention is a conversation, its answer stands under it, and what is said to that goes on with it', async () => {
  server.mention({ content: '<p>before anybody was listening</p>' });
  expect(await connect({ host: 'https://Social.example/@linden' })).toEqual({
    outcome: 'connected',
    handle: '@linden@social.example',
  });
  const to = server.mention({ content: '<p>@linden two years and still in love</p>' });
  expect(await look()).toBe(1);
  expect(await look()).toBe(0);
  const [opened] = await conversationsOf(t.db, shop);
  expect(opened).toMatchObject({
    kind: 'mention',
    channel: 'social',
    preview: 'two years and still in love',
    person_name: 'Ana Lima',
    link: `https://social.example/@ana/${to}`,
  });
  await answer(opened!.id, 'Thank you, Ana.');
  expect(server.posted).toMatchObject([{ status: '@ana@elsewhere.example Thank you, Ana.', inReplyTo: to }]);
  const [sent] = await entriesOf(t.db, shop, 'reply');
  expect(sent).toMatchObject({
    state: 'sent',
    ref: expect.stringMatching(/^mention:mastodon:social\.example\//),
  });
  // Ana answers the answer.
  server.mention({ content: '<p>@linden a pleasure</p>', in_reply_to_id: sent!.ref!.split('/').at(-1)! });
  expect(await look()).toBe(1);
  const all = await conversationsOf(t.db, shop);
  expect(all).toHaveLength(1);
  expect(all[0]).toMatchObject({ state: 'open', preview: 'a pleasure' });
});

test('the leave is sealed, and nobody else’s row opens it', async () => {
  await connect();
  const [row] = await t.db.sqlAcrossShops<{ token: string }>(
    'select token from social_account where shop_id = $1',
    [shop.id],
  );
  expect(row!.token).not.toContain(server.token);
  const other = await aShop(t.db);
  await t.db.sqlAcrossShops('update social_account set shop_id = $2 where shop_id = $1', [shop.id, other.id]);
  server.requests.length = 0;
  await t.db.sqlAcrossShops('update social_account set next_look_at = clock_timestamp()');
  await makeSocialLoop({ ...deps, hear })(noon);
  expect(server.requests).toEqual([]);
  expect(await t.db.inShop(other.id, socialAccounts)).toMatchObject([{ trouble: 'signed-out' }]);
});

test('what cannot be connected says why, and keeps nothing', async () => {
  expect(await connect({ host: 'not a host' })).toEqual({ outcome: 'refused', reason: 'no-host' });
  expect(await connect({ token: 'with\r\nline' })).toEqual({ outcome: 'refused', reason: 'no-token' });
  expect(await connect({ token: 'some-other-token' })).toEqual({ outcome: 'refused', reason: 'signed-out' });
  server.instead = { status: 503 };
  expect(await connect()).toEqual({ outcome: 'refused', reason: 'no-answer' });
  expect(await accounts()).toEqual([]);
});

test('a leave that was taken back is told and asked no more; connected again, nothing in between is lost', async () => {
  await connect();
  server.mention({ content: '<p>@linden one</p>' });
  const token = server.token;
  server.token = 'a-new-token-0123456789';
  await look();
  expect(await accounts()).toMatchObject([{ trouble: 'signed-out', troubleAt: noon }]);
  server.requests.length = 0;
  await look();
  expect(server.requests).toEqual([]);
  expect(await connect({ token })).toMatchObject({ outcome: 'refused' });
  await connect();
  expect(await look()).toBe(1);
  expect(await accounts()).toMatchObject([{ trouble: null }]);
});

test('an answer that does not go out is one that somebody still waits for, told on Home and sent again', async () => {
  await connect();
  server.mention({ content: '<p>@linden where is it?</p>' });
  await look();
  const [asked] = await conversationsOf(t.db, shop);
  const home = async () =>
    (await t.db.inShop(shop.id, (tx) => attentionOf(tx, new Date(0), noon))).map(
      ({ kind, count, conversation }) => ({
        kind,
        count,
        ...(conversation ? { conversation } : {}),
      }),
    );
  const [waiting] = await home();
  expect(waiting).toBeUndefined();
  const token = server.token;
  server.token = 'a-new-token-0123456789';
  await answer(asked!.id, 'It is on its way.');
  await look();
  const [open] = await conversationsOf(t.db, shop);
  expect(open).toMatchObject({
    state: 'open',
    awaiting_since: asked!.awaiting_since,
    reply_due_at: asked!.reply_due_at,
  });
  expect((await entriesOf(t.db, shop, 'reply'))[0]).toMatchObject({
    state: 'refused',
    first: null,
    waited_minutes: null,
  });
  expect((await entriesOf(t.db, shop, 'happening')).at(-1)).toMatchObject({
    data: { code: 'not-sent', problem: 'signed-out' },
  });
  expect(await home()).toEqual([
    { kind: 'unsent-answers', count: 1, conversation: asked!.id },
    { kind: 'accounts-locked-out', count: 1 },
  ]);
  const ask = { ...filterFrom(new URLSearchParams()), me: null };
  const listed = () => t.db.inShop(shop.id, (tx) => listConversations(tx, ask, noon));
  expect((await listed()).rows).toMatchObject([{ id: asked!.id, isUnsent: true }]);
  server.token = token;
  await connect();
  await answer(asked!.id, 'It is on its way.');
  expect(await home()).toEqual([]);
  expect((await conversationsOf(t.db, shop))[0]).toMatchObject({ state: 'solved', awaiting_since: null });
  expect((await entriesOf(t.db, shop, 'reply'))[1]).toMatchObject({ state: 'sent', first: true });
});

test('a server that does not answer is told on Home after some tries, with the answers that wait for it', async () => {
  await connect();
  server.mention({ content: '<p>@linden where is it?</p>' });
  await look();
  const [asked] = await conversationsOf(t.db, shop);
  const kinds = async () =>
    (await t.db.inShop(shop.id, (tx) => attentionOf(tx, new Date(0), noon))).map(({ kind }) => kind);
  server.instead = { status: 503, headers: {} };
  await answer(asked!.id, 'It is on its way.');
  await look();
  expect(await kinds()).toEqual([]);
  for (const minutes of [10, 30]) {
    await look();
    await makeReplyLoop({ db: t.db, ways: { social: socialWay(deps) } })(after(minutes));
  }
  expect(await kinds()).toEqual(['waiting-answers', 'accounts-away']);
  server.instead = null;
  await look();
  await makeReplyLoop({ db: t.db, ways: { social: socialWay(deps) } })(after(120));
  expect(await kinds()).toEqual([]);
});

test('a server that is busy is asked again when it says so, and heard then', async () => {
  await connect();
  server.mention({ content: '<p>@linden one</p>' });
  server.instead = {
    status: 429,
    headers: { 'x-ratelimit-reset': new Date(Date.now() + 200_000).toISOString() },
  };
  expect(await look()).toBe(0);
  const [row] = await t.db.sqlAcrossShops<{ wait: number; trouble: string }>(
    `select extract(epoch from next_look_at - clock_timestamp())::int as wait, trouble from social_account where shop_id = $1`,
    [shop.id],
  );
  expect(row!.wait).toBeGreaterThan(150);
  expect(row!.trouble).toBe('no-answer');
  server.instead = null;
  expect(await look()).toBe(1);
});

test('answers to a post that is gone, and after the account was let go, wait for a person', async () => {
  await connect();
  const to = server.mention({ content: '<p>@linden one</p>' });
  server.mention({ content: '<p>@linden two</p>', account: { acct: 'bea', display_name: 'Bea' } });
  await look();
  const all = await conversationsOf(t.db, shop);
  const gone = all.find(({ preview }) => preview === 'one')!;
  const other = all.find(({ preview }) => preview === 'two')!;
  server.delete(to);
  await answer(gone.id, 'Thank you.');
  const replies = async (id: string) =>
    (await entriesOf(t.db, shop, 'reply')).filter(({ conversation_id }) => conversation_id === id);
  expect(await replies(gone.id)).toMatchObject([{ state: 'refused', data: { problem: 'gone' } }]);
  expect(await t.db.inShop(shop.id, (tx) => disconnectSocial(tx, 'mastodon'))).toBe('@linden@social.example');
  await answer(other.id, 'Thank you.');
  expect(await replies(other.id)).toMatchObject([{ state: 'by-hand' }]);
  expect(server.posted).toEqual([]);
});
