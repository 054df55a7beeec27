/** An IMAP server of a dozen commands (RFC 9051), with one mailbox in memory: what a client needs to read it. */
import net from 'node:net';

export interface ImapServer {
  url: string;
  /** Puts a mail into the mailbox and rings whoever idles. @returns its number */
  deliver(raw: Buffer): number;
  /** The mailbox is made anew: its mails get other numbers. */
  renumber(): void;
  remove(uid: number): void;
  /** Commands that came, without their arguments. */
  said: string[];
  /** Every line that is open is cut. */
  cut(): void;
  close(): Promise<void>;
}

export async function imapServer(): Promise<ImapServer> {
  let validity = 1;
  let next = 1;
  let mails: { uid: number; raw: Buffer }[] = [];
  const said: string[] = [];
  const sockets = new Set<net.Socket>();
  const idle = new Map<net.Socket, string>();

  function fetchOf(seq: number, mail: { uid: number; raw: Buffer }, args: string): Buffer {
    const part = /BODY(?:\.PEEK)?\[\]<(\d+)\.(\d+)>/i.exec(args);
    const body = part ? mail.raw.subarray(Number(part[1]), Number(part[1]) + Number(part[2])) : mail.raw;
    const label = part ? `BODY[]<${part[1]}>` : 'BODY[]';
    const head = `* ${seq} FETCH (UID ${mail.uid} RFC822.SIZE ${mail.raw.length} ${label} {${body.length}}\r\n`;
    return Buffer.concat([Buffer.from(head), body, Buffer.from(')\r\n')]);
  }

  function answer(socket: net.Socket, line: string) {
    const waiting = idle.get(socket);
    if (waiting && /^done$/i.test(line)) {
      idle.delete(socket);
      return void socket.write(`${waiting} OK idle ended\r\n`);
    }
    const [tag = '*', first = '', ...rest] = line.split(' ');
    const isUid = first.toUpperCase() === 'UID';
    const command = (isUid ? (rest.shift() ?? '') : first).toUpperCase();
    const args = rest.join(' ');
    said.push(command);
    const ok = (text = 'done') => socket.write(`${tag} OK ${text}\r\n`);
    switch (command) {
      case 'CAPABILITY':
        socket.write('* CAPABILITY IMAP4rev1 IDLE\r\n');
        return ok();
      case 'LOGIN':
        return /secret/.test(args) ? ok() : socket.write(`${tag} NO [AUTHENTICATIONFAILED] wrong\r\n`);
      case 'LIST':
      case 'LSUB':
        socket.write(`* ${command} () "/" INBOX\r\n`);
        return ok();
      case 'SELECT':
      case 'EXAMINE':
        socket.write(
          `* ${mails.length} EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY ${validity}] v\r\n* OK [UIDNEXT ${next}] n\r\n`,
        );
        return ok(command === 'EXAMINE' ? '[READ-ONLY] done' : '[READ-WRITE] done');
      case 'SEARCH': {
        const from = Number(/(\d+):\*/.exec(args)?.[1] ?? 1);
        const found = mails.filter(({ uid }) => uid >= from);
        const all = found.length > 0 ? found : mails.slice(-1);
        socket.write(`* SEARCH${all.map(({ uid }) => ` ${uid}`).join('')}\r\n`);
        return ok();
      }
      case 'FETCH': {
        const wanted = Number(/^(\d+)/.exec(args)?.[1]);
        const seq = mails.findIndex(({ uid }) => uid === wanted);
        if (seq >= 0) socket.write(fetchOf(seq + 1, mails[seq]!, args));
        return ok();
      }
      case 'IDLE':
        idle.set(socket, tag);
        return socket.write('+ idling\r\n');
      case 'LOGOUT':
        socket.write('* BYE\r\n');
        ok();
        return socket.end();
      case 'NOOP':
        socket.write(`* ${mails.length} EXISTS\r\n`);
        return ok();
      default:
        return socket.write(`${tag} BAD ${command} is not known here\r\n`);
    }
  }

  const server = net.createServer((socket) => {
    sockets.add(socket);
    let held = '';
    socket.on('error', () => {});
    socket.on('close', () => (sockets.delete(socket), idle.delete(socket)));
    socket.on('data', (data) => {
      held += data.toString('latin1');
      for (let end = held.indexOf('\r\n'); end >= 0; end = held.indexOf('\r\n')) {
        const line = held.slice(0, end);
        held = held.slice(end + 2);
        answer(socket, line);
      }
    });
    socket.write('* OK ready\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    url: `imap://replies%40example.com:secret@127.0.0.1:${port}/INBOX`,
    deliver(raw) {
      mails.push({ uid: next++, raw });
      for (const socket of idle.keys()) socket.write(`* ${mails.length} EXISTS\r\n`);
      return next - 1;
    },
    renumber() {
      validity += 1;
      mails = mails.map((mail, index) => ({ ...mail, uid: index + 1 }));
      next = mails.length + 1;
    },
    remove: (uid) => void (mails = mails.filter((mail) => mail.uid !== uid)),
    said,
    cut: () => sockets.forEach((socket) => socket.destroy()),
    close: () =>
      new Promise((resolve) => {
        sockets.forEach((socket) => socket.destroy());
        server.close(() => resolve());
      }),
  };
}
