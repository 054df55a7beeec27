/**
 * `npm start` and `npm run dev`: installs what is missing, then hands over to up.mjs on the project's own Node.
 * Runs on whatever Node the machine has.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { childEnv, install, nodeBinary, root } from './install.mjs';

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 20) {
  console.error(`Everafter needs Node 20 or newer to start; this is ${process.version}.`);
  process.exit(1);
}
await install();
const child = spawn(nodeBinary, [path.join(root, 'scripts/up.mjs'), ...process.argv.slice(2)], {
  cwd: root,
  env: childEnv(),
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'));
child.once('exit', (code) => process.exit(code ?? 1));
