/** Worker processes that have loaded everything and wait for the word. */
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { Orders, Report } from './worker.ts';

const SCRIPT = path.join(import.meta.dirname, 'worker.ts');

export async function aWorker(orders: Orders): Promise<ChildProcess> {
  const child = fork(SCRIPT, [JSON.stringify(orders)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await heard(child, 'ready');
  return child;
}

/** The next report of that kind. */
export function heard<Kind extends Report['kind']>(
  child: ChildProcess,
  kind: Kind,
): Promise<Extract<Report, { kind: Kind }>> {
  return new Promise((resolve, reject) => {
    const listen = (report: Report) => {
      if (report.kind !== kind) return;
      child.off('message', listen);
      child.off('exit', gone);
      resolve(report as Extract<Report, { kind: Kind }>);
    };
    const gone = (code: number | null) => reject(new Error(`a worker ended with ${code}`));
    child.on('message', listen);
    child.on('exit', gone);
  });
}
