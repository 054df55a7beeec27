/** Sandbox time is real time plus an offset; the app reads the offset from a small file. */

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { State } from '../state/shop.ts';

export interface Offset {
  /** Epoch milliseconds of sandbox time. */
  now: () => number;
  set(epochMs: number): void;
}

export function createOffset(state: State, file: string | null, changed: () => void): Offset {
  const write = () => {
    if (file === null) return;
    mkdirSync(dirname(file), { recursive: true });
    const partial = `${file}.${process.pid}.tmp`;
    writeFileSync(partial, String(state.clockOffset));
    renameSync(partial, file);
  };
  write();
  return {
    now: () => Date.now() + state.clockOffset,
    set(epochMs) {
      state.clockOffset = Math.ceil(epochMs - Date.now());
      write();
      changed();
    },
  };
}
