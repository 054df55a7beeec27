/** Sends a file of reviews in pieces; one that got lost is sent again. */
import { PIECE_BYTES } from '../reviews/import/columns.ts';

export const IMPORT_STATES: Record<string, string> = {
  receiving: 'on its way here',
  received: 'not looked at yet',
  waiting: 'being taken in',
  done: 'taken in',
  failed: 'not taken in',
  undone: 'taken out again',
};

const TRIES = 4;

/** @param onProgress 0…1 */
export async function sendFile(
  file: File,
  onProgress: (part: number) => void,
): Promise<{ id: string } | { problem: string }> {
  const begun = await fetch('/app/reviews/import/begin', {
    method: 'POST',
    body: new URLSearchParams({ name: file.name, bytes: String(file.size) }),
  });
  const answer = (await begun.json()) as { id: string } | { problem: string };
  if ('problem' in answer) return answer;
  for (let n = 0; n * PIECE_BYTES < file.size; n++) {
    const body = file.slice(n * PIECE_BYTES, (n + 1) * PIECE_BYTES);
    if (!(await sendPiece(`/app/reviews/import/${answer.id}/pieces?n=${n}`, body)))
      return { problem: 'The connection was lost. Choose the file again.' };
    onProgress(Math.min(1, ((n + 1) * PIECE_BYTES) / file.size));
  }
  return answer;
}

async function sendPiece(url: string, body: Blob): Promise<boolean> {
  for (let tried = 0; tried < TRIES; tried++) {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/octet-stream' },
      });
      if (answer.ok) return true;
      if (answer.status < 500 && answer.status !== 429) return false;
    } catch {
      // The network is gone for a moment.
    }
    await new Promise((resolve) => setTimeout(resolve, 1000 * 2 ** tried));
  }
  return false;
}
