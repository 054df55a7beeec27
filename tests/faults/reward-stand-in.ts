/** Shopify's discounts over HTTP, with its own truth: TAKEN, answers that get lost after the work was done, late reads. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Discounts } from '../../app/rewards/rewards.server.ts';

interface Kept {
  id: string;
  title: string;
  isActive: boolean;
  readableAt: number;
}

export interface RewardStandIn {
  url: string;
  /** By code. */
  kept: Map<string, Kept>;
  counts: { created: number; taken: number; lost: number; down: number };
  close(): Promise<void>;
}

/** @param random 0…1; the same seed makes the same mishaps for the same order of calls */
export async function rewardStandIn(random: () => number): Promise<RewardStandIn> {
  const kept = new Map<string, Kept>();
  const counts = { created: 0, taken: 0, lost: 0, down: 0 };
  const server = http.createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const [name, argument] = JSON.parse(Buffer.concat(chunks).toString()) as [
        'create' | 'find' | 'deactivate',
        never,
      ];
      const fate = random();
      if (fate < 0.05) {
        counts.down += 1;
        return void response.writeHead(500).end();
      }
      const result = answers[name](argument);
      if (name !== 'find' && fate < 0.2) {
        counts.lost += 1;
        return void request.socket.destroy();
      }
      response.end(JSON.stringify(result));
    })();
  });
  const answers = {
    create({ code, title, endsAt }: { code: string; title: string; endsAt: string | null }) {
      if (kept.has(code)) {
        counts.taken += 1;
        return { outcome: 'taken' };
      }
      counts.created += 1;
      const id = `gid://shopify/DiscountCodeNode/${counts.created}`;
      const isActive = endsAt === null || Date.parse(endsAt) > Date.now();
      kept.set(code, { id, title, isActive, readableAt: Date.now() + random() * 200 });
      return { outcome: 'created', discountId: id };
    },
    find({ code }: { code: string }) {
      const found = kept.get(code);
      if (!found || found.readableAt > Date.now()) return { outcome: 'none' };
      return {
        outcome: 'found',
        discount: { discountId: found.id, title: found.title, usageLimit: 1, used: 0 },
      };
    },
    deactivate({ id }: { id: string }) {
      for (const each of kept.values()) if (each.id === id) each.isActive = false;
      return { outcome: 'done' };
    },
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    kept,
    counts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The same, as rewards ask for it. */
export function discountsAt(url: string): Discounts {
  const ask = async (name: string, argument: object): Promise<never> => {
    try {
      const signal = AbortSignal.timeout(2000);
      const response = await fetch(url, { method: 'POST', body: JSON.stringify([name, argument]), signal });
      if (!response.ok) return UNAVAILABLE;
      return (await response.json()) as never;
    } catch (error) {
      if (error instanceof Error) return UNAVAILABLE;
      throw error;
    }
  };
  return {
    create: (_domain, { code, title, endsAt }) => ask('create', { code, title, endsAt }),
    find: (_domain, code) => ask('find', { code }),
    deactivate: (_domain, id) => ask('deactivate', { id }),
  };
}

const UNAVAILABLE = { outcome: 'unavailable', retryAfterSeconds: 0 } as never;
