import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LEASE_SECONDS, workUnderLease, type Lease } from '../../app/lease.server.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const seconds = (count: number) => new Promise<void>((resolve) => setTimeout(resolve, count * 1000));

/** Three rows; what was prolonged, by the second in which it was. */
function three(renew: () => Promise<unknown> = () => Promise.resolve()) {
  const prolonged: [number, string][] = [];
  const started = performance.now();
  const lease: Lease<string> = {
    claim: () => Promise.resolve(['a', 'b', 'c']),
    renew: (rows) => {
      prolonged.push([Math.round((performance.now() - started) / 1000), rows.join('')]);
      return renew();
    },
  };
  return { lease, prolonged };
}

describe('rows under a lease', () => {
  test('are prolonged for as long as somebody works on them, and no longer', async () => {
    const { lease, prolonged } = three();
    const done = workUnderLease(lease, () => seconds(24));
    await vi.advanceTimersByTimeAsync(200_000);
    expect(await done).toBe(3);
    expect(prolonged).toEqual([
      [10, 'abc'],
      [20, 'abc'],
      [30, 'bc'],
      [40, 'bc'],
      [50, 'c'],
      [60, 'c'],
      [70, 'c'],
    ]);
  });

  test('quick ones are never prolonged, and as many as wished are under way at once', async () => {
    const { lease, prolonged } = three();
    let most = 0;
    let underWay = 0;
    const deal = async () => {
      most = Math.max(most, ++underWay);
      await seconds(1);
      underWay--;
    };
    const done = workUnderLease(lease, deal, 2);
    await vi.advanceTimersByTimeAsync(100_000);
    expect(await done).toBe(3);
    expect(most).toBe(2);
    expect(prolonged).toEqual([]);
  });

  test.each([
    ['refused', () => Promise.reject(new Error('away'))],
    ['never answered', () => new Promise(() => {})],
  ])('are not begun when their renewal was %s', async (_, renew) => {
    const begun: string[] = [];
    const { lease } = three(renew);
    const deal = async (row: string) => {
      begun.push(row);
      await seconds(LEASE_SECONDS * 0.6);
    };
    void workUnderLease(lease, deal);
    await vi.advanceTimersByTimeAsync(200_000);
    expect(begun).toEqual(['a', 'b']);
  });

  test('are not begun by a process that stood still', async () => {
    const begun: string[] = [];
    const { lease } = three();
    const deal = (row: string) => {
      begun.push(row);
      // Its timers stood as well.
      vi.setSystemTime(Date.now() + 60_000);
      vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
      return Promise.resolve();
    };
    expect(await workUnderLease(lease, deal)).toBe(3);
    vi.restoreAllMocks();
    expect(begun).toEqual(['a']);
  });

  test('one that fails is told of when the others are done', async () => {
    const { lease } = three();
    const dealt: string[] = [];
    const deal = (row: string) => {
      dealt.push(row);
      return row === 'a' ? Promise.reject(new Error('a broke')) : Promise.resolve();
    };
    await expect(workUnderLease(lease, deal)).rejects.toThrow('a broke');
    expect(dealt).toEqual(['a', 'b', 'c']);
  });
});
