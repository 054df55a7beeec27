/**
 * Pictures are decoded and written anew: what is not pixels (EXIF, GPS, comments, a second file behind the first) is
 * left behind. One at a time in a process, so that memory stays bounded however many come at once.
 */
import sharp, { type CreateRaw } from 'sharp';
import { WIDTHS, type Refusal } from './file.ts';
import { SNIFF_BYTES, sniff } from './sniff.ts';

export interface MadePicture {
  ending: 'jpg' | 'png';
  width: number;
  height: number;
  versions: { width: number; bytes: Buffer }[];
}

/** Phones make up to 50 million; read in stripes, they take little memory. */
const MAX_PIXELS = 51_000_000;
/** Decoded bytes of what can only be read as a whole: progressive JPEG, interlaced PNG, WebP, AVIF, GIF. */
const MAX_WHOLE_BYTES = 100_000_000;
/** No side of a photo is longer; a strip of one pixel's height is no photo. */
const MAX_SIDE = 30_000;
const SECONDS = 20;

// Decoders that nobody needs here cannot be reached, whatever a file pretends to be.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadHeif',
  ],
});
sharp.cache(false);
sharp.concurrency(1);

let turn: Promise<unknown> = Promise.resolve();

/** @param bytes the file as it was sent in, at most MAX_PICTURE_BYTES */
export function makePicture(bytes: Buffer): Promise<MadePicture | { refusal: Refusal }> {
  const made = turn.then(() => make(bytes));
  turn = made.catch(() => {});
  return made;
}

async function make(bytes: Buffer): Promise<MadePicture | { refusal: Refusal }> {
  const looked = sniff(bytes.subarray(0, SNIFF_BYTES));
  if (looked.kind === 'refused') return { refusal: looked.refusal };
  if (looked.kind === 'video') return { refusal: 'unknown' };
  try {
    const refusal = await wrongBeforeDecoding(bytes, looked.format);
    return refusal ? { refusal } : await encode(bytes);
  } catch (error) {
    if (isOurs(error)) return { refusal: 'broken' };
    throw error;
  }
}

/** Errors of libvips are texts about the input; anything else is a fault of ours. */
const isOurs = (error: unknown) => error instanceof Error && !(error instanceof TypeError);

/** Says no by the header alone, before a single pixel is decoded. */
async function wrongBeforeDecoding(bytes: Buffer, format: string): Promise<Refusal | null> {
  const header = await sharp(bytes, { limitInputPixels: false }).metadata();
  if (header.format !== (format === 'avif' ? 'heif' : format)) return 'broken';
  const { width, height, channels } = header;
  const pixels = width * height;
  if (pixels > MAX_PIXELS || Math.max(width, height) > MAX_SIDE) return 'too-many-pixels';
  const isStriped = (format === 'jpeg' || format === 'png') && !header.isProgressive;
  const depth = header.depth === 'ushort' ? 2 : 1;
  // A progressive JPEG keeps its coefficients, two bytes each, until its last scan.
  const held = format === 'jpeg' ? 2 : depth;
  return !isStriped && pixels * Math.max(channels, 3) * held > MAX_WHOLE_BYTES ? 'too-many-pixels' : null;
}

async function encode(bytes: Buffer): Promise<MadePicture> {
  const largest = WIDTHS.at(-1)!;
  const { data, info } = await sharp(bytes, {
    limitInputPixels: MAX_PIXELS,
    failOn: 'error',
    sequentialRead: true,
  })
    .autoOrient()
    .resize({ width: largest, height: largest * 4, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .timeout({ seconds: SECONDS })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const isOpaque = await opaque(data, raw);
  const widths = [...WIDTHS.filter((width) => width < raw.width), raw.width];
  const versions: MadePicture['versions'] = [];
  for (const width of widths) {
    const resized = sharp(data, { raw }).resize({ width, withoutEnlargement: true });
    const encoded = isOpaque
      ? resized.removeAlpha().jpeg({ quality: 80, mozjpeg: true })
      : resized.png({ compressionLevel: 9, effort: 7 });
    versions.push({ width, bytes: await encoded.timeout({ seconds: SECONDS }).toBuffer() });
  }
  return { ending: isOpaque ? 'jpg' : 'png', width: raw.width, height: raw.height, versions };
}

async function opaque(data: Buffer, raw: { width: number; height: number; channels: number }) {
  if (raw.channels !== 2 && raw.channels !== 4) return true;
  const { isOpaque } = await sharp(data, { raw: raw as CreateRaw }).stats();
  return isOpaque;
}
