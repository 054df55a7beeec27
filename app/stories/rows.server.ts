/** Rows of stories, read with their files. */
import type { SqlTx } from '../db.server.ts';
import type { StoredFile } from '../files/file.ts';
import { filesByIds } from '../files/files.server.ts';
import type { RightsState, Use } from './rights.ts';
import type { FileRole, StoryFile, StoryKind, StoryState } from './story.ts';

export interface Story {
  id: string;
  customerId: string;
  orderId: bigint | null;
  productId: bigint | null;
  kind: StoryKind;
  title: string | null;
  text: string | null;
  answers: { question: string; answer: string }[];
  /** Those that are still there, in order. */
  files: { role: FileRole; file: StoredFile }[];
  name: string | null;
  locale: string | null;
  state: StoryState;
  rights: RightsState;
  uses: Use[];
  askedUses: Use[];
  rightsUntil: Date | null;
  rightsAt: Date | null;
  articleId: bigint | null;
  at: Date;
  shownAt: Date | null;
}

type Row = Omit<Story, 'files' | 'uses' | 'askedUses'> & {
  files: StoryFile[];
  uses: Use[] | null;
  askedUses: Use[] | null;
};

const COLUMNS = `
  s.id, s.customer_id as "customerId", s.order_id as "orderId", s.product_id as "productId", s.kind, s.title, s.text,
  s.answers, s.files, s.name, s.locale, s.state, s.rights, s.uses, s.asked_uses as "askedUses",
  s.rights_until as "rightsUntil", s.rights_at as "rightsAt", s.article_id as "articleId", s.at, s.shown_at as "shownAt"`;

/**
 * @param where what follows `from story s`, over $1 shop and the values behind it
 * @param more columns beside the story's own
 */
export async function storiesWhere<More = object>(
  tx: SqlTx,
  shopId: bigint,
  where: string,
  values: readonly unknown[],
  more = '',
): Promise<(Story & More)[]> {
  const text = `select ${COLUMNS}${more} from story s ${where}`;
  const rows = await tx.sql<Row & More>(text, [shopId, ...values]);
  const ids = rows.flatMap(({ files }) => files.map(({ id }) => id));
  const files = await filesByIds(tx, shopId, ids);
  return rows.map((row) => ({
    ...row,
    uses: row.uses ?? [],
    askedUses: row.askedUses ?? [],
    files: row.files.flatMap(({ id, role }) => {
      const file = files.get(id);
      return file ? [{ role, file }] : [];
    }),
  }));
}

/** One story; null when there is none. */
export async function storyById(tx: SqlTx, shopId: bigint, id: string): Promise<Story | null> {
  const [story] = await storiesWhere(tx, shopId, 'where s.shop_id = $1 and s.id = $2::uuid', [id]);
  return story ?? null;
}

/** A customer's stories, newest first; those that were withdrawn are left out. */
export async function storiesOf(tx: SqlTx, shopId: bigint, customerId: string): Promise<Story[]> {
  return storiesWhere(
    tx,
    shopId,
    `where s.shop_id = $1 and s.customer_id = $2::uuid and s.state <> 'withdrawn' order by s.at desc limit 50`,
    [customerId],
  );
}
