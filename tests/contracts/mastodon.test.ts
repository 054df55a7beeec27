/** Mastodon as its documentation has it: who one is, mentions by page, answers once and as openly as the post, limits, ends. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { guarded } from '../../app/adapters/webhooks/guarded.server.ts';
import { mastodon } from '../../app/adapters/social/mastodon.server.ts';
import { isPublicAddress } from '../../app/sequences/public-address.ts';
import type { SocialNetwork } from '../../app/correspondence/social.ts';
import { mastodonStandIn, type MastodonStandIn } from './mastodon-stand-in.ts';

let server: MastodonStandIn;
let network: SocialNetwork;
const access = () => ({ host: 'social.example', token: server.token });
const here = (isPublic: (address: string) => boolean) =>
  guarded(() => Promise.resolve([{ address: '127.0.0.1', family: 4 }]), isPublic);

beforeEach(async () => {
  server = await mastodonStandIn();
  network = mastodon({
    request: server.request,
    lookup: here(() => true),
    isPublic: () => true,
    timeoutMs: 2000,
  });
});
afterEach(() => server.close());

test('tells whose account it is', async () => {
  expect(await network.whoIs(access())).toEqual({
    outcome: 'told',
    handle: '@linden@social.example',
    url: 'https://social.example/@linden',
  });
});

test('the past stays where it is; what comes after is read once, oldest first, page after page', async () => {
  expect(await network.mentions(access(), null)).toMatchObject({ posts: [], place: '0', isAll: true });
  server.mention({ content: '<p>long ago</p>' });
  const begun = await network.mentions(access(), null);
  expect(begun).toMatchObject({ outcome: 'told', posts: [], isAll: true });
  let place = (begun as { place: string }).place;
  for (let n = 0; n < 85; n++) server.mention({ content: `<p>@linden number ${n}</p>` });
  server.favourite();
  const read: string[] = [];
  for (let page = 0; page < 3; page++) {
    const told = await network.mentions(access(), place);
    if (told.outcome !== 'told') throw new Error(told.outcome);
    read.push(...told.posts.map(({ text }) => text));
    expect(told.isAll).toBe(page > 0);
    place = told.place!;
  }
  expect(read).toEqual(Array.from({ length: 85 }, (_, n) => `number ${n}`));
});

test('markup becomes words: mentions, cut links, paragraphs, warnings; scripts are words or nothing', async () => {
  server.mention({
    spoiler_text: 'Kitchen talk',
    language: 'de',
    in_reply_to_id: '77',
    content:
      '<p><span class="h-card"><a href="https://social.example/@linden" class="u-url mention">@<span>linden</span></a></span> ' +
      'two years &amp; still in love &lt;3<br />Look: <a href="https://www.example.com/a/very/long/path"><span class="invisible">' +
      'https://www.</span><span class="ellipsis">example.com/a/very</span><span class="invisible">/long/path</span></a></p>' +
      '<p>Thanks<script>alert(1)</script><img src=x onerror=alert(1)></p>',
  });
  const told = await network.mentions(access(), '0');
  expect(told).toMatchObject({
    posts: [
      {
        author: { name: 'Ana Lima', handle: '@ana@elsewhere.example' },
        text: 'Kitchen talk\n\ntwo years & still in love <3\nLook: https://www.example.com/a/very/long/path\n\nThanks',
        language: 'de',
        inReplyTo: '77',
        url: expect.stringMatching(/^https:\/\/social\.example\/@ana\//),
      },
    ],
  });
});

test('an answer stands under its post, names its writer, and is as open as the post was', async () => {
  for (const [asked, answered] of [
    ['public', 'public'],
    ['unlisted', 'unlisted'],
    ['private', 'direct'],
    ['direct', 'direct'],
  ]) {
    const to = server.mention({ content: '<p>hello</p>', visibility: asked! });
    const told = await network.answer(access(), {
      id: `entry-${asked}`,
      to,
      text: 'Thank you.',
      language: 'pt-BR',
    });
    expect(told).toMatchObject({
      outcome: 'told',
      url: expect.stringContaining('https://social.example/@linden/'),
    });
    expect(server.posted.at(-1)).toEqual({
      status: '@ana@elsewhere.example Thank you.',
      inReplyTo: to,
      visibility: answered,
      language: 'pt',
    });
  }
});

test('told twice, it is posted once', async () => {
  const to = server.mention({ content: '<p>hello</p>' });
  const answer = { id: 'entry-1', to, text: 'Thank you.', language: null };
  const [first, second] = [await network.answer(access(), answer), await network.answer(access(), answer)];
  expect(second).toEqual(first);
  expect(server.posted).toHaveLength(1);
});

test('what is longer than the server takes is not sent; links and hosts of handles count as Mastodon counts them', async () => {
  const to = server.mention({ content: '<p>hello</p>' });
  const say = (text: string) => network.answer(access(), { id: 'entry-1', to, text, language: null });
  server.mostCharacters = 60;
  expect(await say('x'.repeat(56))).toEqual({ outcome: 'refused', reason: 'too-long' });
  expect(server.posted).toEqual([]);
  expect(await say(`${'x'.repeat(31)} https://example.com/${'y'.repeat(60)}`)).toMatchObject({
    outcome: 'told',
  });
});

test('a post that was deleted is not answered, and is no longer among the mentions', async () => {
  const to = server.mention({ content: '<p>hello</p>' });
  server.delete(to);
  expect(await network.mentions(access(), '0')).toMatchObject({ posts: [] });
  expect(await network.answer(access(), { id: 'e', to, text: 'Hi', language: null })).toEqual({
    outcome: 'refused',
    reason: 'gone',
  });
});

test('a leave that is over or too narrow says so; a busy or dead server is asked later', async () => {
  expect(await network.whoIs({ ...access(), token: 'other-token' })).toEqual({
    outcome: 'refused',
    reason: 'signed-out',
  });
  server.scopes.write = false;
  const to = server.mention({ content: '<p>hello</p>' });
  expect(await network.answer(access(), { id: 'e', to, text: 'Hi', language: null })).toEqual({
    outcome: 'refused',
    reason: 'may-not',
  });
  const reset = new Date(Date.now() + 90_000).toISOString();
  server.instead = { status: 429, headers: { 'x-ratelimit-reset': reset } };
  const limited = await network.mentions(access(), '0');
  expect(limited).toMatchObject({ outcome: 'later' });
  expect((limited as { seconds: number }).seconds).toBeGreaterThan(60);
  server.instead = { status: 503 };
  expect(await network.mentions(access(), '0')).toEqual({ outcome: 'later', seconds: null });
  await server.close();
  expect(await network.mentions(access(), '0')).toEqual({ outcome: 'later', seconds: null });
  server.close = () => Promise.resolve();
});

test('an answer of which nobody has said whether it was taken may have been', async () => {
  const to = server.mention({ content: '<p>hello</p>' });
  server.silentOnPost = true;
  expect(await network.answer(access(), { id: 'e', to, text: 'Hi', language: null })).toEqual({
    outcome: 'later',
    seconds: null,
    perhaps: true,
  });
  expect(server.posted).toHaveLength(1);
  server.silentOnPost = false;
  expect(await network.answer(access(), { id: 'e', to, text: 'Hi', language: null })).toMatchObject({
    outcome: 'told',
  });
  expect(server.posted).toHaveLength(1);
});

test('what answers otherwise is no Mastodon, and redirects are not followed', async () => {
  for (const instead of [
    { status: 200, body: '<html>hello</html>' },
    { status: 200, body: '{"acct":7}' },
    { status: 302, headers: { location: 'https://elsewhere.example' } },
  ]) {
    server.instead = instead;
    expect(await network.whoIs(access())).toEqual({ outcome: 'refused', reason: 'not-taken' });
  }
  expect(server.requests).toHaveLength(3);
  server.instead = { status: 200, body: JSON.stringify({ acct: 'x'.repeat(3 * 1024 * 1024) }) };
  expect(await network.whoIs(access())).toEqual({ outcome: 'later', seconds: null });
});

test('no address inside anybody’s network is asked, whatever the name says', async () => {
  const guarded = mastodon({ request: server.request, lookup: here(isPublicAddress) });
  expect(await guarded.whoIs(access())).toEqual({ outcome: 'refused', reason: 'not-public' });
  for (const host of ['127.0.0.1', 'localhost', '10.0.0.7', '[::1]', '169.254.169.254', 'server.internal'])
    expect(await guarded.whoIs({ ...access(), host })).toEqual({ outcome: 'refused', reason: 'not-public' });
  expect(server.requests).toEqual([]);
});
