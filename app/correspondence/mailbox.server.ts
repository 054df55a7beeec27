/** The worker's loop over a mailbox. Any number of workers may have it: one at a time looks. */
import type { Db } from '../db.server.ts';
import { holding, LEASE_SECONDS } from '../lease.server.ts';
import { log } from '../log.server.ts';
import { MAX_MAIL_BYTES, type BroughtMail } from './incoming-mail.ts';
import type { Mailbox, ReadSoFar } from './mailbox.ts';
import type { Received } from './receive.server.ts';

export interface MailboxDeps {
  db: Db;
  mailbox: Mailbox;
  receive: (mail: BroughtMail, now: Date) => Promise<Received>;
  /** Real time in milliseconds: a server is asked as often whatever the clock is set to. */
  realNow: () => number;
  /** Between two looks when nobody has rung. */
  everyMs?: number;
}

const BATCH = 10;

/** One worker at a time; whoever dies with it leaves it free soon. */
const CLAIM = `
  insert into imap_mailbox (name, lease_until) values ($1, clock_timestamp() + make_interval(secs => $2))
  on conflict (name) do update set lease_until = excluded.lease_until
    where imap_mailbox.lease_until is null or imap_mailbox.lease_until < clock_timestamp()
  returning uid_validity as "uidValidity", last_uid as "lastUid"`;
const RENEW = `update imap_mailbox set lease_until = clock_timestamp() + make_interval(secs => $2) where name = $1`;
const REMEMBER = `
  update imap_mailbox set uid_validity = coalesce($2, uid_validity), last_uid = coalesce($3, last_uid), lease_until = null
  where name = $1`;

/** @returns mails that were taken in */
export function makeMailboxLoop(deps: MailboxDeps): (now: Date) => Promise<number> {
  const { db, mailbox, realNow, everyMs = 30_000 } = deps;
  let lookAt = 0;
  return async (now) => {
    if (!mailbox.hasRung() && realNow() < lookAt) return 0;
    lookAt = realNow() + everyMs;
    const [since] = await db.sqlAcrossShops<Known>(CLAIM, [mailbox.name, LEASE_SECONDS]);
    if (!since) return 0;
    let read: ReadSoFar | null = null;
    try {
      const found = await holding(
        () => db.sqlAcrossShops(RENEW, [mailbox.name, LEASE_SECONDS]),
        () => takeIn(deps, since, now),
      );
      if (!found.isAll) lookAt = 0;
      read = found;
      return found.count;
    } finally {
      await db.sqlAcrossShops(REMEMBER, [mailbox.name, read?.uidValidity, read?.lastUid]);
    }
  };
}

interface Known {
  uidValidity: bigint | null;
  lastUid: bigint;
}

/** Read so far is written down after everything before it is stored: a worker that dies in between brings it again. */
async function takeIn(
  { mailbox, receive }: MailboxDeps,
  { uidValidity, lastUid }: Known,
  now: Date,
): Promise<ReadSoFar & { count: number; isAll: boolean }> {
  const since = uidValidity === null ? null : { uidValidity, lastUid };
  const found = await mailbox.newest(since, BATCH, MAX_MAIL_BYTES);
  for (const { raw, size, uid } of found.mails) {
    const received = await receive({ source: 'imap', recipient: null, raw, size }, now);
    if (received === 'nobody') log.warn('a mail for no shop was left in its mailbox', { id: String(uid) });
  }
  return { ...found, count: found.mails.length };
}
