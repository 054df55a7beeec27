/** Takes a text in: as a draft, or published. All of it or nothing, and only over what its author has seen. */
import type { ShopTx } from '../db.server.ts';
import { removeTemplate, saveTemplate, templatesOf } from '../messages/messages.server.ts';
import { publish, saveDraft, sequenceOf } from './edit.server.ts';
import type { Plan } from './plan.ts';
import { mailsInUse } from './policy.server.ts';
import { discardDraft, make, renameSequence } from './shelf.server.ts';
import { inReadingOrder } from './text/reading-order.ts';
import { readText } from './text/read-text.ts';
import { contentOf, isSameMail, isSamePlan, versionIn } from './text/stamp.ts';
import type { SequenceText, TextProblem } from './text/text.ts';
import { judgeText } from './text.server.ts';
import { textStateOf, type TextState } from './text-state.server.ts';

export interface Push {
  text: string;
  /** Which sequence it becomes. `named`: the one that it names, made where there is none. `new`: always another one. */
  into: 'named' | 'new' | { id: string };
  /** What happens to those inside; null: it stays a draft. */
  publish: 'stay' | 'move' | null;
  /** What must still be so. `pulled`: what the text was pulled from. `over`: what this text says is live. */
  unless: { changed: 'pulled' } | { changed: 'over'; text: string } | null;
  /** Whether a draft also replaces mails that customers get already. */
  allMails?: boolean;
}

export interface Mail {
  key: string;
  locale: string;
}

export type Pushed =
  | {
      outcome: 'pushed';
      id: string;
      key: string;
      isNew: boolean;
      /** The version that is live now; null: it has never been published. */
      version: number | null;
      /** Whether that was made of this text. */
      isPublished: boolean;
      /** How many inside follow it. */
      moved: number;
      saved: Mail[];
      /** Languages that a mail of the file had in the shop, and has not in the file. */
      removed: Mail[];
      /** Mails that customers get, which a draft does not change. */
      left: Mail[];
      pulled: string;
      warnings: TextProblem[];
    }
  | { outcome: 'problems'; problems: TextProblem[] }
  | Changed;

export interface Changed {
  outcome: 'changed';
  /** `there`: the text was pulled from nothing, and there is such a sequence. `gone`: it was, and there is none. */
  what: 'version' | 'draft' | 'content' | 'there' | 'gone';
  /** Versions that the text was made from, and that is live; null: none. */
  pulled: number | null;
  live: number | null;
}

/** Two hands at once do not make two sequences of one key. */
const LOCK_SHOP = `select id from shop where id = $1 for no key update`;

/** See the door. Nothing is written before everything has been looked at. */
export async function pushText(tx: ShopTx, push: Push, now: Date): Promise<Pushed> {
  await tx.sql(LOCK_SHOP, [tx.shopId]);
  const into = typeof push.into === 'string' ? null : await textStateOf(tx, push.into, true);
  if (typeof push.into !== 'string' && !into)
    return { outcome: 'changed', what: 'gone', pulled: null, live: null };
  const judged = await judgeText(tx, push.text, push.into === 'new' ? '' : into?.detail.key);
  if (judged.outcome === 'problems') return judged;
  const { sequence, warnings } = judged;
  const state = push.into === 'named' ? await textStateOf(tx, sequence, true) : into;
  const changed = changedSince(push, sequence, state);
  if (changed) return changed;
  const plan = inReadingOrder(sequence.plan);
  const { saved, removed, left } = await saveMails(tx, push, sequence, now);
  const id = state?.detail.id ?? (await make(tx, { ...sequence, plan }, now));
  if (state && state.detail.name !== sequence.name) await renameSequence(tx, id, sequence.name, now);
  const { isPublished, moved } = await keep(tx, push, id, plan, now);
  const after = (await textStateOf(tx, { id }))!;
  const { key, liveVersion: version } = after.detail;
  const done = { outcome: 'pushed', id, key, isNew: !state, version, isPublished, moved } as const;
  return { ...done, saved, removed, left, pulled: after.stamp, warnings };
}

/** What somebody else has done meanwhile; null: nothing, or it does not matter. */
function changedSince({ unless }: Push, sequence: SequenceText, state: TextState | null): Changed | null {
  if (!unless) return null;
  const pulled = sequence.pulled === null ? null : versionIn(sequence.pulled);
  const changed = (what: Changed['what']): Changed => ({
    outcome: 'changed',
    what,
    pulled,
    live: state?.liveVersion ?? null,
  });
  if (unless.changed === 'over') return state && overwrites(unless.text, sequence, state, changed);
  if (!state) return sequence.pulled === null ? null : changed('gone');
  if (sequence.pulled === null) return changed('there');
  if (sequence.pulled === state.stamp) return null;
  return changed(pulled === (state.liveVersion ?? 0) ? 'content' : 'version');
}

function overwrites(
  text: string,
  sequence: SequenceText,
  state: TextState,
  changed: (what: Changed['what']) => Changed,
): Changed | null {
  const reading = readText(text);
  const over = 'problems' in reading ? null : contentOf(reading.sequence);
  const known = [over, contentOf(sequence)];
  const before = 'problems' in reading ? sequence : reading.sequence;
  const isKnown = (of: 'draft' | 'live') =>
    [before, sequence].some((file) => {
      const content = state.beside(file)[of];
      return content === null || known.includes(content);
    });
  if (!isKnown('draft')) return changed('draft');
  return isKnown('live') ? null : changed('content');
}

/** Mails that are others than those of the shop, and languages that a mail of the file has no more. */
async function saveMails(
  tx: ShopTx,
  { publish, allMails = publish !== null }: Push,
  { mails }: SequenceText,
  now: Date,
): Promise<{ saved: Mail[]; removed: Mail[]; left: Mail[] }> {
  const inUse = allMails ? new Set<string>() : await mailsInUse(tx);
  const stored = await templatesOf(tx);
  const saved: Mail[] = [];
  const left: Mail[] = [];
  for (const mail of mails.filter((each) => !stored.some((one) => isSameMail(one, each)))) {
    const { key, locale } = mail;
    (inUse.has(key) ? left : saved).push({ key, locale });
    if (inUse.has(key)) continue;
    const result = await saveTemplate(tx, mail, now);
    if (result.outcome === 'refused') throw new Error(`the mail ${key} was judged sound, and refused`);
  }
  const inFile = new Set(mails.map(({ key }) => key));
  const dropped = stored.filter(
    ({ key, locale }) => inFile.has(key) && !mails.some((mail) => mail.key === key && mail.locale === locale),
  );
  const removed: Mail[] = [];
  for (const { key, locale } of dropped) {
    (inUse.has(key) ? left : removed).push({ key, locale });
    if (!inUse.has(key)) await removeTemplate(tx, { key, locale });
  }
  return { saved, removed, left };
}

async function keep(
  tx: ShopTx,
  { publish: inside }: Push,
  id: string,
  plan: Plan,
  now: Date,
): Promise<{ isPublished: boolean; moved: number }> {
  const { live } = (await sequenceOf(tx, id))!;
  if (live && isSamePlan(live, plan)) {
    await discardDraft(tx, id, now);
    return { isPublished: true, moved: 0 };
  }
  await saveDraft(tx, id, { plan }, now);
  if (inside === null) return { isPublished: false, moved: 0 };
  const result = await publish(tx, id, { inside }, now);
  if (result.outcome !== 'published') throw new Error(`${id} was judged sound, and is ${result.outcome}`);
  return { isPublished: true, moved: result.moved };
}
