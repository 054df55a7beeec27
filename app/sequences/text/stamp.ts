/** What a shop had when a text was taken from it, short enough for a line of the file. */
import { createHash } from 'node:crypto';
import { templateTextSchema, type Template } from '../../messages/blocks.ts';
import type { Plan } from '../plan.ts';
import { formOf } from './form.ts';
import type { SequenceText } from './text.ts';
import { writeText } from './write-text.ts';

/** What can be changed by others in the meantime. */
export interface Standing {
  liveVersion: number | null;
  /** The text of what is live, of the draft; null where there is none. */
  live: string | null;
  draft: string | null;
}

/** "3 a1b2c3d4e5f6": the live version (0: none yet), and a hash over everything. */
export function stampOf({ liveVersion, live, draft }: Standing): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([live, draft]))
    .digest('hex')
    .slice(0, 12);
  return `${liveVersion ?? 0} ${hash}`;
}

/** The version that a stamp names; null where it is no stamp. */
export function versionIn(stamp: string): number | null {
  const [, version] = /^(\d+) [0-9a-f]{12}$/.exec(stamp) ?? [];
  return version === undefined ? null : Number(version);
}

/** What a file says, whenever it was pulled: for comparing. */
export const contentOf = (sequence: SequenceText): string => writeText({ ...sequence, pulled: null });

const HEAD = { key: 'one', name: 'One', pulled: null };

export const isSamePlan = (one: Plan, other: Plan): boolean =>
  writeText({ ...HEAD, plan: one, mails: [] }) === writeText({ ...HEAD, plan: other, mails: [] });

/** The same words in the same language; ids of blocks are an editor's own. */
export const isSameMail = (one: Template, other: Template): boolean =>
  one.key === other.key && one.locale === other.locale && wordsIn(one) === wordsIn(other);

const wordsIn = ({ text }: Template) => JSON.stringify(formOf(templateTextSchema, text));

/** The file with another stamp; everything else, notes of people too, stays as it stands. */
export function stamped(text: string, stamp: string): string {
  const line = `pulled: ${stamp}`;
  if (/^pulled:.*$/m.test(text)) return text.replace(/^pulled:.*$/m, line);
  return text.replace(/^name:.*(?:\n[ \t]+.*)*$/m, (name) => `${name}\n${line}`);
}
