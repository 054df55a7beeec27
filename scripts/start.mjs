/**
 * `npm start` and `npm run dev`: installs what is missing, then hands over to up.mjs on the project's own Node.
 * Runs on whatever Node the machine has.
 *
 * The two watch over each other: up.mjs leads a process group of its own with everything that it starts and ends when
 * this process is gone; when up.mjs is gone, this process ends whoever is left of that group.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { endGroup, signalGroup } from './group.mjs';
import { childEnv, endRuns, install, nodeBinary, root } from './install.mjs';
import { portProblem } from './ports.mjs';

/** All that up.mjs needs to end everything in order. */
const PATIENCE_MS = 9000;

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 20) {
  console.error(`Everafter needs Node 20 or newer to start; this is ${process.version}.`);
  process.exit(1);
}

/** @type {import('node:child_process').ChildProcess | null} */
let child = null;

function stop() {
  if (!child) {
    endRuns();
    process.exit(1);
  }
  child.kill('SIGTERM');
  setTimeout(() => signalGroup(child.pid, 'SIGKILL'), PATIENCE_MS).unref();
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
// Started by another program of ours: end with it, even if it was killed.
if (process.connected) process.once('disconnect', stop);
// npm can be killed too. Started by a shell, on the other hand, it may outlive that shell: nohup.
const parent = process.ppid;
if (['start', 'dev'].includes(process.env.npm_lifecycle_event ?? '')) {
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 500);
  watch.unref();
}

const problem = await portProblem();
if (problem) {
  console.error(`Could not start: ${problem}`);
  process.exit(1);
}
await install();
child = spawn(nodeBinary, [path.join(root, 'scripts/up.mjs'), ...process.argv.slice(2)], {
  cwd: root,
  // Compiling what is loaded is most of what a start costs: done once, it is kept for the next one.
  env: childEnv({ NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/compiled') }),
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  detached: true,
});
child.once('exit', (code) => void endGroup(child.pid).then(() => process.exit(code ?? 1)));
