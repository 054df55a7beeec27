/**
 * Videos are not decoded here: no machine needs ffmpeg. Their container is walked box by box (ISO 14496-12, QuickTime); what
 * is not needed to play them (places, names of devices, tracks of GPS positions, whatever hides between the boxes) is
 * overwritten with zeros where it stands, so that nothing else moves.
 */

/** Bytes `start` up to and without `end`, counted from the beginning of the file. */
export interface Span {
  start: number;
  end: number;
}

/** What is to be written over the file; `bytes` missing: zeros. */
export interface Patch extends Span {
  bytes?: Uint8Array;
}

export interface ReadVideo {
  width: number | null;
  height: number | null;
  /** In order, not overlapping. */
  patches: Patch[];
}

export interface Box extends Span {
  type: string;
  /** Where its content begins. */
  body: number;
}

/** As many bytes as the longest head of a box has. */
export const BOX_HEAD = 16;
/** The index of a video of two hundred megabytes is far smaller. */
export const MAX_INDEX_BYTES = 16 * 1024 * 1024;

/** The box whose head `bytes` begin with; null when there cannot be one. @param at where it stands, @param limit where it must have ended */
export function boxIn(bytes: Uint8Array, at: number, limit: number): Box | null {
  if (bytes.length < 8) return null;
  const view = viewOf(bytes);
  const type = String.fromCharCode(...bytes.subarray(4, 8));
  const short = view.getUint32(0);
  if (short === 1 && bytes.length < 16) return null;
  const size = short === 0 ? limit - at : short === 1 ? Number(view.getBigUint64(8)) : short;
  const body = at + (short === 1 ? 16 : 8);
  const end = at + size;
  return end < body || end > limit ? null : { type, start: at, body, end };
}

const PLAYS = new Set(['ftyp', 'moov', 'mdat']);
const IN_MOOV = new Set(['mvhd', 'trak']);
const IN_TRAK = new Set(['tkhd', 'edts', 'mdia', 'tapt', 'load']);
const DEEPER = new Set(['mdia', 'minf', 'stbl', 'dinf']);
const TELLS = new Set(['udta', 'meta', 'uuid', 'free', 'skip', 'xml ', 'gps ']);

/**
 * @param top every box of the file, @param moov the bytes of its index, whole
 * @returns null when it is no video that plays: no index, no pictures in it, or made for streaming in pieces
 */
export function readVideo(top: readonly Box[], moov: Uint8Array): ReadVideo | null {
  const place = top.find(({ type }) => type === 'moov');
  if (!place || top[0]?.type !== 'ftyp' || !top.some(({ type }) => type === 'mdat')) return null;
  if (top.some(({ type }) => type === 'moof')) return null;
  const index: Index = { bytes: moov, at: place.start };
  const patches: Patch[] = top
    .filter(({ type }) => !PLAYS.has(type))
    .flatMap((box) => blank(box, box.body - box.start));
  const kept: Size[] = [];
  for (const box of children(index, place)) {
    const track = box.type === 'trak' ? readTrack(index, box) : null;
    if (box.type === 'mvex') return null;
    if (track?.isPlayed) {
      if (track.size) kept.push(track.size);
      patches.push(...tellingIn(index, box, IN_TRAK));
    } else if (track) patches.push(...blank(box), ...track.samples);
    else if (!IN_MOOV.has(box.type)) patches.push(...blank(box));
  }
  const [size] = kept;
  return size ? { ...size, patches: ordered(patches) } : null;
}

