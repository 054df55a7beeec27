import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { freePort } from '../../scripts/postgres.mjs';

const OUTGOING = '/proc/sys/net/ipv4/ip_local_port_range';

test.runIf(process.platform === 'linux')('a free port is none that a connection may take', async () => {
  const ports: number[] = [];
  for (let i = 0; i < 60; i++) ports.push(await freePort());
  const [from, to] = readFileSync(OUTGOING, 'utf8').split(/\s+/).map(Number);
  expect(ports.filter((port) => port >= from! && port <= to!)).toEqual([]);
  // Nor is one given twice, though nobody listens on it yet.
  expect(new Set(ports).size).toBe(60);
});
