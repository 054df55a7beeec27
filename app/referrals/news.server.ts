/** Which mails tell advocates what becomes of their friends' orders, in the words of their page. */
import { customersByIds } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import type { MessageDraft } from '../messages/message.ts';
import { installTemplates } from '../messages/messages.server.ts';
import { MAIL_LOCALES } from '../shops/settings.ts';
import { closestTag } from '../shops/translations.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import { NEWS_TEMPLATE, NEWS_TEMPLATES } from './news-mails.ts';
import { HELD_AFTER_MS, isTold, newsKey, STALE_AFTER_MS, type News } from './news.ts';
import { CAUSE_OF_R } from './program.ts';
import { programsOf } from './programs.server.ts';
import { asLeft, type Promised } from './promise.ts';
import { reasonText, roadText } from './reasons.ts';
import type { ReferralState } from './referral.ts';

/** What has happened to a friend's order. */
export interface Heard {
  shopId: bigint;
  referralId: string;
  news: News;
}

/** What floors beside this one know of a reward. */
export interface RewardWords {
  /** "€10 off", in the first of the wishes that is spoken. */
  say(given: Promised, ...wishes: (string | null)[]): string;
  /** It brings a mail of its own when it is given. */
  comesAlone(given: Promised): boolean;
}

interface Row {
  shop_id: bigint;
  id: string;
  program_id: string;
  advocate_id: string;
  state: ReferralState;
  reasons: string[];
  promised: Promised | null;
  round: number;
  created_at: Date;
  taken: boolean;
  /** Of the ledger, without what of it is owed back while it counts; null: nothing was entered for it. */
  amount: bigint | null;
  /** What a number of friends had earned that is not reached any more. */
  extras: Promised[];
}

const ROWS = `
  select r.shop_id, r.id, r.program_id, r.advocate_id, r.state, r.reasons, r.promised, r.round, r.created_at,
    exists (select from reward w where w.shop_id = r.shop_id and w.cause = ${CAUSE_OF_R} and (w.state = 'clawed-back' or w.owed_back > 0)) as taken,
    (select w.amount - case when r.state = 'qualified' then w.owed_back else 0 end from reward w where w.shop_id = r.shop_id and w.cause = ${CAUSE_OF_R}) as amount,
    array(select jsonb_build_object('kind', w.kind, 'value', w.value) from reward w where w.shop_id = r.shop_id and w.customer_id = r.advocate_id
      and w.cause like 'referral:%:tier:%' and w.state = 'clawed-back' and w.reason ->> 'code' = 'fewer-friends' and w.voided_at = $3
      order by w.cause) as extras
  from referral r join unnest($1::bigint[], $2::uuid[]) as t(shop_id, id) on r.shop_id = t.shop_id and r.id = t.id`;

/** In which states each is still news; what has gone on since is told by the news of that. */
const STILL: Record<News, readonly ReferralState[]> = {
  ordered: ['pending'],
  counts: ['qualified'],
  // Until it counts nobody was told of a sum.
  less: ['qualified'],
  held: ['held'],
  lost: ['refused', 'void'],
};

/** Whoever asked to be forgotten is spoken of to nobody. */
const isErasure = ({ reasons }: Row) => reasons.includes('erased');

/**
 * Mails for what has just happened, by the switches of each programme; nothing about what has gone on since, to nobody who
 * was erased.
 */
export async function newsMails(
  tx: SqlTx,
  heard: readonly Heard[],
  words: RewardWords,
  now: Date,
): Promise<MessageDraft[]> {
  if (heard.length === 0) return [];
  const found = await tx.sql<Row>(ROWS, [
    heard.map(({ shopId }) => shopId),
    heard.map(({ referralId }) => referralId),
    now,
  ]);
  const rows = new Map(found.map((row) => [row.id, row]));
  const shopIds = [...new Set(found.map((row) => row.shop_id))];
  const programs = [...(await programsOf(tx, shopIds)).values()].flat();
  const people = await customersByIds(
    tx,
    found.map((row) => ({ shopId: row.shop_id, id: row.advocate_id })),
  );
  const shops = await shopsByIds(tx, shopIds);
  const drafts = heard.flatMap(({ referralId, news }): MessageDraft[] => {
    const row = rows.get(referralId);
    const settings = programs.find(({ id }) => id === row?.program_id)?.terms.news;
    const [person, shop] = row ? [people.get(row.advocate_id), shops.get(row.shop_id)] : [];
    if (!row || !settings || !person || person.erasedAt || shop?.status !== 'installed') return [];
    if (!STILL[news].includes(row.state) || isErasure(row)) return [];
    const { promised } = row;
    if (!isTold(news, settings, promised !== null && words.comesAlone(promised))) return [];
    // Only a share becomes less with its order.
    if (news === 'less' && promised?.kind !== 'commission') return [];
    const wishes = [person.preferences.locale ?? person.locale, shop.locale];
    return [draftOf(row, news, { epoch: shop.epoch, wishes, words }, now)];
  });
  await installTexts(tx, drafts, now);
  return drafts;
}

