/**
 * A prepared statement whose parameters are arrays of texts, handed to PostgreSQL from memory that is used again.
 * The driver's own way copies every body three times into new memory, which is most of what wakes the collector at a
 * thousand webhooks a second. Messages are those of the extended query protocol:
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
import type pg from 'pg';

/** UTF-8 bytes, text or null. */
export type TextValue = Buffer | string | null;

/** Memory for one message at a time; grows with the largest. */
export class Scratch {
  private memory = Buffer.alloc(0);

  /** @returns so many bytes, with whatever was in them */
  take(size: number): Buffer {
    if (this.memory.length < size) this.memory = Buffer.allocUnsafeSlow(Math.ceil(size * 1.25));
    return this.memory.subarray(0, size);
  }
}

/** What pg gives to whoever submits messages of their own. */
interface Connection extends pg.Connection {
  parsedStatements: Record<string, string | undefined>;
}

interface Bound {
  /** The server remembers the statement by it; the same for ever for the same text. */
  name: string;
  text: string;
  /** `text[]` each, all of the same length, at least one value. */
  arrays: readonly (readonly TextValue[])[];
  /** A `text` that follows them. */
  last: string;
}

/**
 * Runs the statement on one connection.
 * @param scratch not to be used again before this settles
 * @throws DatabaseError of pg, or what becomes of the connection
 */
export function runBound(client: pg.ClientBase, bound: Bound, scratch: Scratch): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new BoundStatement(bound, scratch, (error) => (error ? reject(error) : resolve())));
  });
}

class BoundStatement implements pg.Submittable {
  readonly name: string;
  readonly text: string;
  /** Called once, by this or by the client's own time limit. */
  callback: (error?: Error | null) => void;
  private readonly bound: Bound;
  private readonly scratch: Scratch;
  private failed = false;

  constructor(bound: Bound, scratch: Scratch, callback: (error?: Error | null) => void) {
    this.name = bound.name;
    this.text = bound.text;
    this.callback = callback;
    this.bound = bound;
    this.scratch = scratch;
  }

  submit(given: pg.Connection): void {
    const connection = given as Connection;
    connection.stream.cork();
    if (connection.parsedStatements[this.name] !== this.text)
      connection.parse({ name: this.name, text: this.text, types: [] }, true);
    connection.stream.write(bindAndExecute(this.bound, this.scratch));
    connection.stream.uncork();
  }

  handleError(error: Error): void {
    this.failed = true;
    this.callback(error);
  }

  handleReadyForQuery(): void {
    if (!this.failed) this.callback(null);
  }

  // An insert has nothing to tell but that it is done.
  handleCommandComplete(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}
}

const BINARY = 1;
const EXECUTE_AND_SYNC = Buffer.from([0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0x53, 0, 0, 0, 4]);

/** Bind, Execute and Sync as one piece. A text's binary form is the text itself. */
function bindAndExecute({ name, arrays, last }: Bound, scratch: Scratch): Buffer {
  const sizes = arrays.map(arraySize);
  const lastSize = Buffer.byteLength(last);
  const params = sizes.reduce((sum, size) => sum + 4 + size, 4 + lastSize);
  const bind = 4 + 1 + Buffer.byteLength(name) + 1 + 2 + 2 + 2 + params + 2;
  const out = scratch.take(1 + bind + EXECUTE_AND_SYNC.length);
  let at = out.writeUInt8(0x42, 0);
  at = out.writeInt32BE(bind, at);
  at = out.writeUInt8(0, at);
  at += out.write(`${name}\0`, at);
  at = out.writeInt16BE(1, at);
  at = out.writeInt16BE(BINARY, at);
  at = out.writeInt16BE(arrays.length + 1, at);
  for (const [index, values] of arrays.entries()) {
    at = out.writeInt32BE(sizes[index]!, at);
    at = writeArray(out, at, values);
  }
  at = out.writeInt32BE(lastSize, at);
  at += out.write(last, at);
  at = out.writeInt16BE(0, at);
  EXECUTE_AND_SYNC.copy(out, at);
  return out;
}

const TEXT_OID = 25;
const HEADER_BYTES = 20;

const arraySize = (values: readonly TextValue[]) =>
  values.reduce<number>((sum, value) => sum + 4 + bytesOf(value), HEADER_BYTES);

/** One dimension of texts, in the binary form of arrays. @returns where it ends */
function writeArray(out: Buffer, from: number, values: readonly TextValue[]): number {
  let at = out.writeInt32BE(1, from);
  at = out.writeInt32BE(values.includes(null) ? 1 : 0, at);
  at = out.writeInt32BE(TEXT_OID, at);
  at = out.writeInt32BE(values.length, at);
  at = out.writeInt32BE(1, at);
  for (const value of values) {
    at = out.writeInt32BE(value === null ? -1 : bytesOf(value), at);
    if (value === null) continue;
    at += typeof value === 'string' ? out.write(value, at) : value.copy(out, at);
  }
  return at;
}

const bytesOf = (value: TextValue) => (value === null ? 0 : Buffer.byteLength(value));
