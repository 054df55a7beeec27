/**
 * The mail server: takes everything, delivers nothing, keeps it for the mailbox. As many servers do, it remembers the
 * Message-IDs it took and takes a repetition without delivering it again.
 */

import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { type FaultDice, SLOW_MS } from '../faults/faults.ts';
import type { Keeper } from '../state/keep.ts';
import type { State } from '../state/shop.ts';
import type { FaultMode, Mail } from '../state/traffic.ts';
import { shopOfMail } from './shop-of.ts';

const KEPT = 20_000;
const LARGEST = 30 * 1024 * 1024;

export interface MailParts {
  state: State;
  nowIso: () => string;
  dice: FaultDice;
  keeper: Pick<Keeper, 'changed' | 'keep'>;
  log: (line: string) => void;
}

export interface MailServer {
  listen(port: number): Promise<number>;
  close(): Promise<void>;
}

export function createMailServer(parts: MailParts): MailServer {
  const sockets = new Map<number, Socket>();
  const taken = new Set(parts.state.mails.map((mail) => mail.headers['message-id'] ?? ''));
  const drop = (session: SMTPServerSession) => sockets.get(session.remotePort)?.destroy();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST,
    logger: false,
    onAuth: (auth, _session, callback) => callback(null, { user: auth.username ?? 'anyone' }),
    onConnect(session, callback) {
      if (parts.dice('mail') === 'down') drop(session);
      callback();
    },
    // A connection that stayed open between two mails breaks as a new one does.
    onMailFrom(_address, session, callback) {
      if (isLater(session) && parts.dice('mail') === 'down') drop(session);
      callback();
    },
    onData(stream, session, callback) {
      void answerData({ ...parts, taken }, stream, session, drop, callback);
    },
  });
  server.server.on('connection', (socket: Socket) => {
    const port = socket.remotePort ?? 0;
    sockets.set(port, socket);
    socket.once('close', () => sockets.delete(port));
  });
  server.on('error', (error) => parts.log(`mail: ${error.message}`));
  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => resolve((server.server.address() as AddressInfo).port));
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Whether a mail was sent over this connection before; its types do not know that mails are counted. */
const isLater = (session: SMTPServerSession) => (session as { transaction?: number }).transaction !== 1;

/** Message-IDs of what was taken. */
type Remembering = MailParts & { taken: Set<string> };

async function answerData(
  parts: Remembering,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  drop: (session: SMTPServerSession) => void,
  callback: (error?: Error | null) => void,
): Promise<void> {
  try {
    const answer = await receive(parts, stream, session);
    if (answer === 'lost') drop(session);
    else callback();
  } catch (error) {
    callback(error instanceof Error ? error : new Error(String(error)));
  }
}

/** `lost`: the message is kept, but whoever sent it will never hear so. */
async function receive(
  parts: Remembering,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<'taken' | 'lost'> {
  const raw = await readAll(stream);
  const fault = parts.dice('mail');
  if (fault === 'slow') await pause(SLOW_MS);
  const refused = refusalOf(fault);
  if (refused) throw refused;
  const parsed = await simpleParser(raw);
  const { messageId } = parsed;
  if (messageId && parts.taken.has(messageId)) {
    parts.log(`mail: ${messageId} came again and was not delivered twice`);
    return fault === 'accept-then-drop' ? 'lost' : 'taken';
  }
  if (messageId) parts.taken.add(messageId);
  const times = fault === 'duplicate' ? 2 : 1;
  for (let copy = 0; copy < times; copy++) {
    for (const { address } of session.envelope.rcptTo)
      keep(parts, mailOf(parsed, raw, address, session, parts));
  }
  return fault === 'accept-then-drop' ? 'lost' : 'taken';
}

function refusalOf(fault: FaultMode | null): Error | null {
  if (fault === 'throttled') return refusal(451, '4.7.0 Too many messages, try again later');
  if (fault === 'reject') return refusal(550, '5.1.1 Mailbox unavailable');
  return null;
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  if (stream.sizeExceeded) throw refusal(552, 'Message too large');
  return Buffer.concat(chunks);
}

function mailOf(
  parsed: ParsedMail,
  raw: Buffer,
  to: string,
  session: SMTPServerSession,
  parts: MailParts,
): Mail {
  const number = (parts.state.sequences.Mail ?? 0) + 1;
  parts.state.sequences.Mail = number;
  const sender = `${parsed.from?.text ?? ''} ${parsed.replyTo?.text ?? ''}`;
  return {
    id: String(number),
    shop: shopOfMail(parts.state.shops, { to, from: sender }),
    to,
    from: parsed.from?.text ?? (session.envelope.mailFrom ? session.envelope.mailFrom.address : ''),
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html || '',
    headers: Object.fromEntries(parsed.headerLines.map(({ key, line }) => [key, valueOf(line)])),
    raw: raw.toString('utf8'),
    at: parts.nowIso(),
  };
}

/** `Subject: a\r\n b` → `a b` */
function valueOf(line: string): string {
  return line
    .slice(line.indexOf(':') + 1)
    .replace(/\r?\n\s+/g, ' ')
    .trim();
}

function keep({ state, keeper }: MailParts, mail: Mail): void {
  state.mails.push(mail);
  if (state.mails.length > KEPT) state.mails.splice(0, state.mails.length - KEPT);
  keeper.changed();
  keeper.keep();
}
