/** Lines of the timeline about conversations, for staff. */
import type { WrittenEntry } from '../customers/timeline.ts';
import { refusalInWords } from './inbox/inboxWords.ts';
import { minutesInWords } from './inbox/paceWords.ts';

const CAME_WITH: Record<string, string> = {
  mail: 'Wrote a mail',
  text: 'Wrote a text message',
  mention: 'Spoke of you in public',
  'referral-complaint': 'Asked for another look at a friend’s order',
};
const SOLVED: Record<string, string> = {
  customer: 'A conversation was settled by what happened',
  time: 'A conversation came to rest by itself',
  auto: 'A conversation was settled by itself',
};

function waitInWords(minutes: number | null): string {
  if (minutes === null) return '';
  return `${Math.round(minutes) < 1 ? ' within a minute' : ` after ${minutesInWords(minutes)}`} of working time`;
}

/** @throws never: codes of other kinds are an empty sentence */
export function conversationSentence(entry: WrittenEntry): string {
  switch (entry.code) {
    case 'conversation-opened':
      return CAME_WITH[entry.data.about] ?? 'A conversation began';
    case 'conversation-answered': {
      const { minutes, late, by } = entry.data;
      const who = by === 'auto' ? 'Was thanked by itself' : 'Was answered';
      return `${who}${waitInWords(minutes)}${late ? ', later than promised' : ''}`;
    }
    case 'conversation-unsent':
      return `The answer did not go out: ${refusalInWords(entry.data.problem)}`;
    case 'conversation-solved':
      return SOLVED[entry.data.by] ?? 'A conversation was solved';
    case 'conversation-helped':
      return `Said how much the answer helped: ${entry.data.score} of 5`;
    default:
      return '';
  }
}
