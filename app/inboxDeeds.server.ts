/** What the inbox is told to do, from the fields of its forms. */
import * as conversations from './conversations/conversations.server.ts';
import { filterFrom } from './conversations/filter.ts';
import { isUuid } from './cursor.ts';
import type { ShopTx } from './db.server.ts';
import type { Fields } from './fields.server.ts';
import { shopById } from './shops/shops.server.ts';
import type { ReplyOutcome } from './ui/inbox/ReplyBox.tsx';
import { replyProblemInWords } from './ui/inbox/inboxWords.ts';
import { fromLocal } from './zones.ts';

interface Deed {
  tx: ShopTx;
  fields: Fields;
  /** staff:ID */
  by: string;
  now: Date;
}

/** Conversations at once; more than anybody chooses by hand. */
const MOST = 200;
const idsOf = (fields: Fields) =>
  fields
    .texts('ids')
    .flatMap((ids) => ids.split(' '))
    .filter(isUuid)
    .slice(0, MOST);

const MOST_ASLEEP_MS = 90 * 86_400_000;
const LOCAL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;

/** A day and a time on the shop's clock, as a field of the browser gives it; null for what is none. */
async function chosenMoment(tx: ShopTx, typed: string): Promise<Date | null> {
  const local = LOCAL_TIME.test(typed) ? Date.parse(`${typed}:00Z`) : Number.NaN;
  const shop = Number.isNaN(local) ? null : await shopById(tx, tx.shopId);
  return shop && fromLocal(local, shop.timeZone);
}

const many = (count: number, done: string) => ({
  toast: count === 0 ? 'Nothing was left to do' : count === 1 ? done : `${done}: ${count} conversations`,
});

const DEEDS: Record<string, (deed: Deed) => Promise<ReplyOutcome>> = {
  reply,
  again,
  async note({ tx, fields, by, now }) {
    const kept = await conversations.writeNote(tx, idOf(fields), { text: fields.text('text'), by }, now);
    return kept
      ? { toast: 'Noted', saved: true }
      : { refused: 'A note needs words, and at most 10,000 characters' };
  },
  async writing({ tx, fields, by, now }) {
    await conversations.sayWriting(tx, idOf(fields), by, now);
    return {};
  },
  async assign({ tx, fields, by, now }) {
    const to = fields.text('to').trim().toLowerCase() || null;
    return many(
      await conversations.assign(tx, idsOf(fields), { to, by }, now),
      to ? 'Given' : 'Nobody’s now',
    );
  },
  async tag({ tx, fields, by, now }) {
    const wanted = { shopId: tx.shopId, ids: idsOf(fields), tags: [fields.text('tag')], by };
    return many(await conversations.tagByHand(tx, wanted, now), 'Kept');
  },
  async untag({ tx, fields }) {
    return many(await conversations.takeTag(tx, tx.shopId, idsOf(fields), fields.text('tag')), 'Taken off');
  },
  async solve({ tx, fields, by, now }) {
    return many((await conversations.solve(tx, tx.shopId, idsOf(fields), by, now)).length, 'Solved');
  },
  async reopen({ tx, fields, by, now }) {
    return many(await conversations.reopen(tx, idsOf(fields), by, now), 'Taken up again');
  },
  async snooze({ tx, fields, by, now }) {
    const until = fields.text('until')
      ? await chosenMoment(tx, fields.text('until'))
      : new Date(now.getTime() + Number(fields.text('hours')) * 3_600_000);
    const isFuture = until !== null && until > now && until.getTime() <= now.getTime() + MOST_ASLEEP_MS;
    if (!isFuture) return { toast: 'Say until when: later than now, within 90 days' };
    return many(await conversations.snooze(tx, idsOf(fields), { until, by }, now), 'Asleep');
  },
  async merge({ tx, fields, by, now }) {
    const [into, ...from] = idsOf(fields);
    const done = into && (await conversations.mergeConversations(tx, { into, from, by }, now));
    return { toast: done ? 'Joined' : 'These are not of one customer: they stay apart' };
  },
  async split({ tx, fields, by, now }) {
    const entries = fields.text('entries').split(' ').filter(isUuid);
    const made = await conversations.splitConversation(tx, { id: idsOf(fields)[0] ?? '', entries, by }, now);
    return {
      toast: made
        ? 'Parted: it has a conversation of its own now'
        : 'Choose something they said, and leave something here',
    };
  },
  async 'save-view'({ tx, fields, now }) {
    const filter = filterFrom(new URLSearchParams(fields.text('filter')));
    const kept = await conversations.saveView(tx, fields.text('name'), filter, now);
    return { toast: kept ? 'Kept' : 'Give it a name of at most 60 letters' };
  },
  async 'delete-view'({ tx, fields }) {
    if (isUuid(fields.text('id'))) await conversations.deleteView(tx, fields.text('id'));
    return { toast: 'Forgotten' };
  },
  async 'end-alarm'({ tx, fields, by, now }) {
    const id = fields.text('id');
    const ended = isUuid(id) && (await conversations.endAlarm(tx, tx.shopId, { id, by }, now));
    return { toast: ended ? 'Asks about it go on' : 'It was ended already' };
  },
};

/** @throws Response 404 where the field is no id */
function idOf(fields: Fields): string {
  const id = fields.text('id');
  if (!isUuid(id)) throw new Response('There is no such conversation', { status: 404 });
  return id;
}

async function reply({ tx, fields, by, now }: Deed): Promise<ReplyOutcome> {
  const seen = fields.text('seen');
  const seenReplyAt = seen ? new Date(seen) : null;
  const outcome = await conversations.reply(
    tx,
    {
      shopId: tx.shopId,
      conversationId: idOf(fields),
      text: fields.text('text'),
      author: by,
      solve: fields.text('solve') === '1',
      ...(fields.text('anyway') === '1' ? {} : { seenReplyAt }),
    },
    now,
  );
  if (outcome.outcome === 'given') return { toast: 'Answered', saved: true };
  if (outcome.outcome === 'gone') return { refused: 'This conversation is not there any more' };
  return {
    refused: replyProblemInWords(outcome.problem),
    again: outcome.problem === 'answered-meanwhile',
  };
}

/** The words of an answer that did not go out, once more. Pressed twice, it is one. */
async function again({ tx, fields, by, now }: Deed): Promise<ReplyOutcome> {
  const entryId = fields.text('entry');
  if (!isUuid(entryId)) throw new Response('There is no such answer', { status: 404 });
  const which = { shopId: tx.shopId, conversationId: idOf(fields), entryId, author: by };
  const outcome = await conversations.sendAgain(tx, which, now);
  switch (outcome.outcome) {
    case 'given':
      return { toast: 'On its way again' };
    case 'refused':
      return { refused: replyProblemInWords(outcome.problem) };
    case 'gone':
    case 'done':
      return { toast: 'It has been answered already' };
  }
}

/** Null: there is no such intent. */
export async function doInInbox(
  tx: ShopTx,
  fields: Fields,
  by: string,
  now: Date,
): Promise<ReplyOutcome | null> {
  const intent = fields.text('intent');
  const deed = Object.hasOwn(DEEDS, intent) ? DEEDS[intent] : undefined;
  return deed ? deed({ tx, fields, by, now }) : null;
}
