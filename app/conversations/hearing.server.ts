/** Hearing, with everything that follows from it in the same transaction. */
import type { SqlTx } from '../db.server.ts';
import { hearVoices } from './hear.server.ts';
import type { Voice } from './voice.ts';

/**
 * Takes what customers have said. Each voice is heard once by its source; what belongs to a matter that is open goes on with
 * it, everything else opens a conversation whose clock begins.
 * @returns ids of the conversations that were opened or went on, in the order of the voices that were news
 */
export async function hear(tx: SqlTx, voices: readonly Voice[], now: Date): Promise<string[]> {
  const heard = await hearVoices(tx, voices, now);
  return heard.map(({ conversation }) => conversation.id);
}
