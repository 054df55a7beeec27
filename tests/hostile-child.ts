/** Opens every file of a folder as the app does, in a process of its own whose memory is counted. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { makePicture } from '../app/files/pictures.server.ts';

const [folder = ''] = process.argv.slice(2);
const results: { name: string; refusal: string | null; versions: string[]; ms: number }[] = [];
for (const name of readdirSync(folder).sort()) {
  const started = performance.now();
  const made = await makePicture(readFileSync(path.join(folder, name)));
  results.push({
    name,
    refusal: 'refusal' in made ? made.refusal : null,
    versions: 'refusal' in made ? [] : made.versions.map(({ bytes }) => bytes.toString('base64')),
    ms: performance.now() - started,
  });
}
process.send!({ results, maxRssMb: process.resourceUsage().maxRSS / 1024 });
process.disconnect();
