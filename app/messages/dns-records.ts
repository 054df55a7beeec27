/** What DNS answers, for whoever judges it; who asks is handed in. */

/** TXT records at a name, each joined from its pieces: none where there are none. Or the resolver did not answer. */
export type TxtAnswer = { outcome: 'found'; records: readonly string[] } | { outcome: 'unreachable' };

export type Look = (name: string) => Promise<TxtAnswer>;

/** The only one; null where there is none, or more than one. */
export const single = (records: readonly string[]): string | null =>
  records.length === 1 ? (records[0] ?? null) : null;
