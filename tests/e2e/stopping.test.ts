/** `npm start` ends whole, whoever is told to end, and starts nothing when it cannot. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { freePort } from '../../scripts/postgres.mjs';
import { root } from '../sourceTree.ts';
import { cleanEnv } from '../stack.ts';

const LONGEST_STOP_MS = 10_000;

let dataDir: string;
let npm: ChildProcess;

afterEach(() => {
  for (const { pid } of family(npm.pid ?? 0)) kill(pid, 'SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

async function npmStart(env: Record<string, string> = {}) {
  dataDir = mkdtempSync(path.join(tmpdir(), 'everafter-stop-'));
  chmodSync(dataDir, 0o755);
  const ports = { PORT: String(await freePort()), APP_PORT: String(await freePort()) };
  npm = spawn('npm', ['start'], {
    cwd: root,
    env: { ...cleanEnv(), ...ports, DATA_DIR: dataDir, EVERAFTER_SEED_DEMO: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [npm.stdout, npm.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  const ended = new Promise<number | null>((resolve) => npm.once('exit', resolve));
  return { output: () => output, ended };
}

async function npmStarted() {
  const { output, ended } = await npmStart();
  const early = ended.then(() => Promise.reject(new Error(`ended early:\n${output()}`)));
  early.catch(() => {});
  while (!/^Ready http/m.test(output())) await Promise.race([pause(100), early]);
}

interface Process {
  pid: number;
  command: string;
}

/** A process and everything below it. */
function family(pid: number): Process[] {
  const all = execFileSync('ps', ['-eo', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null && !match[3]?.startsWith('Z'))
    .map((match) => ({ pid: Number(match?.[1]), parent: Number(match?.[2]), command: match?.[4] ?? '' }));
  const members = new Set([pid]);
  for (let size = 0; size < members.size;) {
    size = members.size;
    for (const one of all) if (members.has(one.parent)) members.add(one.pid);
  }
  return all.filter((one) => members.has(one.pid));
}

function kill(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

const pidOf = (members: Process[], words: string) =>
  members.find(({ command }) => command.includes(words))?.pid ?? Number.NaN;

async function expectNobodyLeft(members: Process[]) {
  const end = Date.now() + LONGEST_STOP_MS;
  const left = () => members.filter(({ pid, command }) => family(pid)[0]?.command === command);
  while (left().length > 0 && Date.now() < end) await pause(200);
  expect(left().map(({ command }) => command)).toEqual([]);
  expect(readdirSync(path.join(dataDir, 'postgres')), 'PostgreSQL ended cleanly').not.toContain(
    'postmaster.pid',
  );
}

test.each([
  ['npm is told to end', 'npm start', 'SIGTERM'],
  ['npm is killed', 'npm start', 'SIGKILL'],
  ['start.mjs is killed', 'scripts/start.mjs', 'SIGKILL'],
  ['up.mjs is killed', 'scripts/up.mjs', 'SIGKILL'],
] as const)('nobody is left within ten seconds when %s', { timeout: 300_000 }, async (_, whom, signal) => {
  await npmStarted();
  const members = family(npm.pid ?? 0);
  expect(members.map(({ command }) => command).join('\n')).toMatch(/sandbox\/main[^]*app\/worker/);
  kill(pidOf(members, whom), signal);
  await expectNobodyLeft(members);
});

test('a taken port is named with its setting before anything is started', async () => {
  const other = net.createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  const { output, ended } = await npmStart({ APP_PORT: String(port) });
  expect(await ended).not.toBe(0);
  other.close();
  expect(output()).toContain(`Port ${port} is taken`);
  expect(output()).toContain('APP_PORT=');
  expect(readdirSync(dataDir)).toEqual([]);
});
