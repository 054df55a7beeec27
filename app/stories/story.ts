/** What a customer shows: its kinds, what belongs to each, and reading one from a form. */

export const STORY_KINDS = ['photos', 'video', 'before-after', 'guest-post', 'interview'] as const;
export type StoryKind = (typeof STORY_KINDS)[number];

/** new: nobody has decided. shown, hidden: somebody of the shop has. withdrawn: its owner has, for good. */
export const STORY_STATES = ['new', 'shown', 'hidden', 'withdrawn'] as const;
export type StoryState = (typeof STORY_STATES)[number];

export type FileRole = 'picture' | 'before' | 'after' | 'video';

/** A file of the story, by its id in app/files. */
export interface StoryFile {
  id: string;
  role: FileRole;
}

/** A story as its owner sends it. */
export interface NewStory {
  kind: StoryKind;
  title: string | null;
  text: string | null;
  answers: { question: string; answer: string }[];
  files: StoryFile[];
  /** How they want to be named. */
  name: string | null;
}

/** What a form holds, before anything is believed. */
export interface SentStory {
  /** The form: photos covers videos as well. */
  form: 'photos' | 'before-after' | 'guest-post' | 'interview';
  title: string;
  text: string;
  name: string;
  answers: readonly { question: string; answer: string }[];
  files: readonly { id: string; kind: 'picture' | 'video'; field: string }[];
}

const MOST_FILES = 10;
const MOST_TEXT = { title: 120, caption: 2000, post: 20_000, answer: 2000, name: 60 } as const;

/** Why a story cannot be taken as it is. */
export type StoryProblem = 'no-file' | 'too-many-files' | 'two-pictures' | 'no-text' | 'too-long';

/** The story, or what is wrong with it. */
export function readStory(sent: SentStory): NewStory | { problem: StoryProblem } {
  const [title, text, name] = [cleanText(sent.title), cleanText(sent.text), cleanText(sent.name)];
  const answers = sent.answers
    .map(({ question, answer }) => ({ question, answer: cleanText(answer) }))
    .filter(({ answer }) => answer !== '');
  const most = sent.form === 'guest-post' ? MOST_TEXT.post : MOST_TEXT.caption;
  const isLong = (words: string, limit: number) => [...words].length > limit;
  if (isLong(title, MOST_TEXT.title) || isLong(text, most) || isLong(name, MOST_TEXT.name))
    return { problem: 'too-long' };
  if (answers.some(({ answer }) => isLong(answer, MOST_TEXT.answer))) return { problem: 'too-long' };
  if (sent.files.length > MOST_FILES) return { problem: 'too-many-files' };
  const rest = { title: title || null, text: text || null, name: name || null, answers };
  switch (sent.form) {
    case 'photos': {
      if (sent.files.length === 0) return { problem: 'no-file' };
      const hasVideo = sent.files.some(({ kind }) => kind === 'video');
      return { ...rest, kind: hasVideo ? 'video' : 'photos', files: sent.files.map(plainFile), answers: [] };
    }
    case 'before-after': {
      const pair = (['before', 'after'] as const).map((role) => {
        const found = sent.files.find(({ field, kind }) => field === role && kind === 'picture');
        return found ? [{ id: found.id, role }] : [];
      });
      const files = pair.flat();
      if (files.length !== 2) return { problem: 'two-pictures' };
      return { ...rest, kind: 'before-after', files, answers: [] };
    }
    case 'guest-post':
      if (!title || !text) return { problem: 'no-text' };
      return { ...rest, kind: 'guest-post', files: sent.files.map(plainFile), answers: [] };
    case 'interview':
      if (answers.length === 0) return { problem: 'no-text' };
      return { ...rest, kind: 'interview', files: sent.files.map(plainFile) };
  }
}

const plainFile = ({ id, kind }: SentStory['files'][number]): StoryFile => ({
  id,
  role: kind === 'video' ? 'video' : 'picture',
});

/** As typed, without control characters (line breaks stay) and halves of characters. */
export const cleanText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{C}\n\u200c\u200d]/gu, '')
    .trim();
