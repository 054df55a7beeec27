/**
 * The shop's own accounts on networks: connected, asked for mentions, answered under. The leave to use one is sealed, and
 * opened for the moment that a network is asked.
 */
import type { Db, ShopTx, SqlTx } from '../db.server.ts';
import type { AnswerSent, Way } from './answers.ts';
import { voiceOfMention } from './mentions.ts';
import {
  hostOf,
  pauseAfter,
  postName,
  readPostName,
  type NetworkName,
  type SocialAccess,
  type SocialNetwork,
  type SocialPost,
  type SocialRefusal,
  type Told,
} from './social.ts';
import type { Heard } from './voices.ts';

export interface SocialDeps {
  db: Db;
  networks: Readonly<Record<NetworkName, SocialNetwork>>;
  /** Opens for the purpose that it was sealed for, and for no other. */
  seal: {
    seal(secret: string, purpose: string): string;
    open(sealed: string, purpose: string): string | null;
  };
}

const purposeOf = (shopId: bigint, network: string, host: string) => `social:${shopId}:${network}:${host}`;

export type Connected =
  | { outcome: 'connected'; handle: string }
  /** Nothing was kept. `no-host`: what was typed names none. */
  | { outcome: 'refused'; reason: SocialRefusal | 'no-host' | 'no-token' | 'no-answer' };

/** From the same account on it is read on from where it was; from another one, from now. */
const CONNECT = `
  insert into social_account (shop_id, network, host, handle, url, token, place, next_look_at, connected_at)
  values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp(), $8)
  on conflict (shop_id, network) do update set host = excluded.host, handle = excluded.handle, url = excluded.url,
    token = excluded.token, next_look_at = excluded.next_look_at, connected_at = excluded.connected_at,
    failures = 0, trouble = null, trouble_at = null,
    place = case when (social_account.host, social_account.handle) = (excluded.host, excluded.handle)
      then social_account.place else excluded.place end`;

/** Tries the leave out before it is kept. */
export async function connectSocial(
  { db, networks, seal }: SocialDeps,
  shopId: bigint,
  typed: { network: NetworkName; host: string; token: string },
  now: Date,
): Promise<Connected> {
  const { network, token } = typed;
  const host = hostOf(typed.host);
  if (!host) return { outcome: 'refused', reason: 'no-host' };
  if (!/^[\x21-\x7e]{8,500}$/.test(token)) return { outcome: 'refused', reason: 'no-token' };
  const access = { host, token };
  const who = await networks[network].whoIs(access);
  const from = who.outcome === 'told' ? await networks[network].mentions(access, null) : who;
  if (who.outcome !== 'told' || from.outcome !== 'told') {
    const failed = who.outcome === 'told' ? from : who;
    return { outcome: 'refused', reason: failed.outcome === 'refused' ? failed.reason : 'no-answer' };
  }
  const sealed = seal.seal(token, purposeOf(shopId, network, host));
  await db.inShop(shopId, (tx) =>
    tx.sql(CONNECT, [shopId, network, host, who.handle, who.url, sealed, from.place, now]),
  );
  return { outcome: 'connected', handle: who.handle };
}

const DISCONNECT = 'delete from social_account where shop_id = $1 and network = $2 returning handle';

/** What was said stays in the inbox; answers to it go by hand. @returns whose it was; null: none was connected */
export async function disconnectSocial(tx: ShopTx, network: NetworkName): Promise<string | null> {
  const [row] = await tx.sql<{ handle: string }>(DISCONNECT, [tx.shopId, network]);
  return row?.handle ?? null;
}

export interface SocialAccountView {
  network: NetworkName;
  host: string;
  handle: string;
  url: string;
  connectedAt: Date;
  /** Why it was not read when it was asked last; null: it was. */
  trouble: SocialRefusal | 'no-answer' | null;
  troubleAt: Date | null;
}

const ACCOUNTS = `
  select network, host, handle, url, connected_at as "connectedAt", trouble, trouble_at as "troubleAt"
  from social_account where shop_id = $1 order by network`;

export async function socialAccounts(tx: ShopTx): Promise<SocialAccountView[]> {
  return tx.sql<SocialAccountView>(ACCOUNTS, [tx.shopId]);
}

/** Times in a row after which a person should know. */
const TOLD_AFTER = 3;
const TROUBLED = `
  select count(*) filter (where trouble <> 'no-answer')::int as "lockedOut",
    count(*) filter (where trouble = 'no-answer' and failures >= $2::int)::int as away
  from social_account where shop_id = $1 and trouble is not null`;

/** Accounts that are not read. lockedOut: until somebody connects them again. away: their network does not answer. */
export async function socialTroubles(tx: ShopTx): Promise<{ lockedOut: number; away: number }> {
  const [row] = await tx.sql<{ lockedOut: number; away: number }>(TROUBLED, [tx.shopId, TOLD_AFTER]);
  return row!;
}

interface AccountRow {
  shopId: bigint;
  network: NetworkName;
  host: string;
  token: string;
  place: string | null;
  failures: number;
}

const BATCH = 10;
/** In the database's own time, as networks have their own. Whoever dies over one leaves it free after some minutes. */
const CLAIM = `
  with due as (
    select a.shop_id, a.network from social_account a join shop s on s.id = a.shop_id and s.status = 'installed'
    where a.next_look_at <= clock_timestamp() order by a.next_look_at limit ${BATCH} for update of a skip locked)
  update social_account a set next_look_at = clock_timestamp() + interval '5 minutes'
  from due where a.shop_id = due.shop_id and a.network = due.network
  returning a.shop_id as "shopId", a.network, a.host, a.token, a.place, a.failures`;

