/** Mail servers that keep a log of what they accepted: the judges of the kill storm. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface MailStandIn {
  url: string;
  /** One entry for each mail that went out to a person, in order; `at` in milliseconds since the epoch. */
  delivered: { to: string; id: string; at: number }[];
  close(): Promise<void>;
}

const listening = (server: { listen(port: number, host: string, done: () => void): unknown }) =>
  new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

export interface HttpOptions {
  /** Answers that a real provider gives now and then. */
  refuse?: (call: number) => 'lost-answer' | 'busy' | 'broken' | null;
}

/** Speaks Resend's interface: a key that was accepted before sends nothing and is answered as the first time. */
export async function httpProvider({ refuse = () => null }: HttpOptions = {}): Promise<MailStandIn> {
  const delivered: MailStandIn['delivered'] = [];
  const keys = new Map<string, string>();
  let calls = 0;
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const mail = JSON.parse(Buffer.concat(chunks).toString()) as {
        to: string[];
        headers: Record<string, string>;
      };
      const key = String(request.headers['idempotency-key']);
      const fault = refuse(++calls);
      if (fault === 'busy') return void response.writeHead(429, { 'retry-after': '1' }).end('{}');
      if (!keys.has(key)) {
        keys.set(key, `re_${keys.size}`);
        delivered.push({ to: mail.to[0]!, id: mail.headers['Message-ID']!, at: Date.now() });
      }
      if (fault === 'lost-answer') return void request.socket.destroy();
      if (fault === 'broken') return void response.writeHead(500).end('{}');
      setTimeout(() => response.end(JSON.stringify({ id: keys.get(key) })), calls % 20);
    });
  });
  await listening(server);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    delivered,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** @param dropsRepeated whether a Message-ID that was taken before is accepted without being delivered again */
export async function smtpServer({ dropsRepeated }: { dropsRepeated: boolean }): Promise<MailStandIn> {
  const delivered: MailStandIn['delivered'] = [];
  const seen = new Set<string>();
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      void simpleParser(stream).then(({ messageId: id = '' }) => {
        if (!dropsRepeated || !seen.has(id))
          delivered.push({ to: session.envelope.rcptTo[0]!.address, id, at: Date.now() });
        seen.add(id);
        setTimeout(done, 5);
      });
    },
  });
  // A killed worker breaks its connections.
  server.on('error', () => {});
  await listening(server);
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    delivered,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