interface Around {
  epoch: number;
  wishes: (string | null)[];
  words: RewardWords;
}

function draftOf(row: Row, news: News, { epoch, wishes, words }: Around, now: Date): MessageDraft {
  const language = closestTag(MAIL_LOCALES, ...wishes) ?? 'en';
  const gift = row.promised && words.say(asLeft(row.promised, row.amount), language);
  const reasons = news === 'less' ? ['reduced'] : row.reasons;
  const why = reasons.map((reason) => reasonText(reason, language)).join(' ');
  const extra = news === 'lost' ? row.extras.map((given) => words.say(given, language)).join(', ') : '';
  const next = roadText(
    news === 'ordered' ? 'pending' : news === 'counts' ? 'qualified' : row.state,
    language,
  );
  const dueAt = news === 'held' ? new Date(now.getTime() + HELD_AFTER_MS) : now;
  const data = { why, next, orderedAt: row.created_at.toISOString(), taken: row.taken };
  return {
    shopId: row.shop_id,
    customerId: row.advocate_id,
    key: newsKey(news, row.id, row.round),
    channel: 'email',
    class: 'ask',
    templateKey: NEWS_TEMPLATE[news],
    data: { news: { ...data, ...(gift && { gift }), ...(extra && { extra }) } },
    dueAt,
    uselessAfter: new Date(now.getTime() + STALE_AFTER_MS),
    epoch,
  };
}

const WITHOUT_TEXTS = `
  select distinct t.shop_id as "shopId" from unnest($1::bigint[]) as t(shop_id)
  where not exists (select from template where shop_id = t.shop_id and key = $2)`;

/** Shops of before these texts get them with the first mail that needs one. */
async function installTexts(tx: SqlTx, drafts: readonly MessageDraft[], now: Date): Promise<void> {
  if (drafts.length === 0) return;
  const values = [drafts.map(({ shopId }) => shopId), NEWS_TEMPLATE.less];
  const wanting = await tx.sql<{ shopId: bigint }>(WITHOUT_TEXTS, values);
  for (const { shopId } of wanting) await installTemplates({ ...tx, shopId }, NEWS_TEMPLATES, now);
}

const ROUNDS = `
  select r.id, r.round from referral r join unnest($1::bigint[], $2::uuid[]) as t(shop_id, id) on r.shop_id = t.shop_id and r.id = t.id`;

/** What was true of an order before each of these: nobody is told of it any more. */
const OVER: Record<'made' | 'qualified' | 'ended', readonly News[]> = {
  made: ['held', 'lost'],
  qualified: ['held', 'ordered'],
  ended: ['held', 'ordered', 'counts', 'less'],
};

/** Keys of mails that say what is no longer so. @param by what has happened since */
export async function newsOver(
  tx: SqlTx,
  refs: readonly { shopId: bigint; referralId: string }[],
  by: keyof typeof OVER,
): Promise<{ shopId: bigint; key: string }[]> {
  const values = [refs.map(({ shopId }) => shopId), refs.map(({ referralId }) => referralId)];
  const rounds = new Map(
    (await tx.sql<{ id: string; round: number }>(ROUNDS, values)).map(({ id, round }) => [id, round]),
  );
  return refs.flatMap(({ shopId, referralId }) =>
    OVER[by].flatMap((news) => {
      const times = news === 'lost' ? Array.from({ length: rounds.get(referralId) ?? 0 }, (_, n) => n) : [0];
      return times.map((round) => ({ shopId, key: newsKey(news, referralId, round) }));
    }),
  );
}
