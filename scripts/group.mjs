/** A process group: everything that a start has started, however it came to be. Plain Node, no packages. */
import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

/** PostgreSQL waits for its clients at SIGTERM and sends them away at SIGINT: clean either way. */
const STEPS = [
  ['SIGTERM', 1500],
  ['SIGINT', 3000],
  ['SIGKILL', 1000],
];

/** Ends whoever is left in the group, kindly at first; resolves when nobody is. */
export async function endGroup(leader) {
  for (const [signal, patience] of STEPS) {
    if (!signalGroup(leader, signal)) return;
    const end = Date.now() + patience;
    while (Date.now() < end && signalGroup(leader, 0)) await pause(50);
  }
}

/** @returns {boolean} whether there was anybody to hear it */
export function signalGroup(leader, signal) {
  try {
    process.kill(-leader, signal);
    return true;
  } catch {
    return false;
  }
}

/** @returns {string} the command line of a process; empty when there is none */
export function commandOf(pid) {
  if (!(pid > 0)) return '';
  return spawnSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' }).stdout ?? '';
}
