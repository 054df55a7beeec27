/** Why a file was not taken, said to the staff. */
import type { Refusal } from '../files/file.ts';

const SENTENCES: Record<Refusal | 'unreachable', string> = {
  empty: 'This file is empty.',
  'too-large': 'This file is too large: pictures may have 25 MB, videos 200 MB.',
  svg: 'This is a drawing (SVG), which mail programs do not show. Save it as PNG or JPEG.',
  heic: 'This is a HEIC photo, which most programs do not show. Save it as JPEG.',
  unknown: 'This is neither a picture nor a video. JPEG, PNG, WebP, GIF and AVIF can be taken.',
  'too-many-pixels': 'This picture has too many pixels. 50 million are the most.',
  broken: 'This file is damaged: it cannot be opened.',
  'video-kind': 'Videos can be taken as MP4 or MOV.',
  'no-video': 'Only pictures can stand here.',
  full: 'The space for pictures and videos is used up. Delete some that you no longer show.',
  'too-many': 'Enough for today: more files can be sent in tomorrow.',
  unreachable: 'The line broke. Try again in a moment.',
};

export const refusalInWords = (refusal: Refusal | 'unreachable'): string => SENTENCES[refusal];
