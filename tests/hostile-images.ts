/** Sixty and more pictures that mean harm, made by code; each says what has to become of it. */
import { deflateSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import type { Refusal } from '../app/files/file.ts';

export interface HostileImage {
  name: string;
  bytes: Buffer;
  /** 'clean': a picture comes of it, with nothing in it but pixels. */
  becomes: 'clean' | Refusal | readonly ('clean' | Refusal)[];
}

/** Stands in everything that must not come through: places, scripts, second files. */
export const MARK = 'HOSTILE-48.8584N-2.2945E';
const MARKED = `<script>alert('${MARK}')</script>`;

type Format = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif';
const FORMATS: readonly Format[] = ['jpeg', 'png', 'webp', 'gif', 'avif'];

const plain = (width = 64, height = 48) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 80, b: 40 } } });

export async function hostileImages(): Promise<HostileImage[]> {
  const base = Object.fromEntries(
    await Promise.all(FORMATS.map(async (format) => [format, await plain()[format]().toBuffer()])),
  ) as Record<Format, Buffer>;
  return [
    ...(await withPlaces(base)),
    ...polyglots(base),
    ...scripts(),
    ...(await bombs()),
    ...cutOff(base),
    ...pretenders(base),
  ];
}

/** Where it was taken, in every place that formats have for it. */
async function withPlaces(base: Record<Format, Buffer>): Promise<HostileImage[]> {
  const exif = {
    IFD0: { Artist: MARK, Orientation: '6' },
    IFD3: {
      GPSLatitude: '48/1 51/1 30/1',
      GPSLatitudeRef: 'N',
      GPSLongitude: '2/1 17/1 40/1',
      GPSAreaInformation: MARK,
    },
  };
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="${MARK}"/></rdf:RDF></x:xmpmeta>`;
  const made = await Promise.all(
    (['jpeg', 'png', 'webp', 'avif'] as const).flatMap((format) => [
      plain()
        [format]()
        .withExif(exif)
        .toBuffer()
        .then((bytes) => clean(`exif.${format}`, bytes)),
      plain()
        [format]()
        .withXmp(xmp)
        .toBuffer()
        .then((bytes) => clean(`xmp.${format}`, bytes)),
    ]),
  );
  const iptc = Buffer.concat([Buffer.from('Photoshop 3.0\0'), Buffer.from(MARK)]);
  return [
    ...made,
    clean('comment.jpeg', segment(base.jpeg, 0xfe, Buffer.from(MARKED))),
    clean('iptc.jpeg', segment(base.jpeg, 0xed, iptc)),
    clean('unknown-segment.jpeg', segment(base.jpeg, 0xef, Buffer.from(MARKED))),
    clean('text.png', chunk(base.png, 'tEXt', Buffer.from(`Comment\0${MARKED}`))),
    clean('unknown-chunk.png', chunk(base.png, 'haRm', Buffer.from(MARKED))),
    clean('comment.gif', gifComment(base.gif)),
  ];
}

/** One file, two meanings. */
function polyglots(base: Record<Format, Buffer>): HostileImage[] {
  const tails = {
    zip: `PK\x03\x04${MARK}`,
    pdf: `%PDF-1.7 ${MARK}`,
    php: `<?php echo '${MARK}'; ?>`,
  };
  return [
    ...FORMATS.map((format) =>
      clean(`html-behind.${format}`, Buffer.concat([base[format], Buffer.from(MARKED)])),
    ),
    ...Object.entries(tails).map(([kind, tail]) =>
      clean(`${kind}-behind.jpeg`, Buffer.concat([base.jpeg, Buffer.from(tail, 'latin1')])),
    ),
    clean('two-pictures.png', Buffer.concat([base.png, base.jpeg, Buffer.from(MARK)])),
    image('script-and.gif', Buffer.from(`GIF89a/*${MARK}*/=1;alert(1)`), 'broken'),
    image(
      'html-in-head.jpeg',
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(MARKED)]),
      'broken',
    ),
    image('bmp-and-script', Buffer.from(`BM=/*${MARK}*/alert(1)//`), 'unknown'),
  ];
}

