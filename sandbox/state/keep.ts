/** The state as a file: written whole, a moment after a change, and on exit. */

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { State } from './shop.ts';

const LEAST_PAUSE_MS = 1000;
/** Mails and texts kept in the file; more may be in memory. */
const MAILS = 2000;
const DELIVERIES = 300;

export interface Keeper {
  changed: () => void;
  /** Writes at once, for the end of the process. */
  flush(): void;
}

export function emptyState(): State {
  return { clockOffset: 0, shops: [], mails: [], texts: [], deliveries: [], faults: [], sequences: {} };
}

/** What was kept last time; null when there is nothing. */
export function restore(dataDir: string | null): State | null {
  if (dataDir === null || !existsSync(fileOf(dataDir))) return null;
  const state = { ...emptyState(), ...(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as State) };
  for (const delivery of state.deliveries) {
    if (delivery.state !== 'under-way') continue;
    // Nobody knows whether the app has it: it goes out again, with the same id.
    delivery.state = 'waiting';
    delivery.nextAt = new Date(Date.now() + state.clockOffset).toISOString();
  }
  return state;
}

export function createKeeper(state: State, dataDir: string | null): Keeper {
  if (dataDir === null) return { changed: () => {}, flush: () => {} };
  const file = fileOf(dataDir);
  mkdirSync(dirname(file), { recursive: true });
  let timer: NodeJS.Timeout | null = null;
  let dirty = false;
  let lastTook = 0;

  async function write(): Promise<void> {
    const started = performance.now();
    dirty = false;
    await writeFile(`${file}.tmp`, text(state));
    await rename(`${file}.tmp`, file);
    lastTook = performance.now() - started;
    timer = null;
    if (dirty) schedule();
  }

  /** A large state is written less often. */
  function schedule(): void {
    timer ??= setTimeout(
      () => void write().catch(() => (timer = null)),
      Math.max(LEAST_PAUSE_MS, lastTook * 20),
    ).unref();
  }

  return {
    changed() {
      dirty = true;
      schedule();
    },
    flush() {
      if (timer) clearTimeout(timer);
      timer = null;
      if (!dirty) return;
      writeFileSync(`${file}.exit`, text(state));
      renameSync(`${file}.exit`, file);
      dirty = false;
    },
  };
}

function fileOf(dataDir: string): string {
  return join(dataDir, 'sandbox', 'state.json');
}

function text(state: State): string {
  const waiting = state.deliveries
    .slice(0, -DELIVERIES)
    .filter((d) => d.state === 'waiting' || d.state === 'under-way');
  return JSON.stringify({
    ...state,
    mails: state.mails.slice(-MAILS),
    texts: state.texts.slice(-MAILS),
    deliveries: [...waiting, ...state.deliveries.slice(-DELIVERIES)],
  });
}
