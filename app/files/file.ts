/** What is kept of a picture or a video, and why one is refused. */

/** For whom a file was sent in: who may send how much, and what becomes of it, hangs on it. */
export const PURPOSES = ['story', 'review', 'mail', 'event', 'import'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** A picture or a video as it is kept: re-encoded, under a name that nobody can guess. */
export interface StoredFile {
  shopId: bigint;
  id: string;
  /** 128 bits of chance; part of its address. */
  name: string;
  kind: 'picture' | 'video';
  /** jpg | png | mp4 */
  ending: string;
  /** Pixels, after turning it upright; of videos null where their container does not say. */
  width: number | null;
  height: number | null;
  /** Widths in pixels that a picture is kept in, ascending; empty for videos. */
  widths: number[];
  /** Bytes in all. */
  bytes: number;
}

/**
 * Why a file is not taken. empty: 0 bytes. too-large: more bytes than may be.
 * svg, heic: known and never taken. unknown: no picture and no video. too-many-pixels: it would not fit into memory.
 * broken: it cannot be decoded. video-kind: a video, but not MP4 or MOV. no-video: this place takes pictures only.
 * full: the shop's space is used up. too-many: this person has sent enough for one day.
 */
export type Refusal =
  | 'empty'
  | 'too-large'
  | 'svg'
  | 'heic'
  | 'unknown'
  | 'too-many-pixels'
  | 'broken'
  | 'video-kind'
  | 'no-video'
  | 'full'
  | 'too-many';

/** Bytes of a file as it is sent in. */
export const MAX_PICTURE_BYTES = 25 * 1024 * 1024;
export const MAX_VIDEO_BYTES = 200 * 1024 * 1024;

/** What one person, or one member of the staff, may send in within a day. */
export const MAX_FILES_A_DAY: Record<Purpose, number> = {
  story: 30,
  review: 30,
  mail: 500,
  event: 1000,
  import: 100_000,
};

/** Places that take videos beside pictures. */
const TAKES_VIDEO: Record<Purpose, boolean> = {
  story: true,
  review: true,
  mail: true,
  event: false,
  import: true,
};

export const takesVideo = (purpose: Purpose): boolean => TAKES_VIDEO[purpose];

/** Widths that pictures are kept in: a grid, a page, a large screen. Never larger than the picture itself. */
export const WIDTHS = [320, 800, 1600] as const;

/** Where files are served: https://files.example.com, or the app's own address. */
export type FilesOrigin = string;

/** The address of a picture in the smallest kept width that is at least `width`; of a video its own. */
export function fileUrl(
  origin: FilesOrigin,
  file: Pick<StoredFile, 'name' | 'kind' | 'ending' | 'widths'>,
  width: number = WIDTHS[1],
): string {
  if (file.kind === 'video') return `${origin}/files/${file.name}/video.${file.ending}`;
  const chosen = file.widths.find((each) => each >= width) ?? file.widths.at(-1);
  return `${origin}/files/${file.name}/${chosen}.${file.ending}`;
}

/** `srcset` of a picture: every width it is kept in. Empty for videos. */
export const fileSrcset = (
  origin: FilesOrigin,
  file: Pick<StoredFile, 'name' | 'kind' | 'ending' | 'widths'>,
): string => file.widths.map((width) => `${fileUrl(origin, file, width)} ${width}w`).join(', ');
