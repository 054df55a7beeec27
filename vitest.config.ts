import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const shared = {
  environment: 'node' as const,
  setupFiles: ['tests/setup.ts'],
};

/** Kinds of test, by what they need: nothing, a PostgreSQL, a browser, processes that are killed. */
export default defineConfig({
  test: {
    // Left to itself, vitest keeps one core free: on two cores everything would run one by one.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          exclude: ['tests/unit/extensions/**'],
          // Pure functions share what they are loaded from: loading it anew for each file took half of the time.
          isolate: false,
          // Thousands of drawn cases take a second or two, on a busy machine seven; a pattern that runs away takes for ever.
          testTimeout: 30_000,
        },
      },
      'tests/unit/extensions/vitest.config.ts',
      {
        test: {
          ...shared,
          name: 'database',
          include: [
            'tests/database/**/*.test.ts',
            'tests/contracts/**/*.test.ts',
            'tests/architecture.test.ts',
          ],
          globalSetup: ['tests/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          globalSetup: ['tests/global-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
          // One lane: stopping and starting of whole stacks is timed, and two of them on two cores wait for each other.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
