/**
 * What goes wrong on purpose.
 *
 * | mode | Admin API | mail, texts | webhooks | database |
 * |---|---|---|---|---|
 * | down | the connection breaks at once | the same | no attempt reaches the app | connections are cut and refused |
 * | slow | the answer takes 3 s | the same | they come up to half an hour late | each answer takes 250 ms |
 * | throttled | status 429, `THROTTLED`, come again in 30 s | "try again later" (451, 429) | – | connections are cut; new ones hear "too many clients" (53300) |
 * | reject | status 500 | refused for good (550, 422) | the event is lost | – |
 * | accept-then-drop | done, but the answer is lost | taken, but the answer is lost | taken, but the answer is lost: tried again | committed, but the answer is lost |
 * | duplicate | – | arrives twice | delivered twice | – |
 * | reorder | – | – | later ones overtake | – |
 *
 * The database is disturbed by relay.ts, for the app alone: what the sandbox itself reads of it is never disturbed.
 */

import { BadInput } from '../bad-input.ts';
import type { State } from '../state/shop.ts';
import type { Fault, FaultMode, FaultTarget } from '../state/traffic.ts';
import { instant } from '../state/zoned.ts';
import type { Faults } from '../types.ts';

const POSSIBLE: Record<FaultTarget, FaultMode[]> = {
  'admin-api': ['down', 'slow', 'throttled', 'reject', 'accept-then-drop'],
  mail: ['down', 'slow', 'throttled', 'reject', 'accept-then-drop', 'duplicate'],
  texts: ['down', 'slow', 'throttled', 'reject', 'accept-then-drop', 'duplicate'],
  webhooks: ['down', 'slow', 'reject', 'accept-then-drop', 'duplicate', 'reorder'],
  database: ['down', 'slow', 'throttled', 'accept-then-drop'],
};

/** How long a slow answer takes, real milliseconds. */
export const SLOW_MS = 3000;

/** Whether this call is to be disturbed, and how. */
export type FaultDice = (target: FaultTarget) => FaultMode | null;

export interface FaultBox extends Faults {
  dice: FaultDice;
  /** Modes that make sense for a target. */
  possible(target: FaultTarget): FaultMode[];
  /** When the app can reach its database again, epoch ms; Infinity: nobody knows; null: it can now. */
  outageEnd(): number | null;
  /** Everything works again. */
  clear(): void;
}

/** @param isRelayed whether the app reaches its database through this sandbox */
export function createFaults(
  state: State,
  now: () => number,
  changed: () => void,
  isRelayed = false,
): FaultBox {
  const possible = (target: FaultTarget) => (target === 'database' && !isRelayed ? [] : POSSIBLE[target]);
  // One that has an end has a beginning as well: a clock that was set back is before both.
  const inForce = () =>
    state.faults.filter(
      ({ since, until }) => until === null || (Date.parse(since) <= now() && now() < Date.parse(until)),
    );
  // The same faults give the same course in every run.
  const random = seeded(20_261_122);

  return {
    possible,
    list: inForce,
    clear() {
      state.faults = [];
      changed();
    },
    set(target, mode, { rate = 1, forMs = null } = {}) {
      if (mode !== 'off' && target === 'database' && !isRelayed) {
        throw new BadInput(
          'target: the app reaches its database without this sandbox, which cannot disturb it',
        );
      }
      if (mode !== 'off' && !possible(target).includes(mode)) {
        throw new BadInput(`mode: ${target} knows ${possible(target).join(', ')} and off, not ${mode}`);
      }
      const others = inForce().filter((f) => f.target !== target);
      const since = instant(now());
      const until = forMs === null ? null : instant(now() + forMs);
      state.faults = mode === 'off' ? others : [...others, { target, mode, rate, since, until }];
      changed();
      return state.faults;
    },
    outageEnd() {
      const fault = inForce().find((f) => f.target === 'database' && f.rate === 1);
      if (fault?.mode !== 'down' && fault?.mode !== 'throttled') return null;
      return fault.until === null ? Infinity : Date.parse(fault.until);
    },
    dice(target) {
      const fault = inForce().find((f) => f.target === target);
      return fault && random() < fault.rate ? fault.mode : null;
    },
  };
}

export function describeFault(fault: Fault): string {
  const share = fault.rate < 1 ? ` (${Math.round(fault.rate * 100)} %)` : '';
  return `${fault.target} ${fault.mode}${share}`;
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
