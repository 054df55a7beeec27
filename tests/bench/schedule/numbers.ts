/** Small arithmetic over what was measured. */

export const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;

export const median = (values: readonly number[]): number =>
  quantile(
    values.toSorted((a, z) => a - z),
    0.5,
  );

export const round = (value: number, digits = 0): number => Number(value.toFixed(digits));
