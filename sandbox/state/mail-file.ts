/** The mails, which never change and weigh the most: one a line, and only ever added to. */

import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import type { State } from './shop.ts';
import type { Mail } from './traffic.ts';

/** Kept in the file; more may be in memory. */
const MAILS = 2000;

/** Adds the mails that came since the last time; begins anew when the mailbox was emptied, or the file is full. */
export function mailKeeper(state: State, file: string): () => void {
  let last = state.mails.at(-1);
  let lines = state.mails.length;
  return () => {
    if (last === state.mails.at(-1)) return;
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
export function mailsIn(file: string): Mail[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1).slice(-MAILS);
  return lines.map((line) => JSON.parse(line) as Mail);
}
