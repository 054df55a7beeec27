/** What whoever asked sees and does behind the link of their mail: without a login, for the link says whose it is. */
import type { SqlTx } from '../../db.server.ts';
import { webAddress } from '../../web-address.ts';
import type { QuestionLink } from '../links.ts';
import type { ReviewState } from '../review.ts';
import type { PublicAnswer } from './shown.server.ts';

export interface OwnQuestion {
  text: string;
  product: string | null;
  productUrl: string | null;
  locale: string | null;
  state: ReviewState;
  /** Whether they are told of answers by mail. */
  isTold: boolean;
  answers: PublicAnswer[];
}

const OWN = `
  select q.text, p.title as product, p.url as "productUrl", q.locale, q.state, q.email is not null as "isTold",
    array(select json_build_object('text', a.text, 'by', a.by, 'name', a.author_name, 'at', a.at) from question_answer a
      where a.shop_id = q.shop_id and a.question_id = q.id and a.state = 'published' and a.text is not null
      order by a.by desc, a.at limit 12) as answers
  from product_question q left join product p on p.shop_id = q.shop_id and p.id = q.product_id
  where q.shop_id = $1 and q.id = $2::uuid and q.text is not null`;

/** Null: taken back, or erased. */
export async function ownQuestion(tx: SqlTx, link: QuestionLink): Promise<OwnQuestion | null> {
  const [row] = await tx.sql<OwnQuestion>(OWN, [link.shopId, link.questionId]);
  return row ? { ...row, productUrl: webAddress(row.productUrl) } : null;
}

/** No more mails about it: the address is forgotten. */
export async function stopTelling(tx: SqlTx, link: QuestionLink): Promise<void> {
  await tx.sql('update product_question set email = null where shop_id = $1 and id = $2::uuid', [
    link.shopId,
    link.questionId,
  ]);
}

const BLANK = `
  update product_question set text = null, author_name = null, email = null, state = 'hidden', due_at = null
  where shop_id = $1 and id = $2::uuid`;

/** Takes it back: its words are gone, and with it what stood under it is shown no more. */
export async function takeBack(tx: SqlTx, link: QuestionLink): Promise<void> {
  await tx.sql(BLANK, [link.shopId, link.questionId]);
}
