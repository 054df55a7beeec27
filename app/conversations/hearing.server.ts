/** Hearing, with everything that follows from it in the same transaction. */
import type { SqlTx } from '../db.server.ts';
import { decimalOf } from '../shops/money.ts';
import { ringAlarms } from './alarm.server.ts';
import { cueFor } from './cues.ts';
import { hearVoices, type Heard } from './hear.server.ts';
import { cueNotice } from './notices.ts';
import { addEntries, saveConversations } from './rows.server.ts';
import { suggestTags } from './tags.server.ts';
import { thank } from './thanking.server.ts';
import { noticeEntry } from './ticks.server.ts';
import type { Voice } from './voice.ts';

/**
 * Takes what customers have said. Each voice is heard once by its source; what belongs to a matter that is open goes on with
 * it, everything else opens a conversation whose clock begins.
 * @returns ids of the conversations that were opened or went on, in the order of the voices that were news
 */
export async function hear(tx: SqlTx, voices: readonly Voice[], now: Date): Promise<string[]> {
  const heard = await hearVoices(tx, voices, now);
  const spoken = heard.filter(({ voice }) => !voice.isAutomatic);
  if (spoken.length > 0) {
    await suggestTags(tx, spoken, now);
    await followCues(tx, spoken, now);
    await alarms(tx, spoken, now);
    await thank(tx, spoken, now);
  }
  return heard.map(({ conversation }) => conversation.id);
}

async function alarms(tx: SqlTx, heard: readonly Heard[], now: Date): Promise<void> {
  for (const promised of new Set(heard.map((one) => one.promised))) {
    const products = heard.flatMap((one) =>
      one.promised === promised && one.conversation.productId ? [one.conversation.productId] : [],
    );
    await ringAlarms(tx, promised, products, now);
  }
}

const TOTALS = `
  select o.shop_id as "shopId", o.id, o.total from orders o
  join (select distinct * from unnest($1::bigint[], $2::bigint[]) as u(shop_id, id)) t on o.shop_id = t.shop_id and o.id = t.id`;

/** What fits a cue is somebody's at once, and they are told. */
async function followCues(tx: SqlTx, heard: readonly Heard[], now: Date): Promise<void> {
  const cued = heard.filter(({ promised }) => promised.settings.cues.length > 0);
  if (cued.length === 0) return;
  const about = cued.filter(({ conversation }) => conversation.orderId !== null);
  const totals = await tx.sql<{ shopId: bigint; id: bigint; total: bigint }>(TOTALS, [
    about.map(({ conversation }) => conversation.shopId),
    about.map(({ conversation }) => conversation.orderId),
  ]);
  const totalOf = new Map(totals.map((row) => [`${row.shopId} ${row.id}`, row.total]));
  for (const { voice, conversation, promised, customer } of cued) {
    const total = totalOf.get(`${conversation.shopId} ${conversation.orderId}`);
    const found = cueFor(promised.settings.cues, {
      text: voice.text,
      score: voice.score ?? null,
      value: total === undefined ? null : Number(decimalOf(total, promised.shop.currency)),
      stage: customer?.stage ?? null,
      contacts: conversation.voices,
    });
    if (!found || conversation.assignee === found.cue.to) continue;
    const { shopId, id } = conversation;
    const at = { shopId, conversationId: id, at: now };
    conversation.assignee = found.cue.to;
    await saveConversations(tx, [conversation]);
    const data = { code: 'cued', to: found.cue.to, why: found.why };
    const notice = cueNotice(conversation, found.why);
    await addEntries(tx, [{ ...at, kind: 'happening', data }, noticeEntry(at, notice, found.cue.to)], now);
  }
}
