/**
 * A wire between the app and its database that can be disturbed. With nothing in force it hands bytes on as they come.
 *
 * Each connection draws its luck once, so that a share of them is hit and stays hit; of lost answers each is drawn for.
 */

import net, { type AddressInfo, type Socket } from 'node:net';
import type { Fault, FaultMode } from '../state/traffic.ts';
import { seeded } from './faults.ts';

/** The rate is a share of the connections; with `accept-then-drop` of the answers. */
export type Disturbance = Pick<Fault, 'mode' | 'rate'>;

/** Where a PostgreSQL listens: a host, or a socket in the file system. */
export type Target = { host: string; port: number } | { path: string };

/** How late an answer of a slow database is: a transaction has a handful of them. */
export const SLOW_ANSWER_MS = 250;

/** What a database without a free place says, before it hears who asks. */
const NO_PLACE = errorMessage({ S: 'FATAL', V: 'FATAL', C: '53300', M: 'sorry, too many clients already' });
/** ReadyForQuery outside of a transaction: whatever was asked has been done for good. */
const DONE = Buffer.from('Z\0\0\0\x05I', 'latin1');

interface Wire {
  app: Socket;
  database: Socket;
  luck: number;
  /** Logging in is over. */
  isOpen: boolean;
  /** Answers that are under way late: nothing may overtake them. */
  held: number;
}

export class Relay {
  private readonly server = net.createServer((app) => this.join(app));
  private readonly wires = new Set<Wire>();
  private readonly target: Target;
  private readonly random: () => number;
  private disturbance: Disturbance | null = null;

  constructor(target: Target, random = seeded(20_261_122)) {
    this.target = target;
    this.random = random;
  }

  /** Opens it on the loopback interface; 0 takes any free port. */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => resolve((this.server.address() as AddressInfo).port));
    });
  }

  /** From now on; null: everything works. Connections that are hit by it are cut at once. */
  disturb(disturbance: Disturbance | null): void {
    this.disturbance = disturbance;
    if (disturbance?.mode !== 'down' && disturbance?.mode !== 'throttled') return;
    for (const wire of this.wires) if (wire.luck < disturbance.rate) cut(wire);
  }

  close(): Promise<void> {
    for (const wire of this.wires) cut(wire);
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private hits(luck: number): FaultMode | null {
    return this.disturbance && luck < this.disturbance.rate ? this.disturbance.mode : null;
  }

  private join(app: Socket): void {
    const luck = this.random();
    const hit = this.hits(luck);
    app.on('error', () => {});
    if (hit === 'down') return void app.resetAndDestroy();
    // The app's first words are read, or the closing would overtake the answer.
    if (hit === 'throttled') return void app.once('data', () => app.end(NO_PLACE));
    const database = net.connect(this.target);
    const wire: Wire = { app, database, luck, isOpen: false, held: 0 };
    this.wires.add(wire);
    for (const socket of [app, database]) {
      socket.setNoDelay(true);
      socket.once('close', () => this.wires.delete(wire));
    }
    database.once('error', () => cut(wire));
    app.once('error', () => cut(wire));
    app.on('drain', () => database.resume());
    app.pipe(database);
    database.on('data', (chunk) => this.answer(wire, chunk));
    database.once('end', () => inTurn(wire, () => app.end()));
  }

  private answer(wire: Wire, chunk: Buffer): void {
    const isDone = chunk.subarray(-DONE.length).equals(DONE);
    // The first is the end of the login: nothing was asked before it.
    const isLost = isDone && wire.isOpen && this.drops();
    wire.isOpen ||= isDone;
    if (isLost) return cut(wire);
    const write = () => {
      if (!wire.app.write(chunk)) wire.database.pause();
    };
    if (this.hits(wire.luck) === 'slow') later(wire, write);
    else inTurn(wire, write);
  }

  private drops(): boolean {
    return this.disturbance?.mode === 'accept-then-drop' && this.random() < this.disturbance.rate;
  }
}

/** At once, unless something is under way late: then after it. */
function inTurn(wire: Wire, action: () => void): void {
  if (wire.held === 0) action();
  else later(wire, action);
}

/** All wait equally long, so they keep their order. */
function later(wire: Wire, action: () => void): void {
  wire.held += 1;
  setTimeout(() => {
    wire.held -= 1;
    action();
  }, SLOW_ANSWER_MS);
}

function cut({ app, database }: Wire): void {
  app.resetAndDestroy();
  database.destroy();
}

/** PostgreSQL's ErrorResponse. */
function errorMessage(fields: Record<string, string>): Buffer {
  const body = Object.entries(fields)
    .map(([name, value]) => `${name}${value}\0`)
    .join('');
  const message = Buffer.alloc(5 + body.length + 1);
  message.write('E', 0, 'latin1');
  message.writeInt32BE(4 + body.length + 1, 1);
  message.write(body, 5, 'latin1');
  return message;
}
