/**
 * One process of load: answers over kept-alive connections, either as fast as they are taken or so many a second, whether or
 * not they are. Started by fork(); is told what to do by messages and answers each with what it saw.
 */
import http from 'node:http';

export interface Task {
  port: number;
  token: string;
  survey: { id: string; version: number };
  seconds: number;
  /** A second; null: as many as are taken. */
  rate: number | null;
  /** Answers of each round are about orders of their own. */
  round: string;
}

export interface Seen {
  accepted: number;
  refused: number;
  seconds: number;
  /** Milliseconds; from when an answer was due. */
  latencies: number[];
}

/** As many at once when they are sent as fast as they are taken. */
const AT_ONCE = 24;
const agent = new http.Agent({ keepAlive: true, maxSockets: 128 });
let sent = 0;

function bodyOf({ survey, round }: Task): string {
  const n = (sent += 1);
  const score = (n % 5) + 1;
  const isKnown = n % 2 === 0;
  return JSON.stringify({
    page: 'thank-you',
    order: null,
    checkoutToken: isKnown ? `token-known-${n / 2}` : `token-${round}-${n}`,
    locale: 'en',
    country: 'DE',
    survey,
    operationId: `operation-${round}-${process.pid}-${n}`,
    answers: [
      { question: 'buying', value: score },
      ...(score === 1 ? [{ question: 'words', value: 'The parcel came late, and nobody said a word.' }] : []),
    ],
  });
}

function give(task: Task): Promise<boolean> {
  const body = bodyOf(task);
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        agent,
        port: task.port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/api/block',
        headers: {
          authorization: `Bearer ${task.token}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode === 200));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

async function run(task: Task): Promise<Seen> {
  const seen: Seen = { accepted: 0, refused: 0, seconds: 0, latencies: [] };
  const started = performance.now();
  const one = async (due: number) => {
    const isTaken = await give(task);
    seen[isTaken ? 'accepted' : 'refused'] += 1;
    seen.latencies.push(performance.now() - due);
  };
  if (task.rate === null) {
    const until = started + task.seconds * 1000;
    const lane = async () => {
      while (performance.now() < until) await one(performance.now());
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  } else await atRate(task.rate, task.seconds, started, one);
  seen.seconds = (performance.now() - started) / 1000;
  return seen;
}

/** Each at its moment; one that cannot be sent in time waits, and its waiting counts. */
async function atRate(rate: number, seconds: number, started: number, one: (due: number) => Promise<void>) {
  const open: Promise<void>[] = [];
  for (let n = 0; n < rate * seconds; n++) {
    const due = started + (n * 1000) / rate;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    open.push(one(due));
  }
  await Promise.all(open);
}

process.on('message', (task: Task) => {
  void run(task).then((seen) => process.send!(seen));
});
