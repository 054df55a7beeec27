/**
 * The worker process: every loop looks for due work, does a batch in its own transaction and looks again.
 * Any number of these may run over one database; a killed one leaves nothing locked.
 */
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeBell } from './bell.ts';
import { now } from './clock.server.ts';
import { errorFields, log } from './log.server.ts';
import { count, serveMetrics, watchLag } from './metrics.server.ts';
import { workerApp } from './wiring.server.ts';
import { workOf, type Loop } from './work.server.ts';

const app = workerApp();
const work = workOf(app);
const stopping = new AbortController();
const bell = makeBell();
let healthy = Date.now();
/** When any loop last had something to do: what one does is often what another waits for. */
let busy = Date.now();
/** Milliseconds after which a worker without work looks less often. */
const CALM = 2000;

/** Rounds of one loop until the process stops: at once again while there is work, else after a pause. */
async function run(loop: Loop) {
  let failed = 0;
  while (!stopping.signal.aborted) {
    let done = 0;
    const since = bell.rung();
    try {
      done = await loop.round(now());
      failed = 0;
      healthy = Date.now();
      if (done > 0) {
        busy = Date.now();
        count.work(loop.name, done);
        bell.ring();
      }
    } catch (error) {
      failed += 1;
      count.failure(loop.name);
      log.error('a loop failed', { kind: loop.name, attempt: failed, ...errorFields(error) });
    }
    if (done > 0) continue;
    if (failed === 0) await bell.rest(idlePause(app.config.WORKER_POLL_MS), since, stopping.signal);
    else
      await sleep(Math.min(100 * 2 ** failed, 5000), undefined, { signal: stopping.signal }).catch(() => {});
  }
}

/** A very short pause is for times of work: seven loops that ask fifty times a second keep a database awake. */
function idlePause(poll: number): number {
  return Date.now() - busy < CALM ? poll : Math.min(5 * poll, Math.max(poll, 250));
}

/** /health/live, /health/ready and /metrics, when WORKER_PORT says where. */
function serveHealth() {
  if (!app.config.WORKER_PORT) return;
  watchLag(app.db);
  const server = http.createServer((request, response) => {
    if (request.url === '/metrics') return serveMetrics(request, response);
    const ok = request.url === '/health/live' || Date.now() - healthy < 30_000;
    response.writeHead(ok ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify({ ok }));
  });
  server.listen(app.config.WORKER_PORT, app.config.HOST);
}

// Started by another process: end with it, even if it was killed.
if (process.send) process.on('disconnect', () => stopping.abort());
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stopping.abort());
serveHealth();
await app.queue.work(work.jobs, work.crons);
log.info('worker ready', { count: work.loops.length });
process.send?.('ready');
await Promise.all(work.loops.map(run));
await app.close();
process.exit(0);
