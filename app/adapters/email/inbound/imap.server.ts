/**
 * A mailbox read by IMAP, for whoever has no provider that posts mails. It is looked at, never changed: what has been read
 * is remembered here, so that people may read, move and delete there. The server is kept on the line and rings (IDLE).
 */
import { ImapFlow } from 'imapflow';
import type { Mailbox, MailInBox, ReadSoFar } from '../../../correspondence/mailbox.ts';

const TIMEOUT_MS = 30_000;

/** @param url imaps://user:password@host:993/INBOX; imap:// without TLS, for this machine alone */
export function imapMailbox(url: string): Mailbox {
  const parts = new URL(url);
  const folder = decodeURIComponent(parts.pathname.slice(1)) || 'INBOX';
  let open: ImapFlow | null = null;
  let rang = true;
  const connected = async (): Promise<ImapFlow> => {
    if (open?.usable) return open;
    const client = clientOf(parts);
    client.on('exists', () => (rang = true));
    // Told by the next command as well; without a listener it would end the process.
    client.on('error', () => client.close());
    client.on('close', () => {
      rang = true;
      if (open === client) open = null;
    });
    await client.connect();
    await client.mailboxOpen(folder, { readOnly: true });
    return (open = client);
  };
  return {
    name: `${decodeURIComponent(parts.username)}@${parts.host}/${folder}`,
    hasRung() {
      const answer = rang;
      rang = false;
      return answer;
    },
    newest: async (since, limit, maxBytes) => read(await connected(), since, limit, maxBytes),
    async close() {
      await open?.logout().catch(() => open?.close());
      open = null;
    },
  };
}

function clientOf(parts: URL): ImapFlow {
  const isSecure = parts.protocol === 'imaps:';
  return new ImapFlow({
    host: parts.hostname,
    port: Number(parts.port || (isSecure ? 993 : 143)),
    secure: isSecure,
    ...(isSecure ? {} : { doSTARTTLS: false }),
    auth: { user: decodeURIComponent(parts.username), pass: decodeURIComponent(parts.password) },
    logger: false,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: 10 * 60_000,
    maxIdleTime: 4 * 60_000,
  });
}

async function read(client: ImapFlow, since: ReadSoFar | null, limit: number, maxBytes: number) {
  if (!client.mailbox) throw new Error('the mailbox is not open');
  const { uidValidity } = client.mailbox;
  const last = since?.uidValidity === uidValidity ? since.lastUid : 0n;
  const found = (await client.search({ uid: `${last + 1n}:*` }, { uid: true })) || [];
  // "7:*" names the last mail even where its number is smaller.
  const uids = found.filter((uid) => BigInt(uid) > last).sort((a, b) => a - b);
  const next = uids.slice(0, limit);
  const mails: MailInBox[] = [];
  for (const uid of next) {
    const query = { source: { start: 0, maxLength: maxBytes + 1 }, size: true };
    const mail = await client.fetchOne(String(uid), query, { uid: true });
    // Null: deleted by somebody in between.
    if (mail && mail.source)
      mails.push({ uid: BigInt(uid), raw: mail.source, size: mail.size ?? mail.source.length });
  }
  return { uidValidity, mails, lastUid: BigInt(next.at(-1) ?? last), isAll: uids.length === next.length };
}
