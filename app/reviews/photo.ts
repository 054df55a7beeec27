/** Pictures of reviews that other apps have collected; adapters/webhooks fetches them. */

export type FetchedPicture =
  | { outcome: 'found'; body: AsyncIterable<Uint8Array> }
  /** It may work another time. */
  | { outcome: 'later' }
  | { outcome: 'failed'; reason: string };

export type FetchPicture = (url: string) => Promise<FetchedPicture>;

/** Tries, each four times as long after the last one. */
export const FETCH_TRIES = 5;
