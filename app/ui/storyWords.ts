/** Stories, said to the staff. */
import type { Use } from '../stories/rights.ts';
import type { StoryKind, StoryState } from '../stories/story.ts';

export const STORY_NAMES: Record<string, string> = {
  photos: 'photos',
  video: 'a video',
  'before-after': 'a before and after',
  'guest-post': 'a guest post',
  interview: 'answers to an interview',
} satisfies Record<StoryKind, string>;

export const KIND_LABELS: Record<StoryKind, string> = {
  photos: 'Photos',
  video: 'Video',
  'before-after': 'Before and after',
  'guest-post': 'Guest post',
  interview: 'Interview',
};

export const STATE_LABELS: Record<StoryState, string> = {
  new: 'New',
  shown: 'In the gallery',
  hidden: 'Hidden',
  withdrawn: 'Withdrawn',
};

export const USE_LABELS: Record<Use, string> = {
  'shop-page': 'On your shop’s pages',
  social: 'In social networks',
  ads: 'In advertising',
  mails: 'In mails to other customers',
};

export const RIGHTS_LABELS: Record<string, string> = {
  none: 'Nothing granted',
  asked: 'Asked',
  granted: 'Granted',
  'ran-out': 'Ran out',
  withdrawn: 'Taken back',
};

const SHORT: Record<string, string> = {
  'shop-page': 'shop pages',
  social: 'social networks',
  ads: 'advertising',
  mails: 'mails',
} satisfies Record<Use, string>;

/** "shop pages, mails" */
export const usesInWords = (uses: readonly string[]): string =>
  uses.map((use) => SHORT[use] ?? use).join(', ');
