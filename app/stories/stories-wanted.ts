/** What the filters of the Stories page leave, read from its address. */
import type { StoryAsk } from './shown.server.ts';
import { STORY_KINDS, STORY_STATES } from './story.ts';

const RIGHTS = ['granted', 'missing', 'asked'] as const;

export function storiesWanted(query: URLSearchParams): StoryAsk {
  const one = <Word extends string>(words: readonly Word[], name: string) =>
    words.find((word) => word === query.get(name)) ?? null;
  const product = query.get('product') ?? '';
  return {
    state: one(STORY_STATES, 'state'),
    kind: one(STORY_KINDS, 'kind'),
    rights: one(RIGHTS, 'rights'),
    productId: /^\d{1,19}$/.test(product) ? BigInt(product) : null,
    before: query.get('after'),
  };
}