/** Only while it is still the account that was asked. */
const READ = `
  update social_account set place = $4, next_look_at = clock_timestamp() + $5::int * interval '1 second', failures = 0,
    trouble = null, trouble_at = null
  where shop_id = $1 and network = $2 and host = $3 and place is not distinct from $6`;
const FAILED = `
  update social_account set failures = failures + 1, trouble = $4, trouble_at = coalesce(trouble_at, $5),
    next_look_at = case when $6::int is null then null else clock_timestamp() + $6::int * interval '1 second' end
  where shop_id = $1 and network = $2 and host = $3`;

export interface SocialLoopDeps extends SocialDeps {
  hear: (tx: SqlTx, voices: readonly Heard[], now: Date) => Promise<unknown>;
}

/** The worker's loop over accounts. @returns mentions that were heard */
export function makeSocialLoop(deps: SocialLoopDeps): (now: Date) => Promise<number> {
  return async (now) => {
    const due = await deps.db.sqlAcrossShops<AccountRow>(CLAIM);
    const heard = await Promise.all(due.map((account) => look(deps, account, now)));
    return heard.reduce((sum, count) => sum + count, 0);
  };
}

async function look(deps: SocialLoopDeps, account: AccountRow, now: Date): Promise<number> {
  const { shopId, network, host, place } = account;
  const access = accessOf(deps, account);
  const told = access ? await deps.networks[network].mentions(access, place) : SIGNED_OUT;
  if (told.outcome !== 'told') {
    await deps.db.acrossShops((tx) =>
      tx.sql(FAILED, [shopId, network, host, ...failureOf(told, account, now)]),
    );
    return 0;
  }
  // Heard twice it is once: the place is written with what was heard.
  await deps.db.acrossShops(async (tx) => {
    await deps.hear(
      tx,
      told.posts.map((post) => voiceOfPost(account, post, now)),
      now,
    );
    const pause = told.isAll ? pauseAfter(0, null) : 1;
    await tx.sql(READ, [shopId, network, host, told.place, pause, place]);
  });
  return told.posts.length;
}

const SIGNED_OUT = { outcome: 'refused', reason: 'signed-out' } as const;
/** Nothing changes until somebody connects it again. */
const FINAL: readonly SocialRefusal[] = ['signed-out', 'may-not', 'not-public'];

function failureOf(
  told: Exclude<Told<object>, { outcome: 'told' }>,
  { failures }: AccountRow,
  now: Date,
): [trouble: string, at: Date, pause: number | null] {
  if (told.outcome === 'later') return ['no-answer', now, pauseAfter(failures + 1, told.seconds)];
  return [told.reason, now, FINAL.includes(told.reason) ? null : pauseAfter(failures + 1, 3600)];
}

function accessOf(
  { seal }: SocialDeps,
  account: Omit<AccountRow, 'place' | 'failures'>,
): SocialAccess | null {
  const { shopId, network, host } = account;
  const token = seal.open(account.token, purposeOf(shopId, network, host));
  return token === null ? null : { host, token };
}

/** A post as the documented webhook would tell of it; its id counts on its host only. */
function voiceOfPost({ shopId, network, host }: AccountRow, post: SocialPost, now: Date): Heard {
  const { id, author, text, url, language, inReplyTo } = post;
  const there = (name: string) => `${host}/${name}`;
  const mention = { id: there(id), network, author, text, url, language };
  return voiceOfMention(shopId, { ...mention, inReplyTo: inReplyTo && there(inReplyTo) }, now);
}

const ACCOUNT = `
  select shop_id as "shopId", network, host, token from social_account where shop_id = $1 and network = $2`;

/** Under the post, where its account is connected; by hand where it is not, or where others have told of it. */
export const socialWay =
  (deps: SocialDeps): Way =>
  async ({ shopId, id, source, text, language, attempts }) => {
    const post = readPostName(source ?? '');
    if (!post) return { outcome: 'by-hand' };
    const { network, host } = post;
    const [account] = await deps.db.inShop(shopId, (tx) => tx.sql<AccountRow>(ACCOUNT, [shopId, network]));
    const access = account?.host === host ? accessOf(deps, account) : null;
    if (!access) return { outcome: 'by-hand' };
    const told = await deps.networks[network].answer(access, { id, to: post.id, text, language });
    return sentOf(told, network, host, attempts);
  };

/** Networks remember an answer's id for an hour; the try after this one comes later than that. */
const LAST_REMEMBERED = 4;

function sentOf(
  told: Told<{ id: string; url: string }>,
  network: NetworkName,
  host: string,
  attempts: number,
): AnswerSent {
  switch (told.outcome) {
    case 'told': {
      const name = postName(network, host, told.id);
      return { outcome: 'sent', ref: name, names: [name] };
    }
    case 'later': {
      const isOver = told.perhaps && attempts >= LAST_REMEMBERED;
      return { outcome: isOver ? 'refused' : 'later', reason: isOver ? 'perhaps-posted' : 'no-answer' };
    }
    case 'refused':
      return { outcome: 'refused', reason: told.reason };
  }
}
