import { expect, test } from 'vitest';
import { hear, makeReplyLoop, reply } from '../../app/conversations/conversations.server.ts';
import { readBrandVoice } from '../../app/wording/brand-voice.ts';
import type { DraftAsked } from '../../app/wording/draft.ts';
import { brandVoiceOf, draftFor, hintsAround, saveBrandVoice } from '../../app/wording/wording.server.ts';
import { aShop } from '../builders.ts';
import { testDb } from '../database.ts';
import { after, aRecipient, noon } from '../messages.ts';

const t = testDb();

test('while an answer is written the shop’s words and its past answers help', async () => {
  const shop = await aShop(t.db);
  const other = await aShop(t.db);
  const say = async (source: string, text: string, of = shop) => {
    const customerId = await aRecipient(t.db, of);
    const voice = {
      shopId: of.id,
      kind: 'mail',
      source,
      customerId,
      from: null,
      text,
      at: noon,
      channel: 'mail',
      language: 'en',
    } as const;
    const [id] = await t.db.acrossShops((tx) => hear(tx, [voice], noon));
    return id!;
  };
  const answer = (conversationId: string, text: string, of = shop) =>
    t.db.acrossShops((tx) =>
      reply(tx, { shopId: of.id, conversationId, text, author: 'staff:1', solve: true }, after(1)),
    );

  const voice = readBrandVoice({
    banned: ['cheap'],
    answers: [{ question: 'Why does the pan rust?', answer: 'Oil it after each wash.' }],
    model: { url: 'https://drafts.example' },
  });
  await t.db.inShop(shop.id, (tx) => saveBrandVoice(tx, shop.id, voice, noon));
  expect(await t.db.inShop(shop.id, (tx) => brandVoiceOf(tx, shop.id))).toEqual(voice);
  expect(await t.db.inShop(other.id, (tx) => brandVoiceOf(tx, other.id))).toEqual(readBrandVoice({}));

  await answer(
    await say('mail:1', 'My carbon pan shows rust spots after washing'),
    'Dear Jo, rub the pan with oil and heat it once; the spots will go.',
  );
  await answer(await say('mail:2', 'rust spots on the pan', other), 'An answer of another shop.', other);
  await makeReplyLoop({ db: t.db, ways: {} })(after(2));
  const open = await say('mail:3', 'There are rust spots on my carbon pan, can you help?');
  const looked = await t.db.inShop(shop.id, (tx) =>
    hintsAround(tx, {
      shopId: shop.id,
      conversationId: open,
      text: 'Dear Ana, rub the pan with oil and heat it once; the spots will go. It is cheap.',
    }),
  );
  expect(looked.hints.map(({ code }) => code)).toEqual(['banned-word', 'said-before']);
  expect(looked.offered).toEqual([
    { from: 'brand', question: 'Why does the pan rust?', text: 'Oil it after each wash.' },
    {
      from: 'past',
      question: null,
      text: 'Dear Jo, rub the pan with oil and heat it once; the spots will go.',
    },
  ]);
  const foreign = await t.db.inShop(other.id, (tx) =>
    hintsAround(tx, { shopId: other.id, conversationId: open, text: 'It is cheap.' }),
  );
  expect(foreign).toEqual({ hints: [], offered: [], drafts: false });

  const asked: DraftAsked[] = [];
  const ask = async (_shopId: bigint, _url: string, what: DraftAsked) => (asked.push(what), 'A draft');
  const ref = { shopId: shop.id, conversationId: open };
  expect(await draftFor(t.db, ask, ref)).toEqual({ outcome: 'draft', text: 'A draft' });
  expect(asked[0]?.turns).toEqual([
    { by: 'customer', text: 'There are rust spots on my carbon pan, can you help?' },
  ]);
  expect(await draftFor(t.db, () => Promise.resolve(null), ref)).toEqual({ outcome: 'no-answer' });
  expect(await draftFor(t.db, ask, { ...ref, shopId: other.id })).toEqual({ outcome: 'off' });
  expect(
    await draftFor(t.db, ask, { ...ref, conversationId: '0197d2a4-0000-7000-8000-0000000000ff' }),
  ).toEqual({ outcome: 'gone' });
  expect(asked).toHaveLength(1);
});
