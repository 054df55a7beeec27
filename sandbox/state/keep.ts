/**
 * The state as files: a snapshot written whole, a moment after a change and on exit; and the mails, which never
 * change and weigh the most, one a line and only ever added to.
 */

import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { State } from './shop.ts';
import type { Mail } from './traffic.ts';

const LEAST_PAUSE_MS = 1000;
/** Mails and texts kept in the files; more may be in memory. */
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
  if (dataDir === null) return null;
  const files = filesIn(dataDir);
  if (!existsSync(files.state)) return null;
  const state = { ...emptyState(), ...(JSON.parse(readFileSync(files.state, 'utf8')) as State) };
  state.mails = existsSync(files.mails) ? mailsIn(readFileSync(files.mails, 'utf8')) : [];
  // The mails may know more than the snapshot when the process was killed.
  state.sequences.Mail = Math.max(state.sequences.Mail ?? 0, Number(state.mails.at(-1)?.id ?? 0));
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
  const files = filesIn(dataDir);
  mkdirSync(files.folder, { recursive: true });
  let timer: NodeJS.Timeout | null = null;
  let dirty = false;
  let lastTook = 0;
  const keepMails = mailKeeper(state, files.mails);

  async function write(): Promise<void> {
    const started = performance.now();
    dirty = false;
    keepMails();
    await writeFile(`${files.state}.tmp`, snapshot(state));
    await rename(`${files.state}.tmp`, files.state);
    lastTook = performance.now() - started;
    timer = null;
    if (dirty) schedule();
  }

  /** A large state is written less often. */
  function schedule(): void {
    const pause = Math.max(LEAST_PAUSE_MS, lastTook * 20);
    timer ??= setTimeout(() => void write().catch(() => (timer = null)), pause).unref();
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
      keepMails();
      writeFileSync(`${files.state}.exit`, snapshot(state));
      renameSync(`${files.state}.exit`, files.state);
      dirty = false;
    },
  };
}

function filesIn(dataDir: string) {
  const folder = join(dataDir, 'sandbox');
  return { folder, state: join(folder, 'state.json'), mails: join(folder, 'mails.jsonl') };
}

function snapshot(state: State): string {
  const early = state.deliveries.slice(0, -DELIVERIES);
  const waiting = early.filter((delivery) => delivery.state === 'waiting' || delivery.state === 'under-way');
  return JSON.stringify({
    ...state,
    mails: [],
    texts: state.texts.slice(-MAILS),
    deliveries: [...waiting, ...state.deliveries.slice(-DELIVERIES)],
  });
}

/** Adds the mails that came since the last time; begins anew when the mailbox was emptied, or the file is full. */
function mailKeeper(state: State, file: string): () => void {
  let last = state.mails.at(-1);
  let lines = state.mails.length;
  return () => {
    const known = last === undefined ? -1 : state.mails.lastIndexOf(last);
    const isNew = last !== undefined && known === -1;
    if (isNew || lines > 2 * MAILS) {
      rmSync(file, { force: true });
      lines = 0;
    }
    const fresh = lines === 0 ? state.mails.slice(-MAILS) : state.mails.slice(known + 1);
    if (fresh.length > 0) appendFileSync(file, fresh.map((mail) => `${JSON.stringify(mail)}\n`).join(''));
    lines += fresh.length;
    last = state.mails.at(-1);
  };
}

/** A line that was cut off when the process died is left out. */
function mailsIn(text: string): Mail[] {
  const lines = text.split('\n').slice(0, -1).slice(-MAILS);
  return lines.map((line) => JSON.parse(line) as Mail);
}
