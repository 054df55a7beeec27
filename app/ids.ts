/** Ids made by the app: uuidv7 (RFC 9562), so that rows sort by the moment they were made. */

/** Randomness is fetched for many ids at once: a call for each costs more than the rest of it. */
const pool = new Uint8Array(8 * 512);
let used = pool.length;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

let lastMs = -1;
/** The 12 bits after the moment: ids of one process and millisecond sort in the order in which they were made. */
let counter = 0;

/** @param now domain time */
export function newId(now: Date): string {
  const ms = now.getTime();
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const at = used;
  used += 8;
  // Starts in the lower half, so that there is room to count.
  counter = ms === lastMs && counter < 0xfff ? counter + 1 : ((pool[at]! << 3) | (pool[at + 1]! & 7)) & 0x7ff;
  lastMs = ms;
  const time = ms.toString(16).padStart(12, '0');
  const tail =
    HEX[pool[at + 2]!]! + HEX[pool[at + 3]!] + HEX[pool[at + 4]!] + HEX[pool[at + 5]!] + HEX[pool[at + 6]!];
  const variant = HEX[0x80 | (pool[at]! & 0x3f)]! + HEX[pool[at + 1]!];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}-${tail}${HEX[pool[at + 7]!]}`;
}