/** Pictures that are programs. */
function scripts(): HostileImage[] {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert('${MARK}')"><script>alert(1)</script></svg>`;
  const entities = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><svg>&b;</svg>`;
  return [
    image('plain.svg', Buffer.from(svg), 'svg'),
    image('prolog.svg', Buffer.from(`<?xml version="1.0"?>${svg}`), 'svg'),
    image('bom.svg', Buffer.from(`\ufeff<?xml version="1.0"?>${svg}`), 'svg'),
    image('spaces.svg', Buffer.from(`${' '.repeat(80)}\n${svg}`), 'svg'),
    image('comment.svg', Buffer.from(`<!-- a photo -->${svg}`), 'svg'),
    image('capitals.svg', Buffer.from(svg.replace('<svg', '<SVG')), 'svg'),
    image('prefix.svg', Buffer.from(svg.replace('<svg', '<svg:svg')), 'svg'),
    image('entities.svg', Buffer.from(entities), 'svg'),
    image('far-behind.svg', Buffer.from(`<!--${'-'.repeat(900)}-->${svg}`), 'unknown'),
    image('utf16.svg', Buffer.from(`\ufeff${svg}`, 'utf16le'), 'unknown'),
    image('svgz', gzipSync(svg), 'unknown'),
    image(
      'mvg',
      Buffer.from(`push graphic-context\nviewbox 0 0 1 1\nimage over 0,0 0,0 'https://x/${MARK}'`),
      'unknown',
    ),
    image('postscript', Buffer.from('%!PS\n(/etc/passwd) (r) file'), 'unknown'),
    image('html', Buffer.from(`<!doctype html>${MARKED}`), 'unknown'),
  ];
}

/** Small to send, large to open. */
async function bombs(): Promise<HostileImage[]> {
  const wide = await plain(8000, 6000).jpeg({ progressive: true }).toBuffer();
  const striped = await plain(8000, 6000).jpeg().toBuffer();
  const bytes = deflateSync(Buffer.alloc(60_000_000));
  const small = await plain().png().toBuffer();
  return [
    image('50000x50000.png', pngOf(50_000, 50_000), 'too-many-pixels'),
    image('65500x65500.jpeg', jpegHead(65_500, 65_500), ['too-many-pixels', 'broken']),
    image('65535x65535.gif', gifHead(65_535, 65_535), ['too-many-pixels', 'broken']),
    image('2000000x1.png', pngOf(2_000_000, 1), 'too-many-pixels'),
    image('1x31000.png', pngOf(1, 31_000), 'too-many-pixels'),
    image('0x0.png', pngOf(0, 0), 'broken'),
    image('48-million-progressive.jpeg', wide, 'too-many-pixels'),
    clean('48-million.jpeg', striped),
    image('16000x3000.webp', await plain(16_000, 3_000).webp({ effort: 0 }).toBuffer(), 'too-many-pixels'),
    image(
      '48-million-interlaced.png',
      await plain(8000, 6000).png({ progressive: true }).toBuffer(),
      'too-many-pixels',
    ),
    image('text-bomb.png', chunk(small, 'zTXt', Buffer.concat([Buffer.from('Comment\0\0'), bytes])), [
      'clean',
      'broken',
    ]),
    image('profile-bomb.png', chunk(small, 'iCCP', Buffer.concat([Buffer.from('p\0\0'), bytes])), [
      'clean',
      'broken',
    ]),
    image('many-frames.gif', await manyFrames(), 'clean'),
  ];
}

/** Less than there should be. */
function cutOff(base: Record<Format, Buffer>): HostileImage[] {
  return [
    image('empty', Buffer.alloc(0), 'empty'),
    image('one-byte', Buffer.from([0xff]), 'unknown'),
    ...FORMATS.flatMap((format) => [
      image(`half.${format}`, base[format].subarray(0, base[format].length * 0.6), 'broken'),
      image(`head-only.${format}`, base[format].subarray(0, 24), 'broken'),
    ]),
  ];
}

/** Not what they say. */
function pretenders(base: Record<Format, Buffer>): HostileImage[] {
  const noise = Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 251));
  const starts: Record<string, Buffer> = {
    jpeg: Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
    png: base.png.subarray(0, 8),
    webp: base.webp.subarray(0, 12),
    gif: Buffer.from('GIF89a'),
    avif: base.avif.subarray(0, 32),
  };
  return [
    ...Object.entries(starts).map(([format, start]) =>
      image(`noise.${format}`, Buffer.concat([start, noise]), 'broken'),
    ),
    image('iphone.heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'heic'),
    image('tiff', Buffer.from(`II*\0\x08\0\0\0${MARK}`, 'latin1'), 'unknown'),
    image('windows.exe', Buffer.from(`MZ${MARK}`), 'unknown'),
    image('archive.zip', Buffer.from(`PK\x03\x04${MARK}`, 'latin1'), 'unknown'),
    image('paper.pdf', Buffer.from('%PDF-1.7'), 'unknown'),
    image('matroska', Buffer.from('\x1aE\xdf\xa3webm', 'latin1'), 'video-kind'),
  ];
}

const image = (name: string, bytes: Buffer, becomes: HostileImage['becomes']): HostileImage => ({
  name,
  bytes,
  becomes,
});
const clean = (name: string, bytes: Buffer) => image(name, bytes, 'clean');

/** A segment behind the first marker of a JPEG. */
function segment(jpeg: Buffer, marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255]);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

/** A chunk behind the head of a PNG. */
function chunk(png: Buffer, type: string, body: Buffer): Buffer {
  const head = 8 + 25;
  return Buffer.concat([png.subarray(0, head), pngChunk(type, body), png.subarray(head)]);
}

function pngChunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), body]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A PNG that announces any size, with the first line of it. */
function pngOf(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const data = deflateSync(Buffer.alloc(Math.min(width * 3 + 1, 200_000)));
  return Buffer.concat([
    signature,
    pngChunk('IHDR', head),
    pngChunk('IDAT', data),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

const low = (number: number) => [number & 255, number >> 8];

const jpegHead = (width: number, height: number): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255, 3]),
    Buffer.from([1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 0xff, 0xd9]),
  ]);

const gifHead = (width: number, height: number): Buffer =>
  Buffer.concat([
    Buffer.from('GIF89a'),
    Buffer.from([...low(width), ...low(height), 0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
    Buffer.from([0x2c, 0, 0, 0, 0, ...low(width), ...low(height), 0, 2, 2, 0x44, 1, 0, 0x3b]),
  ]);

const gifComment = (gif: Buffer): Buffer => {
  const body = Buffer.from(MARK);
  const end = gif.length - 1;
  return Buffer.concat([
    gif.subarray(0, end),
    Buffer.from([0x21, 0xfe, body.length]),
    body,
    Buffer.from([0, 0x3b]),
  ]);
};

async function manyFrames(): Promise<Buffer> {
  const frames = 300;
  const raw = Buffer.alloc(64 * 64 * frames * 3);
  for (let i = 0; i < raw.length; i++) raw[i] = (i * 31 + ((i / (64 * 64 * 3)) | 0) * 17) & 255;
  return sharp(raw, { raw: { width: 64, height: 64 * frames, channels: 3, pageHeight: 64 } })
    .gif({ effort: 1 })
    .toBuffer();
}
