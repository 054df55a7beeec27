/** What uploads are answered with: the headers of tus 1.0, and a refusal by its code. */
import { MAX_VIDEO_BYTES, type Refusal } from './files/file.ts';

export const TUS = { 'tus-resumable': '1.0.0', 'cache-control': 'no-store' } as const;

export const tusOptions = (): Response =>
  new Response(null, {
    status: 204,
    headers: {
      ...TUS,
      'tus-version': '1.0.0',
      'tus-extension': 'creation',
      'tus-max-size': String(MAX_VIDEO_BYTES),
    },
  });

/** 413 where it is too much, 429 for today, 415 for what is no picture or video that is taken. */
const STATUS: Partial<Record<Refusal, number>> = { 'too-large': 413, full: 507, 'too-many': 429 };

export const refusedUpload = (refusal: Refusal): Response =>
  Response.json({ state: 'refused', refusal }, { status: STATUS[refusal] ?? 415, headers: TUS });
