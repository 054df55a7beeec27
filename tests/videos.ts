/** Videos made by code: boxes, one inside the other, as phones write them. */

export const box = (type: string, ...content: (Buffer | string)[]): Buffer => {
  const body = Buffer.concat(
    content.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
  );
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
};

const numbers = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => bytes.writeUInt32BE(value, i * 4));
  return bytes;
};

export const PLACE = '+48.8584+002.2945/';
/** What a player reads, and what a track of positions holds. */
export const PICTURES = 'the pictures themselves';
const POSITIONS = `gps ${PLACE}`;

function track(handler: string, width: number, chunk: { at: number; sizes: number[] }): Buffer {
  const tkhd = Buffer.concat([Buffer.alloc(76), numbers(width << 16, (width * 2) << 16)]);
  return box(
    'trak',
    box('tkhd', tkhd),
    box('udta', box('\xa9xyz', PLACE)),
    box('tref', box('cdsc', numbers(1))),
    box(
      'mdia',
      box('mdhd', Buffer.alloc(24)),
      box('hdlr', numbers(0, 0), handler, Buffer.alloc(13)),
      box(
        'minf',
        box(handler === 'vide' ? 'vmhd' : 'nmhd', Buffer.alloc(12)),
        box(
          'stbl',
          box('stsd', numbers(0, 1), box('avc1', Buffer.alloc(70))),
          box('stts', numbers(0, 1, chunk.sizes.length, 40)),
          box('stsc', numbers(0, 1, 1, chunk.sizes.length, 1)),
          box('stsz', numbers(0, 0, chunk.sizes.length, ...chunk.sizes)),
          box('stco', numbers(0, 1, chunk.at)),
        ),
      ),
    ),
  );
}

/** A video of 480 × 960 that says where it was taken in five places; `padding` bytes make it long. */
export function aVideo({ padding = 0, brand = 'qt  ' }: { padding?: number; brand?: string } = {}): Buffer {
  const ftyp = box('ftyp', brand, numbers(0), brand);
  const indexAt = (start: number) =>
    box(
      'moov',
      box('mvhd', Buffer.alloc(100)),
      track('vide', 480, { at: start, sizes: [10, PICTURES.length - 10] }),
      track('meta', 0, { at: start + PICTURES.length, sizes: [POSITIONS.length] }),
      box('meta', box('keys', 'com.apple.quicktime.location.ISO6709'), box('ilst', PLACE)),
      box('udta', box('\xa9xyz', PLACE)),
    );
  const start = ftyp.length + indexAt(0).length + 8;
  return Buffer.concat([
    ftyp,
    indexAt(start),
    box('mdat', PICTURES, POSITIONS, Buffer.alloc(padding, 7)),
    box('uuid', PLACE),
    box('free', PLACE),
  ]);
}
