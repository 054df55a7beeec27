/** What a merchant does on the page of one sequence: read from its form, done through the door, answered in words. */
import type { ShopTx } from './db.server.ts';
import { unknownIntent, type Fields } from './fields.server.ts';
import { readDraft } from './sequences/draft.ts';
import type { Plan, Problem } from './sequences/plan.ts';
import {
  deleteSequence,
  discardDraft,
  duplicateSequence,
  publish,
  renameSequence,
  saveDraft,
  stop,
  switchSequence,
} from './sequences/sequences.server.ts';

/** `saved`: what was drawn is kept. */
export type SequenceAnswer = { to: string } | { toast?: string; saved?: boolean; problems?: Problem[] };

/** @returns null where there is no such sequence */
export async function sequenceDeed(
  tx: ShopTx,
  id: string,
  fields: Fields,
  now: Date,
): Promise<SequenceAnswer | null> {
  switch (fields.text('intent')) {
    case 'save': {
      const saved = await saveDraft(tx, id, { plan: draftIn(fields) }, now);
      return saved.outcome === 'saved'
        ? { toast: 'Kept as a draft. Nothing has changed for customers yet', saved: true }
        : null;
    }
    case 'publish':
      return published(tx, id, fields, now);
    case 'discard':
      return (await discardDraft(tx, id, now)) ? { toast: 'Back to what is live' } : {};
    case 'switch':
      return switched(tx, id, fields.text('on') === 'true', now);
    case 'rename':
      return renamed(tx, id, fields.text('name'), now);
    case 'duplicate': {
      const copy = await duplicateSequence(tx, id, now);
      return copy === null ? null : { to: `/app/sequences/${copy}` };
    }
    case 'stop-all': {
      const all = { shopId: tx.shopId, by: 'sequence', id, reason: 'stopped-by-staff' } as const;
      const count = await stop(tx, [all], now);
      return { toast: count === 1 ? 'Stopped for one customer' : `Stopped for ${count} customers` };
    }
    case 'delete':
      return deleted(tx, id, now);
    default:
      return unknownIntent();
  }
}

/** @throws Response 400 where it is nothing that could be drawn again */
export function draftIn(fields: Fields): Plan {
  const draft = readDraft(fields.json('plan'));
  if (!draft) throw new Response('This is no plan', { status: 400 });
  return draft;
}

async function published(tx: ShopTx, id: string, fields: Fields, now: Date): Promise<SequenceAnswer | null> {
  // What is on the screen is what is published; the draft as it was saved, where nothing is.
  if (fields.text('plan') !== '') {
    const saved = await saveDraft(tx, id, { plan: draftIn(fields) }, now);
    if (saved.outcome === 'unknown') return null;
  }
  const inside = fields.text('inside') === 'stay' ? 'stay' : 'move';
  const result = await publish(tx, id, { inside }, now);
  switch (result.outcome) {
    case 'published':
      return {
        toast:
          result.moved === 0
            ? `Version ${result.version} is published`
            : `Version ${result.version} is published, and ${result.moved} inside follow it`,
        saved: true,
        problems: [],
      };
    case 'problems':
      return { toast: 'Kept as a draft: there is still a problem', saved: true, problems: result.problems };
    case 'unchanged':
      return { toast: 'There was nothing new to publish' };
    case 'unknown':
      return null;
  }
}

async function switched(tx: ShopTx, id: string, on: boolean, now: Date): Promise<SequenceAnswer | null> {
  switch (await switchSequence(tx, id, on, now)) {
    case 'switched':
      return { toast: on ? 'Switched on' : 'Switched off. Those inside wait' };
    case 'unpublished':
      return { toast: 'Publish it once before you switch it on' };
    case 'unknown':
      return null;
  }
}

async function renamed(tx: ShopTx, id: string, name: string, now: Date): Promise<SequenceAnswer | null> {
  switch (await renameSequence(tx, id, name, now)) {
    case 'renamed':
      return { toast: 'Renamed' };
    case 'nameless':
      return { toast: 'A name has one letter at least' };
    case 'unknown':
      return null;
  }
}

async function deleted(tx: ShopTx, id: string, now: Date): Promise<SequenceAnswer | null> {
  const result = await deleteSequence(tx, id, now);
  switch (result.outcome) {
    case 'deleted':
      return { to: '/app/sequences' };
    case 'inside':
      return { toast: `Not deleted: ${result.count} are still inside` };
    case 'unknown':
      return null;
  }
}
