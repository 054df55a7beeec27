/** What everybody may see of questions: with their answers, the shop's first. */
import { cursorOf, readCursor } from '../../cursor.ts';
import type { SqlTx } from '../../db.server.ts';
import { webAddress } from '../../web-address.ts';

export interface PublicAnswer {
  text: string;
  by: 'merchant' | 'buyer';
  /** Null: the shop, or somebody. */
  name: string | null;
  at: Date;
}

export interface PublicQuestion {
  id: string;
  text: string;
  name: string | null;
  at: Date;
  answers: PublicAnswer[];
}

const SHOWN_PAGE = 10;

/** Answers that stand under a question: the shop's, and the first ones of those who have bought it. */
const ANSWERS = `
  array(select json_build_object('text', a.text, 'by', a.by, 'name', a.author_name, 'at', a.at) from question_answer a
    where a.shop_id = q.shop_id and a.question_id = q.id and a.state = 'published' and a.text is not null
    order by a.by desc, a.at limit 12)`;

const LIST = `
  select q.id, q.text, q.author_name as name, q.at, q.published_at as published, ${ANSWERS} as answers
  from product_question q
  where q.shop_id = $1 and q.product_id = $2 and q.state = 'published' and q.text is not null
    and ($3::timestamptz is null or (q.published_at, q.id) < ($3, $4::uuid))
  order by q.published_at desc, q.id desc limit ${SHOWN_PAGE + 1}`;

type Row = Omit<PublicQuestion, 'answers'> & {
  published: Date;
  answers: (Omit<PublicAnswer, 'at'> & { at: string })[];
};

const read = ({ published: _published, answers, ...question }: Row): PublicQuestion => ({
  ...question,
  answers: answers.map((answer) => ({ ...answer, at: new Date(answer.at) })),
});

/** One page of a product's questions, newest first. */
export async function shownQuestions(
  tx: SqlTx,
  { shopId, productId, after }: { shopId: bigint; productId: bigint; after: string | null },
): Promise<{ questions: PublicQuestion[]; next: string | null }> {
  const from = readCursor(after);
  const rows = await tx.sql<Row>(LIST, [shopId, productId, from?.at ?? null, from?.id ?? null]);
  const shown = rows.slice(0, SHOWN_PAGE);
  const last = rows.length > SHOWN_PAGE ? shown.at(-1) : undefined;
  return { questions: shown.map(read), next: last ? cursorOf(last.published, last.id) : null };
}

/** The product that is asked about; null where the shop has none. */
export async function askedProduct(
  tx: SqlTx,
  shopId: bigint,
  productId: bigint,
): Promise<{ title: string; imageUrl: string | null; url: string | null } | null> {
  const [row] = await tx.sql<{ title: string; imageUrl: string | null; url: string | null }>(
    `select title, image_url as "imageUrl", url from product where shop_id = $1 and id = $2`,
    [shopId, productId],
  );
  return row ? { ...row, imageUrl: webAddress(row.imageUrl), url: webAddress(row.url) } : null;
}

const OPEN = `
  select q.id, q.product_id as "productId", q.text, q.author_name as name, q.at from product_question q
  where q.shop_id = $1 and q.product_id = any($2::bigint[]) and q.state = 'published' and q.text is not null
    and q.customer_id is distinct from $3::uuid
    and not exists (select 1 from question_answer a where a.shop_id = q.shop_id and a.question_id = q.id
      and (a.customer_id = $3::uuid or a.state = 'published'))
  order by q.published_at desc limit 3`;

export interface OpenQuestion {
  id: string;
  productId: bigint;
  text: string;
  name: string | null;
  at: Date;
}

/** Questions about what somebody owns that nobody has answered yet; few, for they are asked on the side. */
export const openQuestions = (
  tx: SqlTx,
  shopId: bigint,
  productIds: readonly bigint[],
  customerId: string,
): Promise<OpenQuestion[]> => tx.sql<OpenQuestion>(OPEN, [shopId, productIds, customerId]);
