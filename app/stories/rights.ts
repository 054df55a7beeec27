/** What the owner of a story lets the shop do with it. They may take it back at any time; then it is gone at once. */

/** On the shop's pages, in social networks, in paid advertising, in mails to other customers. */
export const USES = ['shop-page', 'social', 'ads', 'mails'] as const;
export type Use = (typeof USES)[number];

/** As it is kept. `asked` may stand beside uses that were granted before. */
export type RightsState = 'none' | 'asked' | 'granted' | 'withdrawn';

export interface Rights {
  rights: RightsState;
  uses: readonly Use[];
  askedUses: readonly Use[];
  /** Null: until they say otherwise. */
  rightsUntil: Date | null;
}

/** How long may be chosen; years, or until they say otherwise. */
export const TERMS = ['open', '1', '2'] as const;
export type Term = (typeof TERMS)[number];

/** What a form asks for; `keep`: as long as was granted before. */
export const ASKED_TERMS = [...TERMS, 'keep'] as const;
export type AskedTerm = (typeof ASKED_TERMS)[number];

/** When a term that begins now ends. */
export function termEnd(term: Term, now: Date): Date | null {
  if (term === 'open') return null;
  const end = new Date(now);
  end.setUTCFullYear(end.getUTCFullYear() + Number(term));
  return end;
}

/** What holds at this moment: `ran-out` once a term has ended. */
export function rightsNow({ rights, uses, rightsUntil }: Rights, now: Date): RightsState | 'ran-out' {
  if (rights === 'withdrawn') return 'withdrawn';
  if (uses.length === 0) return rights === 'asked' ? 'asked' : 'none';
  if (rightsUntil !== null && rightsUntil <= now) return 'ran-out';
  return rights === 'asked' ? 'asked' : 'granted';
}

/** Whether the shop may use it so, now. */
export function mayUse(story: Rights & { state: string }, use: Use, now: Date): boolean {
  if (story.state === 'withdrawn' || story.rights === 'withdrawn') return false;
  return story.uses.includes(use) && (story.rightsUntil === null || story.rightsUntil > now);
}

/** The known ones among what a form holds, each once, in the order of {@link USES}. */
export const usesIn = (sent: readonly string[]): Use[] => USES.filter((use) => sent.includes(use));
