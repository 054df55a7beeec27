/** What every provider's reader of posted mails takes and says. */
import { createHash } from 'node:crypto';
import type { BroughtMail } from '../../../correspondence/incoming-mail.ts';

export interface Posted {
  header: (name: string) => string | null;
  body: Buffer;
  /** Real time, in milliseconds. */
  nowMs: number;
}

export type PostReading =
  | { outcome: 'mail'; mail: BroughtMail }
  | { outcome: 'forged' }
  /** Signed, and no mail in it; the provider is set up in another way than we need. */
  | { outcome: 'unreadable'; reason: string };

/** Two texts as bytes that can be compared in constant time, whatever their lengths. */
export const sameLength = (a: string, b: string): [Buffer, Buffer] => [digest(a), digest(b)];

const digest = (text: string) => createHash('sha256').update(text).digest();