interface Index {
  bytes: Uint8Array;
  at: number;
}
interface Size {
  width: number | null;
  height: number | null;
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The boxes inside one. @throws RangeError when they do not fit into it */
function children({ bytes, at }: Index, parent: Box): Box[] {
  const found: Box[] = [];
  for (let next = parent.body; next + 8 <= parent.end;) {
    const box = boxIn(bytes.subarray(next - at, next - at + BOX_HEAD), next, parent.end);
    if (!box) throw new RangeError(`no box at ${next}`);
    found.push(box);
    next = box.end;
  }
  return found;
}

/** A box that stays where it is as empty space. */
function blank(box: Box, head = 8): Patch[] {
  const free = new Uint8Array([0x66, 0x72, 0x65, 0x65]);
  const name: Patch = { start: box.start + 4, end: box.start + 8, bytes: free };
  return box.end > box.start + head ? [name, { start: box.start + head, end: box.end }] : [name];
}

function tellingIn(index: Index, parent: Box, allowed: ReadonlySet<string> | null): Patch[] {
  return children(index, parent).flatMap((box) => {
    if (allowed ? !allowed.has(box.type) : TELLS.has(box.type)) return blank(box, box.body - box.start);
    return DEEPER.has(box.type) ? tellingIn(index, box, null) : [];
  });
}

function readTrack(index: Index, trak: Box): { isPlayed: boolean; size: Size | null; samples: Span[] } {
  const find = (parent: Box | undefined, type: string) =>
    parent && children(index, parent).find((box) => box.type === type);
  const mdia = find(trak, 'mdia');
  const table = find(find(mdia, 'minf'), 'stbl');
  const handler = textAt(index, (find(mdia, 'hdlr')?.body ?? trak.end) + 8);
  if (handler === 'soun') return { isPlayed: true, size: null, samples: [] };
  if (handler === 'vide' && table)
    return { isPlayed: true, size: sizeOf(index, find(trak, 'tkhd')), samples: [] };
  return { isPlayed: false, size: null, samples: table ? samplesIn(index, table) : [] };
}

const textAt = ({ bytes, at }: Index, from: number) =>
  String.fromCharCode(...bytes.subarray(from - at, from - at + 4));

/** The last eight bytes of a track's head are its size, in 16.16. */
function sizeOf({ bytes, at }: Index, tkhd: Box | undefined): Size {
  if (!tkhd || tkhd.end - tkhd.body < 84) return { width: null, height: null };
  const view = viewOf(bytes);
  const pixels = (from: number) => view.getUint32(from - at) >>> 16 || null;
  return { width: pixels(tkhd.end - 8), height: pixels(tkhd.end - 4) };
}

/** Where the samples of a track lie: its chunks, each as long as its samples together. */
function samplesIn(index: Index, table: Box): Span[] {
  const boxes = new Map(children(index, table).map((box) => [box.type, box]));
  const view = viewOf(index.bytes);
  const read = (box: Box, at: number) => view.getUint32(box.body - index.at + at);
  const [sizes, runs] = [boxes.get('stsz'), boxes.get('stsc')];
  const offsets = boxes.get('stco') ?? boxes.get('co64');
  if (!sizes || !runs || !offsets) return [];
  const fixed = read(sizes, 4);
  const samples = read(sizes, 8);
  const long = offsets.type === 'co64';
  const spans: Span[] = [];
  let run = 0;
  let sample = 0;
  for (let chunk = 0; chunk < read(offsets, 4); chunk++) {
    while (run + 1 < read(runs, 4) && read(runs, 8 + (run + 1) * 12) <= chunk + 1) run++;
    const count = read(runs, 8 + run * 12 + 4);
    const at = 8 + chunk * (long ? 8 : 4);
    const start = long ? Number(view.getBigUint64(offsets.body - index.at + at)) : read(offsets, at);
    let length = 0;
    for (let i = 0; i < count && sample < samples; i++, sample++)
      length += fixed || read(sizes, 12 + sample * 4);
    if (length > 0) spans.push({ start, end: start + length });
  }
  return spans;
}

/** What lies inside an earlier patch is left out; what overlaps it begins behind it. */
function ordered(patches: Patch[]): Patch[] {
  const result: Patch[] = [];
  let done = 0;
  for (const patch of patches.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (patch.end <= done) continue;
    result.push(patch.start >= done ? patch : { start: done, end: patch.end });
    done = patch.end;
  }
  return result;
}

/** Writes patches over a piece of the file that begins at `at`, in place. */
export function applyPatches(piece: Uint8Array, at: number, patches: readonly Patch[]): void {
  const end = at + piece.length;
  for (const patch of patches) {
    const from = Math.max(patch.start, at);
    const to = Math.min(patch.end, end);
    if (from >= to) continue;
    if (patch.bytes) piece.set(patch.bytes.subarray(from - patch.start, to - patch.start), from - at);
    else piece.fill(0, from - at, to - at);
  }
}
