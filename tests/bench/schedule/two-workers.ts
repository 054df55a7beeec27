/** One worker process against two, on the same cores: whether they fight over claims. */
import { Tally } from '../engine/cpu.ts';
import type { Bench } from '../engine/server.ts';
import { aWorker, heard } from './crew.ts';
import { makeDue } from './steps.ts';

interface Crew {
  perSecond: number;
  usPerStep: number;
}

async function together(b: Bench, workers: number, steps: number): Promise<Crew> {
  await makeDue(b, steps);
  const crew = await Promise.all(
    Array.from({ length: workers }, () => aWorker({ url: b.url, task: 'until-done' })),
  );
  const tally = new Tally(b.postmaster);
  let workerUs = 0;
  await tally.add(async () => {
    const reports = crew.map((one) => heard(one, 'done'));
    for (const one of crew) one.send('go');
    const done = await Promise.all(reports);
    workerUs = done.reduce((sum, one) => sum + one.cpuUs, 0);
    return done.reduce((sum, one) => sum + one.steps, 0);
  });
  for (const one of crew) one.disconnect();
  const { done, seconds, serverUs } = tally.result();
  return { perSecond: done / seconds, usPerStep: serverUs + workerUs / done };
}

/** Alone, together, together, alone, so that a slow minute of the machine weighs on both. */
export async function twoWorkers(b: Bench, steps: number): Promise<{ rate: number; cost: number }> {
  const alone = [await together(b, 1, steps)];
  const pair = [await together(b, 2, steps), await together(b, 2, steps)];
  alone.push(await together(b, 1, steps));
  const mean = (crews: Crew[], of: (crew: Crew) => number) =>
    crews.reduce((sum, crew) => sum + of(crew), 0) / crews.length;
  return {
    rate: mean(pair, (crew) => crew.perSecond) / mean(alone, (crew) => crew.perSecond),
    cost: mean(pair, (crew) => crew.usPerStep) / mean(alone, (crew) => crew.usPerStep),
  };
}
