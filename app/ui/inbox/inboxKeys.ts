/** The keys of the inbox, as they are pressed and as the list of them says it. */

type Deed =
  'down' | 'up' | 'open' | 'back' | 'reply' | 'note' | 'tag' | 'assign' | 'snooze' | 'done' | 'help';

/** What shows them. */
export const KEYS_BUTTON = 'keys';

/** While nobody types. */
export const READING: readonly { key: string; deed: Deed; does: string }[] = [
  { key: 'j', deed: 'down', does: 'the next conversation' },
  { key: 'k', deed: 'up', does: 'the one before' },
  { key: 'o', deed: 'open', does: 'opens it' },
  { key: 'u', deed: 'back', does: 'back to the list' },
  { key: 'r', deed: 'reply', does: 'answers' },
  { key: 'n', deed: 'note', does: 'writes a note' },
  { key: 'a', deed: 'assign', does: 'gives it to somebody' },
  { key: 't', deed: 'tag', does: 'says what it is about' },
  { key: 'z', deed: 'snooze', does: 'lets it sleep' },
  { key: 'e', deed: 'done', does: 'solves it' },
  { key: '?', deed: 'help', does: 'shows these keys' },
];

/** In the field of the answer, by the button that they press. */
export const WRITING = {
  answer: { button: 'answer-and-solve', keys: 'Ctrl or ⌘ and Enter', does: 'answers and solves' },
  note: { button: 'keep-note', keys: 'Ctrl or ⌘, Shift and Enter', does: 'keeps it as a note' },
  leave: { button: null, keys: 'Escape', does: 'leaves the field' },
} as const;
