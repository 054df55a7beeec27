/** Time passes from due moment to due moment, as it would have. */

import { setTimeout as pause } from 'node:timers/promises';
import { BadInput } from '../bad-input.ts';
import type { Deliveries } from '../webhooks/deliveries.ts';
import { instant } from '../state/zoned.ts';
import type { Clock } from '../types.ts';
import type { Due, DueReader } from './due.ts';
import type { Offset } from './offset.ts';
import type { Work } from './work.ts';

const POLL_MS = 10;
/** Nothing has moved for so long: something is stuck. */
const STUCK_MS = 60_000;
const CENTURY = 100 * 365 * 86_400_000;

export interface ClockParts {
  offset: Offset;
  due: DueReader;
  deliveries: Deliveries;
  work: Work;
  upcoming: Clock['upcoming'];
  stuckMs?: number;
}

export function createClock(parts: ClockParts): Clock {
  const { offset, due, deliveries, work } = parts;
  const patience = parts.stuckMs ?? STUCK_MS;
  let turn: Promise<unknown> = Promise.resolve();

  /** Resolves with the next due moment once nothing is due any more. */
  async function settle(): Promise<number | null> {
    let seen = '';
    let movedAt = Date.now();
    for (;;) {
      deliveries.tick();
      const before = activity();
      const state = await due.read();
      if (isIdle(state) && before === activity()) return earliest(state.next, deliveries.nextDue());
      const picture = await pictureOf(state);
      if (picture !== seen) {
        seen = picture;
        movedAt = Date.now();
      } else if (Date.now() - movedAt > patience) {
        throw new Error(
          `nothing has moved for ${Math.round(patience / 1000)} s; stuck: ${await whatIsStuck()}`,
        );
      }
      await pause(POLL_MS);
    }
  }

  function isIdle(state: Due): boolean {
    const overdue = state.next !== null && state.next <= offset.now();
    return !overdue && state.jobs === 0 && deliveries.busy() === 0 && work.list().length === 0;
  }

  const activity = () => `${deliveries.activity()} ${deliveries.busy()} ${work.count()}`;

  /** Two equal pictures mean that nothing happened in between. Looked at in detail once a second at most. */
  let detail = { at: 0, text: '' };
  async function pictureOf(state: Due): Promise<string> {
    if (Date.now() - detail.at > 1000) {
      detail = { at: Date.now(), text: (await due.explain(offset.now())).join() };
    }
    return `${state.next} ${state.jobs} ${activity()} ${detail.text}`;
  }

  async function whatIsStuck(): Promise<string> {
    const lines = await due.explain(offset.now());
    if (deliveries.busy() > 0) lines.push(`${deliveries.busy()} webhooks under way`);
    return [...lines, ...work.list()].join('; ') || 'nothing that could be named';
  }

  async function moveTo(target: number): Promise<void> {
    if (!Number.isFinite(target) || Math.abs(target - Date.now()) > CENTURY)
      throw new BadInput('to: a moment within a century');
    if (target < offset.now()) offset.set(target);
    for (;;) {
      const next = await settle();
      if (next === null || next > target) break;
      if (next > offset.now()) offset.set(next);
    }
    if (target > offset.now()) offset.set(target);
    await settle();
  }

  return {
    now: offset.now,
    iso: () => instant(offset.now()),
    async settle() {
      await settle();
    },
    /** One after the other: two hands on one clock would pull it apart. */
    moveTo(target) {
      const mine = turn.then(() => moveTo(target));
      turn = mine.catch(() => {});
      return mine;
    },
    upcoming: parts.upcoming,
  };
}

function earliest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
