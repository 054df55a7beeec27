/** Words of the inbox, in English as all of the admin. */
import type { Stage } from '../../customers/customer.ts';
import { STAGE_WORDS } from '../stageWords.ts';
import type { EntryData } from '../../conversations/conversation.ts';
import type { View } from '../../conversations/views.ts';
import type { Clock } from '../../conversations/matters.ts';
import type { ReplyProblem } from '../../conversations/replying.ts';
import type { ReplyChannel, VoiceKind } from '../../conversations/voice.ts';

export const VIEW_LABELS: Readonly<Record<View, string>> = {
  'to-answer': 'To answer',
  late: 'Late',
  mine: 'Mine',
  unassigned: 'Nobody’s',
  open: 'Open',
  snoozed: 'Asleep',
  solved: 'Solved',
  all: 'Everything',
};

export const EMPTY_VIEWS: Readonly<Record<View, string>> = {
  'to-answer': 'Everybody has an answer. What customers say next comes here, the most urgent first.',
  late: 'Nothing is late.',
  mine: 'Nothing is yours at the moment.',
  unassigned: 'Everything that is open is somebody’s.',
  open: 'Nothing is open.',
  snoozed: 'Nothing sleeps.',
  solved: 'Nothing has been solved yet.',
  all: 'Nobody has said anything yet. Answers with a comment, reviews, mails and missed parcels come here.',
};

export const KIND_LABELS: Readonly<Record<VoiceKind, string>> = {
  answer: 'Answer',
  review: 'Review',
  story: 'Story',
  question: 'Question',
  mail: 'Mail',
  text: 'Text message',
  'not-arrived': 'It has not arrived',
  'referral-complaint': 'About a friend’s code',
  mention: 'Mention',
};

export const CLOCK_LABELS: Readonly<Record<Clock, string>> = {
  complaint: 'Complaints',
  review: 'Reviews',
  question: 'Questions',
  message: 'Messages',
  praise: 'Praise',
};

export const CHANNEL_LABELS: Readonly<Record<ReplyChannel, string>> = {
  mail: 'by mail',
  text: 'by text message',
  review: 'in public, under the review',
  question: 'in public, under the question',
  social: 'where it was posted',
  none: 'by hand',
};

const PROBLEMS: Readonly<Record<ReplyProblem, string>> = {
  empty: 'Write something first',
  'too-long': 'It is too long for this channel. Shorten it, nothing has been sent',
  erased: 'This customer has been erased: nobody can be written to any more',
  'no-address': 'Nobody knows an address to answer to',
  'answered-meanwhile': 'Somebody else has answered meanwhile. Read it first',
  merged: 'This conversation was joined with another one',
};
export const replyProblemInWords = (problem: ReplyProblem): string => PROBLEMS[problem];

const STATE_LABELS: Readonly<Record<string, string>> = {
  'to-send': 'on its way',
  sending: 'on its way',
  sent: 'sent',
  'by-hand': 'to be posted by hand',
  refused: 'not sent',
};

/** What became of an answer on its way. @param problem why it has not gone out, if that is known */
export function sentInWords(state: string, problem: string | null): string {
  const label = STATE_LABELS[state] ?? state;
  if (problem === null) return label;
  return state === 'refused'
    ? `${label}: ${refusalInWords(problem)}`
    : `${label}: the other side does not answer at the moment, it is tried again`;
}

const text = (value: EntryData[string]) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** A happening as a sentence. */
export function happenedInWords(data: EntryData, who: string | null): string {
  const by = who ? ` by ${who}` : '';
  switch (data.code) {
    case 'late':
      return 'The promised time was over, and nobody had answered';
    case 'escalated':
      return `Passed on to ${text(data['to'])}`;
    case 'cued':
      return `Passed on to ${text(data['to'])}: ${text(data['why'])}`;
    case 'hurried':
      return `First in line, as ${STAGE_WORDS[text(data['stage']) as Stage] ?? 'somebody close'}: to be answered in ${text(data['pace'])} % of the usual time`;
    case 'overdue':
      return 'It should have been settled by now';
    case 'not-sent':
      return `The answer did not go out: ${refusalInWords(text(data['problem']))}. They still wait`;
    case 'woken':
      return 'Awake again';
    case 'solved':
      return `Solved${by}`;
    case 'reopened':
      return `Taken up again${by}`;
    case 'assigned':
      return data['to'] ? `Given to ${text(data['to'])}${by}` : `Taken from whoever had it${by}`;
    case 'snoozed':
      return `Asleep${by}`;
    case 'merged':
      return `Joined with what else was about it${by}`;
    case 'split':
      return `Parted in two${by}`;
    case 'withdrawn':
      return 'They took it back: its words and pictures are gone';
    case 'changed':
      if (!data['before']) return 'They changed what they had said';
      return `They changed what they had said. Before: “${text(data['before'])}”`;
    case 'helped':
      return `Did it help? They gave ${text(data['score'])} of 5`;
    default:
      return text(data.code);
  }
}

/** Why an answer did not go. */
export function refusalInWords(problem: string): string {
  switch (problem) {
    case 'erased':
      return 'the customer has been erased';
    case 'no-address':
    case 'no-such-address':
      return 'the address does not exist';
    case 'no-answer':
      return 'the other side has not said whether it took it';
    case 'provider-unavailable':
      return 'the other side has not answered for days';
    case 'provider-refused':
      return 'the mail server has refused it';
    case 'perhaps-posted':
      return 'nobody has said whether it was taken: look whether it stands there';
    case 'gone':
      return 'the post is not there any more';
    case 'signed-out':
    case 'may-not':
      return 'the account has to be connected again, in Settings under Channels';
    case 'too-long':
      return 'it is longer than the network takes';
    case 'question-gone':
      return 'the question is not there any more';
    case 'suppressed':
      return 'this address is not written to: it does not exist, or it has complained';
    case 'address-unknown':
      return 'the mail server does not know this address';
    case 'review-gone':
      return 'the review is not there any more';
    default:
      return 'it was not taken';
  }
}
