/** CPU time of servers and of this process, from /proc: rates depend on who else is there, this hardly does. */
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

/** Seconds of CPU that a server has used so far, its processes together. */
function cpuOf(server: number): number {
  const main = statOf(server);
  if (!main) throw new Error('the server is gone');
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat?.parent === server);
  return (
    [...children, main].reduce((sum, stat) => sum + stat!.own + (stat === main ? stat.reaped : 0), 0) / TICKS
  );
}

export interface Measured {
  done: number;
  seconds: number;
  /** Microseconds of CPU a piece of work. */
  serverUs: number;
  nodeUs: number;
}

/** Adds up what several stretches of work cost; what happens between them is not counted. */
export class Tally {
  #servers: readonly number[];
  #done = 0;
  #seconds = 0;
  #serverUs = 0;
  #nodeUs = 0;

  /** @param servers pids of the servers that work for this process */
  constructor(...servers: number[]) {
    this.#servers = servers;
  }

  /** @param work does its pieces and says how many */
  async add(work: () => Promise<number>): Promise<number> {
    const [server, node, started] = [this.#serverCpu(), process.cpuUsage(), performance.now()];
    const done = await work();
    const { user, system } = process.cpuUsage(node);
    this.#done += done;
    this.#seconds += (performance.now() - started) / 1000;
    this.#nodeUs += user + system;
    this.#serverUs += (this.#serverCpu() - server) * 1e6;
    return done;
  }

  result(): Measured {
    return {
      done: this.#done,
      seconds: this.#seconds,
      serverUs: this.#serverUs / this.#done,
      nodeUs: this.#nodeUs / this.#done,
    };
  }

  #serverCpu(): number {
    return this.#servers.reduce((sum, pid) => sum + cpuOf(pid), 0);
  }
}

/** @param work does its pieces and says how many */
export async function measure(server: number, work: () => Promise<number>): Promise<Measured> {
  const tally = new Tally(server);
  await tally.add(work);
  return tally.result();
}

/** Microseconds of CPU a piece of work, wherever they were spent. */
export const total = ({ serverUs, nodeUs }: Measured): number => serverUs + nodeUs;
