/** What a shop has of a sequence, as text. */
import type { ShopTx } from '../db.server.ts';
import { templatesOf, type StoredTemplate } from '../messages/messages.server.ts';
import { readDraft } from './draft.ts';
import { sequenceOf, type SequenceDetail } from './edit.server.ts';
import { templatesIn, type Plan } from './plan.ts';
import { contentOf, stampOf, type Standing } from './text/stamp.ts';
import type { SequenceText } from './text/text.ts';

/** A sequence by its key, or by its id. */
export type SequenceRef = { key: string } | { id: string };

export interface TextState extends Standing {
  /** The text of what is live, else of the draft, with only those mails that a file has: the others stay the shop's own. */
  beside(file: SequenceText): Standing;
  detail: SequenceDetail;
  /** All of the shop. */
  mails: StoredTemplate[];
  stamp: string;
}

const FIND = `select id from sequence where shop_id = $1 and key = $2`;
/** Held until what is looked at here has been changed: nobody publishes in between. */
const LOCK = `select id from sequence where shop_id = $1 and id = $2::uuid for no key update`;

/** Null where there is no such sequence. @param hold whether nobody else may change it before this transaction ends */
export async function textStateOf(tx: ShopTx, ref: SequenceRef, hold = false): Promise<TextState | null> {
  const id = 'id' in ref ? ref.id : (await tx.sql<{ id: string }>(FIND, [tx.shopId, ref.key]))[0]?.id;
  if (id === undefined) return null;
  if (hold) await tx.sql(LOCK, [tx.shopId, id]);
  const detail = await sequenceOf(tx, id);
  if (!detail) return null;
  const mails = await templatesOf(tx);
  const standing = standingOf(detail, mails);
  const beside = (file: SequenceText) => {
    const inFile = new Set(file.mails.map(({ key }) => key));
    return standingOf(
      detail,
      mails.filter(({ key }) => inFile.has(key)),
    );
  };
  return { ...standing, detail, mails, beside, stamp: stampOf(standing) };
}

function standingOf(detail: SequenceDetail, mails: readonly StoredTemplate[]): Standing {
  const content = (plan: Plan | null) => plan && contentOf(sequenceText(detail, plan, mails));
  return {
    liveVersion: detail.liveVersion,
    live: content(detail.live),
    draft: detail.draft === null ? null : (content(readDraft(detail.draft)) ?? JSON.stringify(detail.draft)),
  };
}

/** With the mails that the plan sends. */
export function sequenceText(
  { key, name }: Pick<SequenceDetail, 'key' | 'name'>,
  plan: Plan,
  mails: readonly StoredTemplate[],
): SequenceText {
  const sent = templatesIn(plan);
  const own = mails.filter((mail) => sent.includes(mail.key));
  return {
    key,
    name,
    pulled: null,
    plan,
    mails: own.map(({ key, locale, text }) => ({ key, locale, text })),
  };
}
