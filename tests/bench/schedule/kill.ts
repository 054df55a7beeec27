/** A worker is killed with a batch in its hands, while another one is busy with the same shop. */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { addDue, aBenchShop } from '../engine/data.ts';
import type { Bench } from '../engine/server.ts';
import { aWorker, heard } from './crew.ts';

const STILL_DUE = `
  select 1 from enrollment_cursor c join enrollment e on e.shop_id = c.shop_id and e.id = c.enrollment_id
  where c.shop_id = $1 and e.customer_id = any($2::uuid[]) and c.step_key = 'wait-0' limit 1`;

/** Steps that were decided to be sent twice, and messages of one step of one enrollment. */
const TWICE = `
  select (select count(*) from (select 1 from decision where shop_id = $1 and outcome = 'sent'
      group by enrollment_id, step_key having count(*) > 1) d)::int
    + (select count(*) from (select 1 from message where shop_id = $1
      group by enrollment_id, template_key having count(*) > 1) m)::int as count`;

export interface Killed {
  /** Milliseconds from the kill until all that it held has been done by another. */
  resumeMs: number;
  duplicates: number;
}

export async function killWorker(b: Bench, people: number): Promise<Killed> {
  const shop = await aBenchShop(b.owner);
  // The first batch is the oldest: whoever comes by later begins with it.
  await addDue(b.owner, shop, people, { spread: '-1 hour' });
  await b.owner.query('vacuum analyze enrollment_cursor, enrollment, customer, orders, consent');
  const [victim, other] = await Promise.all([
    aWorker({ url: b.url, task: 'hold' }),
    aWorker({ url: b.url, task: 'steps' }),
  ]);
  try {
    const held = heard(victim, 'holding');
    victim.send('go');
    const { customerIds } = await held;
    other.send('go');
    await sleep(500);
    const resumeMs = await timeUntilDone(b, shop.id, victim, customerIds);
    const { rows } = await b.owner.query<{ count: number }>(TWICE, [shop.id]);
    return { resumeMs, duplicates: rows[0]!.count };
  } finally {
    victim.kill('SIGKILL');
    other.kill('SIGKILL');
  }
}

async function timeUntilDone(b: Bench, shopId: string, victim: ChildProcess, customerIds: string[]) {
  const killed = performance.now();
  victim.kill('SIGKILL');
  while ((await b.owner.query(STILL_DUE, [shopId, customerIds])).rowCount! > 0) await sleep(10);
  return performance.now() - killed;
}
