/**
 * Voices: the inbox of a million conversations, clocks and breaches; answers to surveys as shoppers give them; and a file of
 * 100,000 reviews that comes in; and what the blocks of the theme cost a product page.
 */
import { onServer } from './engine/server.ts';
import { answers } from './voices/answers.ts';
import { benchInbox } from './voices/inbox.ts';
import { benchImport } from './voices/reviews.ts';
import { widgetPoints } from './voices/widget.ts';

/** @param quick a twentieth of the conversations, a fifth of the reviews */
export async function bench({ quick }: { quick: boolean }): Promise<Record<string, number>> {
  return {
    ...(await onServer(({ db, url }) => benchInbox(db, url, quick))),
    ...(await onServer(({ db, url }) => benchImport(db, url, quick ? 20_000 : 100_000))),
    ...(await answers({ quick })),
    ...(await widgetPoints(quick ? 3 : 5)),
  };
}
