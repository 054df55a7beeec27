/** Sends a file to /upload/TOKEN in pieces, and goes on by itself when the line breaks (tus 1.0). */
import type { Refusal } from '../files/file.ts';

export interface UploadedFile {
  state: 'stored';
  fileId: string;
  kind: 'picture' | 'video';
  /** In a width for a page, and for a grid. */
  url: string;
  small: string;
  /** The same bytes came before, as this file. */
  sameAs: string | null;
}
export type UploadEnd = UploadedFile | { state: 'refused'; refusal: Refusal | 'unreachable' };

const PIECE = 1024 * 1024;
const TRIES = 7;
/** The server asks to come back later. */
const isBusy = ({ status }: Response) => status === 429 || (status >= 500 && status !== 507);
const TUS = { 'tus-resumable': '1.0.0' };

/** @param onProgress between 0 and 1 */
export async function uploadFile(
  token: string,
  file: Blob,
  onProgress: (part: number) => void = () => {},
): Promise<UploadEnd> {
  const begun = await again(() =>
    fetch(`/upload/${token}`, { method: 'POST', headers: { ...TUS, 'upload-length': String(file.size) } }),
  );
  const place = begun?.headers.get('location');
  if (!begun || !place) return ended(begun);
  for (let offset = 0, failed = 0; offset < file.size;) {
    const sent = await patch(place, offset, file.slice(offset, offset + PIECE));
    const reached = Number(sent?.headers.get('upload-offset') ?? NaN);
    if (sent && !sent.ok && sent.status !== 409 && !isBusy(sent)) return ended(sent);
    if (Number.isFinite(reached)) offset = reached;
    failed = sent?.ok ? 0 : failed + 1;
    if (failed > TRIES) return { state: 'refused', refusal: 'unreachable' };
    if (failed > 0) await pause(failed);
    onProgress(offset / file.size);
  }
  return ended(await again(() => fetch(place)));
}

const pause = (tries: number) => new Promise((resolve) => setTimeout(resolve, 300 * 2 ** tries));

/** Null when nobody answered. */
async function patch(place: string, offset: number, body: Blob): Promise<Response | null> {
  const headers = {
    ...TUS,
    'content-type': 'application/offset+octet-stream',
    'upload-offset': String(offset),
  };
  try {
    return await fetch(place, { method: 'PATCH', headers, body });
  } catch {
    return null;
  }
}

/** Null when nobody answered, however often it was asked. */
async function again(ask: () => Promise<Response>): Promise<Response | null> {
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      const answer = await ask();
      if (!isBusy(answer)) return answer;
    } catch {
      // The line broke.
    }
    await pause(tries);
  }
  return null;
}

async function ended(answer: Response | null): Promise<UploadEnd> {
  const said = (await answer?.json().catch(() => null)) as UploadEnd | null;
  return said?.state === 'stored' || said?.state === 'refused'
    ? said
    : { state: 'refused', refusal: 'unreachable' };
}
