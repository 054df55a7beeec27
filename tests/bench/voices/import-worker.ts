/**
 * A worker process that takes files of reviews in, one after the other, as the job does, and tells what it held in memory.
 * Started by fork() with its orders as JSON; whoever made the files is another process, so that only the import is measured.
 */
import { openDb } from '../../../app/db.server.ts';
import { runImport } from '../../../app/reviews/reviews.server.ts';

export interface ImportOrders {
  url: string;
  files: { shopId: string; importId: string }[];
  now: string;
}

/** Of each file; `most`: resident bytes of the process, the most of it. */
export type ImportReport = { seconds: number; most: number }[];

const { url, files, now } = JSON.parse(process.argv[2]!) as ImportOrders;
const db = openDb({ url, max: 4 });
const report: ImportReport = [];
for (const { shopId, importId } of files) {
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50);
  const started = performance.now();
  await runImport(db, { shopId: BigInt(shopId), importId }, new Date(now));
  clearInterval(watch);
  report.push({ seconds: (performance.now() - started) / 1000, most });
}
process.send!(report);
await db.close();
process.disconnect();
