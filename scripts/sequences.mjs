/**
 * `npm run sequences -- check|diff|push|pull|simulate [files]`: sequences as text, on this machine and in a running app.
 * docs/sequences-as-text.md shows how. Ends with 0 (fine), 1 (something is wrong or would change) or 2 (could not be done).
 */
import { main } from './sequences/main.ts';

// npm runs scripts where its package lies; files are meant from where it was called.
process.exit(await main(process.argv.slice(2), process.env, process.env['INIT_CWD'] ?? process.cwd()));
