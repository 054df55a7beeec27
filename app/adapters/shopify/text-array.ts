/**
 * A `text[]` parameter in PostgreSQL's binary form. Bodies travel as the bytes that came: nothing is decoded,
 * and no quote in them has to be escaped, which is most of what an array literal of JSON texts costs.
 */

const TEXT_OID = 25;
const HEADER_BYTES = 20;

/** Memory that is used again for the next array, once nobody reads the last one: bodies by the megabyte wake the collector. */
export class Scratch {
  private memory = Buffer.alloc(0);

  /** @returns so many bytes, with whatever was in them */
  take(size: number): Buffer {
    if (this.memory.length < size) this.memory = Buffer.allocUnsafeSlow(Math.ceil(size * 1.25));
    return this.memory.subarray(0, size);
  }
}

/**
 * @param values UTF-8 bytes, text or null; at least one
 * @param scratch where to write it; own memory without one
 */
export function textArray(values: readonly (Buffer | string | null)[], scratch?: Scratch): Buffer {
  const size = values.reduce((sum, value) => sum + 4 + bytesOf(value), HEADER_BYTES);
  const out = scratch?.take(size) ?? Buffer.allocUnsafe(size);
  out.writeInt32BE(1, 0);
  out.writeInt32BE(values.includes(null) ? 1 : 0, 4);
  out.writeInt32BE(TEXT_OID, 8);
  out.writeInt32BE(values.length, 12);
  out.writeInt32BE(1, 16);
  let at = HEADER_BYTES;
  for (const value of values) {
    const length = value === null ? -1 : bytesOf(value);
    at = out.writeInt32BE(length, at);
    if (value === null) continue;
    at += typeof value === 'string' ? out.write(value, at) : value.copy(out, at);
  }
  return out;
}

const bytesOf = (value: Buffer | string | null) => (value === null ? 0 : Buffer.byteLength(value));
