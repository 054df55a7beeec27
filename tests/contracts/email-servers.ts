/** Servers for the contract of providers: they can be told how to answer. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { Server, ServerMood } from './email.ts';

export interface HttpServer extends Server {
  url: string;
  requests: { headers: http.IncomingHttpHeaders; body: Record<string, unknown> }[];
}

/** @param addressError body that says that the recipient does not exist */
export async function httpServer(addressError: object): Promise<HttpServer> {
  let mood: ServerMood = 'accepts';
  const taken = new Set<string>();
  const requests: HttpServer['requests'] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      requests.push({ headers: request.headers, body });
      const answer = (status: number, said: object, headers = {}) =>
        response
          .writeHead(status, { 'content-type': 'application/json', ...headers })
          .end(JSON.stringify(said));
      if (mood === 'refuses-address') return void answer(422, addressError);
      if (mood === 'refuses-message') return void answer(422, { name: 'validation_error' });
      if (mood === 'busy') return void answer(429, {}, { 'retry-after': '7' });
      taken.add(String(request.headers['idempotency-key']));
      if (mood === 'breaks-off-at-the-end') return void request.socket.destroy();
      if (mood === 'accepts') answer(200, { id: `provider-${taken.size}` });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    mood: (next) => (mood = next),
    taken: () => [...taken],
    goAway: close,
    close,
  };
}

export interface SmtpServer extends Server {
  url: string;
  mails: ParsedMail[];
  envelopes: { from: string; to: string[] }[];
}

const refusal = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code });

export async function smtpServer(): Promise<SmtpServer> {
  let mood: ServerMood = 'accepts';
  const mails: ParsedMail[] = [];
  const envelopes: SmtpServer['envelopes'] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo(_address, _session, done) {
      if (mood === 'refuses-address') return done(refusal(550, '5.1.1 no such user'));
      if (mood === 'busy') return done(refusal(451, '4.3.2 busy'));
      return done();
    },
    onData(stream, session, done) {
      void simpleParser(stream).then((mail) => afterData(mail, session, done));
    },
  });
  const afterData = (mail: ParsedMail, { envelope }: SMTPServerSession, done: (error?: Error) => void) => {
    if (mood === 'refuses-message') return done(refusal(554, '5.7.1 not wanted'));
    mails.push(mail);
    const { mailFrom, rcptTo } = envelope;
    envelopes.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map((one) => one.address) });
    if (mood === 'breaks-off-at-the-end') return breakConnections(server);
    return mood === 'silent' ? undefined : done();
  };
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      breakConnections(server);
    });
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    envelopes,
    mood: (next) => (mood = next),
    taken: () => mails.map((mail) => mail.messageId!.slice(1).split('@')[0]!),
    goAway: close,
    close: () => (server.server.listening ? close() : Promise.resolve()),
  };
}

/** smtp-server keeps its connections to itself. */
function breakConnections(server: SMTPServer) {
  const { connections } = server as unknown as { connections: Set<{ _socket: { destroy(): void } }> };
  for (const connection of connections) connection._socket.destroy();
}
