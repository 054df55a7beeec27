/** A second process that serves: counts what it is told to count, and says how often it let somebody through. */
import { openDb } from '../../app/db.server.ts';
import { makeLimits, type Asked } from '../../app/limits.server.ts';

const { databaseUrl } = JSON.parse(process.argv[2]!) as { databaseUrl: string };
const db = openDb({ url: databaseUrl, max: 4 });
const tooOften = makeLimits(db);

process.on('disconnect', () => void db.close().finally(() => process.exit(0)));
process.on('message', (told: { peers: string[]; asked: Asked; shopId: string }) => void count(told));
process.send?.('ready');

async function count({ peers, asked, shopId }: { peers: string[]; asked: Asked; shopId: string }) {
  let passed = 0;
  for (const peer of peers) {
    const request = new Request('http://app.test/', { headers: { 'x-client-address': peer } });
    if ((await tooOften(request, asked, BigInt(shopId))) === null) passed++;
  }
  process.send?.({ passed });
}
