/** Two workers at work, one of them killed every half second, until nothing is left to be done. */
import { fork, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const SCRIPT = path.join(import.meta.dirname, 'hand-over-worker.ts');
const AT_WORK = 2;
const SPARES = 2;

interface Storm {
  /** Handed to each worker as JSON. */
  orders: object;
  /** File of the worker; the one that hands over messages without it. */
  script?: string;
  /** Asked for after each kill; the storm ends when it says so, and the workers are left in peace to finish. */
  calm: () => Promise<boolean>;
  /** Everything has been done. */
  finished: () => Promise<boolean>;
}

/** @returns how many workers were killed while at work */
export async function storm({ orders, script = SCRIPT, calm, finished }: Storm): Promise<number> {
  const crew = new Crew(script, orders);
  let kills = 0;
  try {
    await crew.ready();
    while (!(await calm())) {
      await sleep(350 + Math.random() * 400);
      kills += crew.killOne() ? 1 : 0;
    }
    while (!(await finished())) await sleep(200);
    return kills;
  } finally {
    crew.dismiss();
  }
}

/** Workers at work, and loaded ones that wait to take a killed one's place. */
class Crew {
  #script: string;
  #orders: object;
  #atWork: ChildProcess[] = [];
  #spares: ChildProcess[] = [];
  #loading = new Set<ChildProcess>();

  constructor(script: string, orders: object) {
    this.#script = script;
    this.#orders = orders;
    for (let i = 0; i < AT_WORK + SPARES; i++) this.#load();
  }

  #load() {
    const child = fork(this.#script, [JSON.stringify(this.#orders)], {
      execPath: process.execPath,
      execArgv: [],
      env: { ...process.env, NODE_COMPILE_CACHE: path.join(tmpdir(), 'everafter-storm-cache') },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#loading.add(child);
    child.once('message', () => {
      this.#loading.delete(child);
      this.#spares.push(child);
      this.#fill();
    });
  }

  #fill() {
    while (this.#atWork.length < AT_WORK && this.#spares.length > 0) {
      const next = this.#spares.shift()!;
      this.#atWork.push(next);
      next.send('go');
    }
  }

  async ready() {
    while (this.#atWork.length < AT_WORK) await sleep(50);
  }

  /** Only while somebody is ready to take over: on a busy machine loading takes longer than half a second. */
  killOne(): boolean {
    if (this.#spares.length === 0) return false;
    const [victim] = this.#atWork.splice(Math.floor(Math.random() * this.#atWork.length), 1);
    if (!victim) return false;
    victim.kill('SIGKILL');
    this.#fill();
    this.#load();
    return true;
  }

  dismiss() {
    for (const child of [...this.#atWork, ...this.#spares, ...this.#loading]) child.kill('SIGKILL');
  }
}
