/** What a ZIP file says it holds: names alone, nothing is unpacked. */

const END_BYTES = 22;
const MOST_COMMENT = 65_535;
const ENTRY_BYTES = 46;
const MOST_ENTRIES = 10_000;

export interface ZipEntry {
  name: string;
  /** Where the file itself begins, at its own head. */
  at: number;
  isPlain: boolean;
  bytes: number;
}

/**
 * The entries of its directory, which is what programs that open it go by. Null for what is no whole ZIP file: without a
 * directory, with a part of it, with more than ten thousand entries, or larger than 4 GB says it is.
 */
export function zipEntries(bytes: Uint8Array): ZipEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  if (end === null) return null;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > MOST_ENTRIES) return null;
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index++) {
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== 0x02014b50) return null;
    const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const begins = at + ENTRY_BYTES;
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(begins, begins + name!)),
      at: view.getUint32(at + 42, true),
      isPlain: view.getUint16(at + 10, true) === 0,
      bytes: view.getUint32(at + 24, true),
    });
    at = begins + name! + extra! + comment!;
  }
  return at === end ? entries : null;
}

/** The words of a short entry that is not packed; '' for any other. */
export function plainEntry(bytes: Uint8Array, { at, isPlain, bytes: size }: ZipEntry): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isPlain || size > 200 || at + 30 > bytes.length || view.getUint32(at, true) !== 0x04034b50) return '';
  const begins = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  return new TextDecoder().decode(bytes.subarray(begins, begins + size));
}

/** Its directory's end stands last, before a comment at most; nothing may stand behind it. */
function endOf(view: DataView): number | null {
  const first = Math.max(0, view.byteLength - END_BYTES - MOST_COMMENT);
  for (let at = view.byteLength - END_BYTES; at >= first; at--)
    if (
      view.getUint32(at, true) === 0x06054b50 &&
      at + END_BYTES + view.getUint16(at + 20, true) === view.byteLength
    )
      return at;
  return null;
}
