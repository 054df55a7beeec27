/** CPU time of a PostgreSQL server and of this process, from /proc: rates depend on who else is there, this hardly does. */
import { readdirSync, readFileSync } from 'node:fs';

/** Ticks of /proc/PID/stat a second. */
const TICKS = 100;

interface Stat {
  parent: number;
  own: number;
  /** Of children that have ended. */
  reaped: number;
}

function statOf(pid: number): Stat | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    const ticks = (index: number) => Number(fields[index]);
    return { parent: ticks(1), own: ticks(11) + ticks(12), reaped: ticks(13) + ticks(14) };
  } catch {
    return null;
  }
}

/** Seconds of CPU that the server has used so far, all its processes together. */
export function serverCpu(postmaster: number): number {
  const main = statOf(postmaster);
  if (!main) throw new Error('the server is gone');
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat?.parent === postmaster);
  return (
    [...children, main].reduce((sum, stat) => sum + stat!.own + (stat === main ? stat.reaped : 0), 0) / TICKS
  );
}

export interface Measured {
  seconds: number;
  /** Microseconds of CPU a piece of work. */
  serverUs: number;
  nodeUs: number;
}

/** @param work does its pieces and says how many */
export async function measure(
  postmaster: number,
  work: () => Promise<number>,
): Promise<Measured & { done: number }> {
  const [server, node, started] = [serverCpu(postmaster), process.cpuUsage(), performance.now()];
  const done = await work();
  const { user, system } = process.cpuUsage(node);
  return {
    done,
    seconds: (performance.now() - started) / 1000,
    serverUs: ((serverCpu(postmaster) - server) * 1e6) / done,
    nodeUs: (user + system) / done,
  };
}
