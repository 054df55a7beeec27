/** After the build: brotli and gzip beside every client file that gains from it. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = path.resolve(import.meta.dirname, '../build/client');
const worthIt = (file) => /\.(js|css|svg|json|txt)$/.test(file) && statSync(file).size >= 1024;
let raw = 0;
let compressed = 0;
for (const name of readdirSync(root, { recursive: true })) {
  const file = path.join(root, name);
  if (name.startsWith('.vite') || !statSync(file).isFile() || !worthIt(file)) continue;
  const source = readFileSync(file);
  const brotli = brotliCompressSync(source, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: source.length },
  });
  writeFileSync(`${file}.br`, brotli);
  writeFileSync(`${file}.gz`, gzipSync(source, { level: 9 }));
  raw += source.length;
  compressed += brotli.length;
}
console.log(`Compressed ${Math.round(raw / 1024)} KB of client files to ${Math.round(compressed / 1024)} KB`);
