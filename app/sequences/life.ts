/** What a simulation knows while it lives through one customer's past. */
import type { Handed } from '../messages/budget.ts';
import type { permission } from '../messages/permission.ts';
import type { Agenda } from './agenda.ts';
import type { Listening } from './candidates.ts';
import type { Standing } from './decide.ts';
import type { placeIn } from './move.ts';
import type { Ranked } from '../messages/rank.ts';
import type { About, Asked } from './past-facts.ts';
import type { Past, World } from './past.ts';
import type { Happened } from './sequence.ts';
import type { Tally } from './tally.ts';

/** Somebody inside, in this telling of the past. */
export interface Inside extends About {
  sequence: Listening;
  standing: Standing;
  startedAt: Date;
  state: 'open' | 'ended';
  /** Of several looks on the agenda only the one with this number counts. */
  look: number;
  listens: boolean;
  /** The night has moved the wait before the next message: when that would have gone. */
  nominal: Date | null;
}

export interface Letter extends Asked {
  of: Inside;
  step: string;
  /** When it would have gone without nights and budgets. */
  nominal: Date;
  /** As drawn; and the place among all of this life. */
  rank: Ranked;
  /** Sent, left out or cancelled. */
  isSettled: boolean;
  /** What stood in its way first. */
  because: string | null;
}

export type Item =
  | { kind: 'happened'; happened: Happened }
  | { kind: 'turning-point' }
  | { kind: 'published'; publishing: Publishing }
  | { kind: 'look'; inside: Inside; number: number }
  | { kind: 'letter'; letter: Letter };

/** Newer versions that go live in the middle of it: newcomers get them, those inside stay in theirs or move. */
export interface Publishing {
  at: Date;
  /** All that listen from then on. */
  sequences: readonly Listening[];
  inside: 'stay' | 'move';
}

/** How a life is told otherwise than as it was; tests put other rules in place of the real ones. */
export interface Telling {
  /** Asked for every message. */
  judge?: typeof permission;
  publishings?: readonly Publishing[];
  /** Where somebody who moves goes on. */
  place?: typeof placeIn;
  /** A step that has a message gets no second one, as the outbox has it. */
  isKnown?: (letters: readonly Letter[], of: Inside, step: string) => boolean;
  onSent?: (letter: Letter, at: Date) => void;
}

/** One customer's life. */
export interface Life extends Required<Omit<Telling, 'publishings'>> {
  world: World;
  past: Past;
  tally: Tally;
  /** That listen now. */
  sequences: readonly Listening[];
  agenda: Agenda<Item>;
  inside: Inside[];
  letters: Letter[];
  /** Asks and offers of these that wait, be it because permission has moved them. */
  waiting: Letter[];
  /** Asks and offers so far. */
  handed: Handed[];
  /** Everything that was sent, by whomever. */
  sent: { at: Date; isOurs: boolean }[];
  codeAt: Date | null;
  /** What made an enrollment one. */
  subjects: Set<string>;
}
