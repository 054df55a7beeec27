/** Which of two messages that compete for one slot of a customer's budget goes: the higher priority, then the older. */

/** As merchants choose it, and as it is stored. */
export const PRIORITIES = { low: -1, normal: 0, high: 1 } as const;
export type Priority = keyof typeof PRIORITIES;

export interface Ranked {
  /** Of {@link PRIORITIES} */
  priority: number;
  plannedAt: Date;
  /** Settles what is left: ids grow with time. */
  id: string;
}

/** For sorting: negative when `a` goes before `b`. */
export function byRank(a: Ranked, b: Ranked): number {
  if (a.priority !== b.priority) return b.priority - a.priority;
  const age = a.plannedAt.getTime() - b.plannedAt.getTime();
  if (age !== 0) return age;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
