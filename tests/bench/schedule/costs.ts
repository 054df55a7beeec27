/** What a step costs here and with the peers: in turns, so that a slow minute of the machine weighs on all of them. */
import { total, type Measured } from '../engine/cpu.ts';
import type { Bench } from '../engine/server.ts';
import { singleTransactions } from '../engine/single.ts';
import { bullPeer } from './bullmq.ts';
import { graphilePeer } from './graphile-worker.ts';
import { median } from './numbers.ts';
import type { Peer } from './peer.ts';
import { pgBossPeer } from './pg-boss.ts';
import type { Redis } from './redis.ts';
import { bareSteps, fullSteps, type FullSteps } from './steps.ts';

/** CPU time of a hundred steps a second is read in hundredths of a second: so many are the least that say something. */
const LEAST = 1000;

export interface Peers {
  boss: Peer;
  bossSingle: Peer;
  graphile: Peer;
  /** Null where the machine has no Redis. */
  bull: Peer | null;
}

export async function openPeers(b: Bench, redis: Redis | null): Promise<Peers> {
  return {
    boss: await pgBossPeer(b, { batch: 500, lanes: 1 }),
    bossSingle: await pgBossPeer(b, { batch: 1, lanes: 16 }),
    graphile: await graphilePeer(b),
    bull: redis && bullPeer(b, redis),
  };
}

export async function closePeers({ boss, bossSingle, graphile, bull }: Peers): Promise<void> {
  await Promise.all([boss.close(), bossSingle.close(), graphile.close()]);
  await bull?.close();
}

/** One measurement a round. */
export interface Rounds {
  bare: Measured[];
  full: FullSteps[];
  boss: Measured[];
  r1: Measured[];
  bossSingle: Measured[];
  graphile: Measured[];
  bull: Measured[];
}

export const noRounds = (): Rounds => ({
  bare: [],
  full: [],
  boss: [],
  r1: [],
  bossSingle: [],
  graphile: [],
  bull: [],
});

/** Ours and the best of the peers. */
export async function oneRound(b: Bench, peers: Peers, steps: number, rounds: Rounds): Promise<void> {
  rounds.bare.push(await bareSteps(b, steps));
  rounds.boss.push(await peers.boss.drain(steps));
  rounds.full.push(await fullSteps(b, steps));
  const singles = Math.max(LEAST, steps / 2);
  rounds.r1.push(await singleTransactions(b, singles));
}

/** The others, which take ten to a hundred times as long. */
export async function slowRound(peers: Peers, steps: number, rounds: Rounds): Promise<void> {
  rounds.graphile.push(await peers.graphile.drain(Math.max(LEAST, steps / 20)));
  rounds.bossSingle.push(await peers.bossSingle.drain(Math.max(LEAST, steps / 20)));
  if (peers.bull) rounds.bull.push(await peers.bull.drain(Math.max(LEAST, steps / 20)));
}

export const usOf = (measured: readonly Measured[]): number => median(measured.map(total));
export const rateOf = (measured: readonly Measured[]): number =>
  median(measured.map(({ done, seconds }) => done / seconds));

/** Of each round for itself. */
export const timesCheaper = (ours: readonly Measured[], theirs: readonly Measured[]): number =>
  median(ours.map((one, index) => total(theirs[index]!) / total(one)));
