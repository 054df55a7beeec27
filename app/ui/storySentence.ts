/** What became of a customer's story, as a sentence for staff. */
import type { WrittenEntry } from '../customers/timeline.ts';
import { STORY_NAMES, usesInWords } from './storyWords.ts';

/** @throws never: codes of other kinds are an empty sentence */
export function storySentence(entry: WrittenEntry): string {
  switch (entry.code) {
    case 'story-sent':
      return `Sent ${STORY_NAMES[entry.data.kind] ?? 'a story'}`;
    case 'story-shown':
      return 'Their story stands in the gallery';
    case 'story-hidden':
      return 'Their story was taken out of the gallery';
    case 'story-withdrawn':
      return 'Took their story back: it is gone';
    case 'article-made':
      return 'Their guest post became a draft in your blog';
    case 'article-ended':
      return 'The time they granted for their guest post is over: its article was taken out of your blog';
    case 'rights-asked':
      return `Was asked whether the story may be used: ${usesInWords(entry.data.uses)}`;
    case 'rights-granted':
      return entry.data.uses.length === 0
        ? 'Took back what the story could be used for'
        : `Their story may be used: ${usesInWords(entry.data.uses)}`;
    case 'pictures-found':
      return `Found themselves in ${entry.data.pictures === 1 ? 'a picture' : `${entry.data.pictures} pictures`} of ${entry.data.event}`;
    default:
      return '';
  }
}
