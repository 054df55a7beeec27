/** Waits until the next call may begin, so that no more than `perSecond` begin in a second. */
export type Pace = () => Promise<void>;

export function makePace(perSecond: number): Pace {
  const gapMs = 1000 / perSecond;
  let next = 0;
  return async () => {
    const now = performance.now();
    const at = Math.max(now, next);
    next = at + gapMs;
    if (at > now) await new Promise((resolve) => setTimeout(resolve, at - now));
  };
}
