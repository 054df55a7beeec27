/** Time passes from due moment to due moment, as it would have. */

import { setTimeout as pause } from 'node:timers/promises';
import { BadInput } from '../bad-input.ts';
import { instant } from '../state/zoned.ts';
import type { Clock, Upcoming } from '../types.ts';
import type { Deliveries } from '../webhooks/deliveries.ts';
import type { Due, DueReader } from './due.ts';
import type { Offset } from './offset.ts';
import type { Work } from './work.ts';

/** Real milliseconds between two looks: short at first, longer when it takes longer. */
const POLL_MS = [5, 5, 10, 10, 20];
const LONGEST_POLL_MS = 30;
/** Nothing has moved for so long: something is stuck. */
const STUCK_MS = 60_000;
/** The longest between two looks at what is due in detail. */
const DETAIL_MS = 1000;
const CENTURY = 100 * 365 * 86_400_000;

export interface ClockParts {
  offset: Offset;
  due: DueReader;
  deliveries: Deliveries;
  work: Work;
  /** When an outage ends during which the app can do nothing; null: it can. */
  outageEnd: () => number | null;
  upcoming: (limit?: number) => Promise<Upcoming[]>;
  stuckMs?: number | undefined;
}

export class StoreClock implements Clock {
  private readonly parts: ClockParts;
  private turn: Promise<unknown> = Promise.resolve();
  /** What is due in detail, looked at now and then. */
  private detail = { at: 0, text: '' };

  constructor(parts: ClockParts) {
    this.parts = parts;
  }

  now(): number {
    return this.parts.offset.now();
  }

  iso(): string {
    return instant(this.now());
  }

  upcoming(limit?: number): Promise<Upcoming[]> {
    return this.parts.upcoming(limit);
  }

  async settle(): Promise<void> {
    await this.untilIdle();
  }

  /** One after the other: two hands on one clock would pull it apart. */
  moveTo(target: number, grain = 0): Promise<void> {
    const mine = this.turn.then(() => this.move(target, grain));
    this.turn = mine.catch(() => {});
    return mine;
  }

  private async move(target: number, grain: number): Promise<void> {
    const { offset } = this.parts;
    if (!Number.isFinite(target) || Math.abs(target - Date.now()) > CENTURY) {
      throw new BadInput('to: a moment within a century');
    }
    if (target < offset.now()) offset.set(target);
    for (;;) {
      const { next, nextAwaited } = await this.untilIdle({ orOutage: true });
      // What lies close together is lived through together, when that is close enough; what nobody waits for comes along.
      const stop = grain > 0 ? nextAwaited : next;
      if (stop === null || stop > target) break;
      if (stop > offset.now()) offset.set(Math.min(target, stop + grain));
    }
    if (target > offset.now()) offset.set(target);
    await this.untilIdle({ orOutage: true });
  }

  /** Resolves with the next due moments once nothing is due any more, or, if that is enough, nothing that can be done. */
  private async untilIdle({ orOutage = false } = {}): Promise<Due> {
    const { due, deliveries } = this.parts;
    const patience = this.parts.stuckMs ?? STUCK_MS;
    let seen = '';
    let movedAt = Date.now();
    for (let look = 0; ; look++) {
      deliveries.tick();
      const before = this.activity();
      const outage = orOutage ? this.parts.outageEnd() : null;
      const state = outage === null ? await due.read() : later(await due.read(), this.now(), outage);
      if (this.isIdle(state) && before === this.activity())
        return withDeliveries(state, deliveries.nextDue());
      const picture = await this.pictureOf(state);
      if (picture !== seen) {
        seen = picture;
        movedAt = Date.now();
      } else if (Date.now() - movedAt > patience) {
        throw new Error(
          `nothing has moved for ${Math.round(patience / 1000)} s; stuck: ${await this.whatIsStuck()}`,
        );
      }
      await pause(POLL_MS[look] ?? LONGEST_POLL_MS);
    }
  }

  private isIdle(state: Due): boolean {
    const { deliveries, work } = this.parts;
    const overdue = state.next !== null && state.next <= this.now();
    return !overdue && state.jobs === 0 && deliveries.busy() === 0 && work.list().length === 0;
  }

  private activity(): string {
    const { deliveries, work } = this.parts;
    return `${deliveries.activity()} ${deliveries.busy()} ${work.count()}`;
  }

  /** Two equal pictures mean that nothing happened in between. */
  private async pictureOf(state: Due): Promise<string> {
    const patience = this.parts.stuckMs ?? STUCK_MS;
    if (Date.now() - this.detail.at > Math.min(DETAIL_MS, patience / 4)) {
      this.detail = { at: Date.now(), text: (await this.parts.due.explain(this.now())).join() };
    }
    return `${state.next} ${state.jobs} ${this.activity()} ${this.detail.text}`;
  }

  private async whatIsStuck(): Promise<string> {
    const { due, deliveries, work } = this.parts;
    const lines = await due.explain(this.now());
    if (deliveries.busy() > 0) lines.push(`${deliveries.busy()} webhooks under way`);
    return [...lines, ...work.list()].join('; ') || 'nothing that could be named';
  }
}

/** During an outage, what is due and the jobs wait for its end. */
function later({ next, nextAwaited }: Due, now: number, outageEnd: number): Due {
  const orEnd = (at: number | null) => (at !== null && at > now ? Math.min(at, outageEnd) : outageEnd);
  return { next: orEnd(next), nextAwaited: orEnd(nextAwaited), jobs: 0 };
}

function withDeliveries({ next, nextAwaited, jobs }: Due, delivery: number | null): Due {
  return { next: earliest(next, delivery), nextAwaited: earliest(nextAwaited, delivery), jobs };
}

function earliest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
