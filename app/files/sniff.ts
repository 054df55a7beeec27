/** What bytes are, whatever their name says. */

export type Sniffed =
  | { kind: 'picture'; format: 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' }
  | { kind: 'video' }
  | { kind: 'refused'; refusal: 'empty' | 'svg' | 'heic' | 'video-kind' | 'unknown' };

/** As many bytes from the beginning as {@link sniff} wants to see. */
export const SNIFF_BYTES = 512;

const HEIC = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/;
const MP4 = /^(isom|iso[2-9a-c]|mp4[12v]|M4V |M4VH|M4VP|avc1|qt  |3gp[4-9]|3g2[abc]|MSNV|mmp4|dash|XAVC)$/;

/** Matroska and WebM, Ogg, MPEG program streams, FLV, Windows Media. */
const OTHER_VIDEOS = ['\x1aE\xdf\xa3', 'OggS', '\0\0\x01\xba', 'FLV\x01', '0&\xb2u\x8ef\xcf\x11'];

/** @param head the first {@link SNIFF_BYTES} bytes, or all there are */
export function sniff(head: Uint8Array): Sniffed {
  if (head.length === 0) return refused('empty');
  const text = latin1(head);
  if (text.startsWith('\xff\xd8\xff')) return { kind: 'picture', format: 'jpeg' };
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return { kind: 'picture', format: 'png' };
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return { kind: 'picture', format: 'gif' };
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return { kind: 'picture', format: 'webp' };
  if (text.slice(4, 8) === 'ftyp') return byBrands(text);
  if (OTHER_VIDEOS.some((start) => text.startsWith(start)) || text.slice(8, 12) === 'AVI ')
    return refused('video-kind');
  if (/<svg[\s>:]/i.test(text) || /^(\xef\xbb\xbf)?\s*<\?xml/.test(text)) return refused('svg');
  return refused('unknown');
}

/** Nothing that is looked at: it may be a paper (document.ts). */
export const isNoPicture = (looked: Sniffed): boolean =>
  looked.kind === 'refused' && (looked.refusal === 'unknown' || looked.refusal === 'svg');

/** ISO base media files say what they are by a brand, and by those that they are compatible with. */
function byBrands(text: string): Sniffed {
  const size = Math.min(text.length, bigEndian(text));
  const major = text.slice(8, 12);
  const all = [major];
  for (let at = 16; at + 4 <= size; at += 4) all.push(text.slice(at, at + 4));
  if (major === 'avif' || (major === 'mif1' && all.includes('avif')))
    return { kind: 'picture', format: 'avif' };
  if (HEIC.test(major)) return refused('heic');
  return all.some((brand) => MP4.test(brand)) ? { kind: 'video' } : refused('video-kind');
}

const bigEndian = (text: string): number =>
  ((text.charCodeAt(0) << 24) |
    (text.charCodeAt(1) << 16) |
    (text.charCodeAt(2) << 8) |
    text.charCodeAt(3)) >>>
  0;

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, SNIFF_BYTES));

const refused = (refusal: Extract<Sniffed, { kind: 'refused' }>['refusal']): Sniffed => ({
  kind: 'refused',
  refusal,
});
