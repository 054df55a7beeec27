/** What an editor remembers of a plan, so that every edit can be taken back. */
import type { Plan } from './plan.ts';

export interface History {
  plan: Plan;
  /** Oldest first. */
  past: readonly Plan[];
  /** Nearest first. */
  future: readonly Plan[];
  /** What the last edit was about; null where the next one stands for itself. */
  about: string | null;
}

/** How many edits can be taken back. */
const DEPTH = 100;

export const begun = (plan: Plan): History => ({ plan, past: [], future: [], about: null });

/**
 * After an edit. Edits in a row that are about the same thing, such as letters typed into one field, are one.
 * An edit that changed nothing is none.
 */
export function did(history: History, plan: Plan, about: string | null = null): History {
  if (plan === history.plan) return history;
  const goesOn = about !== null && about === history.about;
  const past = goesOn ? history.past : [...history.past, history.plan].slice(-DEPTH);
  return { plan, past, future: [], about };
}

export function undone(history: History): History {
  const plan = history.past.at(-1);
  if (!plan) return history;
  return { plan, past: history.past.slice(0, -1), future: [history.plan, ...history.future], about: null };
}

export function redone(history: History): History {
  const [plan, ...future] = history.future;
  if (!plan) return history;
  return { plan, past: [...history.past, history.plan], future, about: null };
}
