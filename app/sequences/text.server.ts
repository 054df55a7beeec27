/** Sequences as text: taken along, judged, compared. What takes them in is push-text.server.ts. */
import type { ShopTx } from '../db.server.ts';
import { checkTemplate, templatesOf } from '../messages/messages.server.ts';
import { readDraft } from './draft.ts';
import { rulesBrokenElsewhere, startables } from './policy.server.ts';
import { previewPublishing } from './publishing.server.ts';
import type { Effect } from './publishing.ts';
import { askSimulation, simulationOf } from './simulation.server.ts';
import type { SimulationView } from './simulation.ts';
import { judge, reportOfMail } from './text/judge-text.ts';
import { inOrder, readText } from './text/read-text.ts';
import { startProblems } from './starts.ts';
import { contentOf } from './text/stamp.ts';
import type { Places } from './text/places.ts';
import type { SequenceText, TextProblem } from './text/text.ts';
import { writeText } from './text/write-text.ts';
import { sequenceText, textStateOf, type SequenceRef } from './text-state.server.ts';

export type JudgedText =
  | { outcome: 'sound'; sequence: SequenceText; warnings: TextProblem[] }
  | { outcome: 'problems'; problems: TextProblem[] };

/** See the door. Null where there is no such sequence, or nothing of it that was asked for. */
export async function exportText(
  tx: ShopTx,
  ref: SequenceRef,
  of: 'live' | 'draft',
): Promise<{ key: string; text: string } | null> {
  const state = await textStateOf(tx, ref);
  if (!state) return null;
  const { detail, mails, stamp } = state;
  const draft = readDraft(detail.draft);
  // What has never been published is a draft and nothing else.
  const plan = of === 'live' ? (detail.live ?? draft) : (draft ?? detail.live);
  return (
    plan && { key: detail.key, text: writeText({ ...sequenceText(detail, plan, mails), pulled: stamp }) }
  );
}

/** See the door. @param key of the sequence that it is to be, whatever it says itself; '' for a new one */
export async function judgeText(tx: ShopTx, text: string, key?: string): Promise<JudgedText> {
  const reading = readText(text);
  if ('problems' in reading) return { outcome: 'problems', problems: reading.problems };
  const { sequence, places } = reading;
  const isSound = judge(sequence, places, { mails: await templatesOf(tx) });
  if (isSound) await judgeInShop(tx, { ...sequence, key: key ?? sequence.key }, places);
  const problems = inOrder(places.problems);
  return problems.some(({ level }) => level === 'error')
    ? { outcome: 'problems', problems }
    : { outcome: 'sound', sequence, warnings: problems };
}

const KINDS = `
  select distinct step->>'key' as key, step->>'kind' as kind
  from sequence s
  join sequence_version v on v.shop_id = s.shop_id and v.sequence_id = s.id,
    jsonb_array_elements(v.plan->'steps') step
  where s.shop_id = $1 and s.key = $2`;

/** What only the shop knows: keys of earlier versions, and how heavy a mail is. */
async function judgeInShop(tx: ShopTx, { key, plan, mails }: SequenceText, places: Places): Promise<void> {
  const known = await tx.sql<{ key: string; kind: string }>(KINDS, [tx.shopId, key]);
  for (const [index, step] of plan.steps.entries()) {
    const other = known.find((each) => each.key === step.key && each.kind !== step.kind);
    if (other) places.report(['steps', index], 'key-of-another', other.kind);
  }
  for (const { step, code, detail } of startProblems(plan, key, await startables(tx)))
    places.report(places.pathOfStep(step), code, detail, { step });
  for (const { text, name, detail } of await rulesBrokenElsewhere(tx, mails, key)) {
    places.report(['mails', text.key, text.locale], 'policy', `“${name}” sends it as well. ${detail}`);
  }
  for (const mail of mails) {
    const checks = await checkTemplate(mail.text, mail.locale);
    const more = checks.filter(({ code }) => code === 'too-large' || code === 'no-unsubscribe');
    for (const check of more) reportOfMail(['mails', mail.key, mail.locale], check, places);
  }
}

/** How many of those inside something happens to. */
export type Effects = { effect: Effect; count: number }[];

export type ComparedText =
  | {
      outcome: 'compared';
      /** The text of what the shop has; null: it has no such sequence yet. */
      theirs: string | null;
      /** The text that was sent, in the one form that it has. */
      ours: string;
      inside: number;
      stay: Effects;
      move: Effects;
    }
  | { outcome: 'problems'; problems: TextProblem[] };

/** See the door. */
export async function compareText(tx: ShopTx, text: string, now: Date): Promise<ComparedText> {
  const judged = await judgeText(tx, text);
  if (judged.outcome === 'problems') return judged;
  const { sequence } = judged;
  const state = await textStateOf(tx, sequence);
  const ours = contentOf(sequence);
  const nobody = { inside: 0, stay: [], move: [] };
  const theirs = state?.beside(sequence);
  const compared = { outcome: 'compared', theirs: theirs?.live ?? theirs?.draft ?? null, ours } as const;
  if (!state) return { ...compared, ...nobody };
  const preview = await previewPublishing(tx, state.detail.id, now, sequence.plan);
  if (preview.outcome !== 'preview') return { ...compared, ...nobody };
  // In counts alone: who it is stays in the admin.
  const effects = ({ counts }: typeof preview.stay) => counts.map(({ effect, count }) => ({ effect, count }));
  return { ...compared, inside: preview.inside, stay: effects(preview.stay), move: effects(preview.move) };
}

/** See the door. */
export async function simulateText(
  tx: ShopTx,
  text: string,
  enqueue: Parameters<typeof askSimulation>[2],
  now: Date,
): Promise<
  | { outcome: 'asked'; key: string; id: string }
  | { outcome: 'problems'; problems: TextProblem[] }
  | { outcome: 'unknown' }
> {
  const judged = await judgeText(tx, text);
  if (judged.outcome === 'problems') return judged;
  const { key, plan } = judged.sequence;
  const state = await textStateOf(tx, { key });
  if (!state) return { outcome: 'unknown' };
  const asked = await askSimulation(tx, state.detail.id, enqueue, now, plan);
  if (asked.outcome !== 'asked') throw new Error(`${key} was judged sound, and is ${asked.outcome}`);
  return { ...asked, key };
}

/** See the door. */
export async function simulationOfText(tx: ShopTx, key: string): Promise<SimulationView | null> {
  const state = await textStateOf(tx, { key });
  return state && simulationOf(tx, state.detail.id);
}
