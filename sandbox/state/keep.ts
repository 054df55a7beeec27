/**
 * The state as files: a snapshot of the whole now and then, a journal of every change since, and the mails. Nobody is
 * answered, and no webhook leaves, before what was changed is in the files: a killed sandbox forgets nothing.
 */

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createJournal, replay, type Thing } from './journal.ts';
import { mailKeeper, mailsIn } from './mail-file.ts';
import type { Shop, State } from './shop.ts';
import type { Delivery } from './traffic.ts';

const TEXTS = 2000;
const DELIVERIES = 300;
/** A journal of so many characters, and twice as long as the snapshot it follows, is replaced by a new snapshot. */
const LONG_JOURNAL = 8_000_000;

export interface Keeper {
  /** Things of a shop were changed, or the shop itself. Without a shop: the clock, the faults or the mails. */
  changed(shop?: Shop, ...things: Thing[]): void;
  /** A webhook was made, or went a step on its way. */
  sent(delivery: Delivery): void;
  /** Much was changed at once: the next snapshot is due. */
  replaced(): void;
  /** When this returns, what was changed is in the files. */
  keep(): void;
  /** A snapshot, for the end of the process. */
  close(): void;
}

export function emptyState(): State {
  return { clockOffset: 0, shops: [], mails: [], texts: [], deliveries: [], faults: [], sequences: {} };
}

/** The snapshot names the journal that follows it. */
type Snapshot = State & { journal?: number };

/** What was kept last time; null when there is nothing. */
export function restore(dataDir: string | null): State | null {
  if (dataDir === null) return null;
  const files = filesIn(dataDir);
  if (!existsSync(files.state)) return null;
  const { journal = 0, ...kept } = JSON.parse(readFileSync(files.state, 'utf8')) as Snapshot;
  const state = { ...emptyState(), ...kept };
  if (existsSync(files.journal(journal))) replay(state, readFileSync(files.journal(journal), 'utf8'));
  state.mails = mailsIn(files.mails);
  // A mail is written before the number it has.
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
  const nothing = () => {};
  if (dataDir === null)
    return { changed: nothing, sent: nothing, replaced: nothing, keep: nothing, close: nothing };
  const files = filesIn(dataDir);
  mkdirSync(files.folder, { recursive: true });
  const journal = createJournal(state);
  const keepMails = mailKeeper(state, files.mails);
  let number = existsSync(files.state)
    ? ((JSON.parse(readFileSync(files.state, 'utf8')) as Snapshot).journal ?? 0)
    : 0;
  let length = 0;
  let least = LONG_JOURNAL;
  let isDirty = false;
  let isReplaced = true;
  let timer: NodeJS.Immediate | null = null;

  /** The old journal counts until the new snapshot stands in its place. */
  function snapshot(): void {
    const text = snapshotOf(state, number + 1);
    writeFileSync(`${files.state}.tmp`, text);
    renameSync(`${files.state}.tmp`, files.state);
    rmSync(files.journal(number), { force: true });
    number += 1;
    journal.forget();
    length = 0;
    least = Math.max(LONG_JOURNAL, 2 * text.length);
    isReplaced = false;
  }

  function keep(): void {
    if (timer) clearImmediate(timer);
    timer = null;
    if (!isDirty) return;
    isDirty = false;
    keepMails();
    if (!isReplaced) length += journal.write(files.journal(number));
    if (isReplaced || length > least) snapshot();
  }

  /** Whatever is not answered is kept a moment later. */
  function touched(): void {
    isDirty = true;
    timer ??= setImmediate(keep);
  }

  return {
    changed(shop, ...things) {
      if (shop) journal.touch(shop, things);
      touched();
    },
    sent(delivery) {
      journal.send(delivery);
      touched();
    },
    replaced() {
      isReplaced = true;
      touched();
    },
    keep,
    close() {
      isReplaced = isDirty = true;
      keep();
    },
  };
}

function filesIn(dataDir: string) {
  const folder = join(dataDir, 'sandbox');
  return {
    folder,
    state: join(folder, 'state.json'),
    mails: join(folder, 'mails.jsonl'),
    journal: (number: number) => join(folder, `journal-${number}.jsonl`),
  };
}

function snapshotOf(state: State, journal: number): string {
  const early = state.deliveries.slice(0, -DELIVERIES);
  const waiting = early.filter((delivery) => delivery.state === 'waiting' || delivery.state === 'under-way');
  const kept: Snapshot = {
    ...state,
    mails: [],
    texts: state.texts.slice(-TEXTS),
    deliveries: [...waiting, ...state.deliveries.slice(-DELIVERIES)],
    journal,
  };
  return JSON.stringify(kept);
}
