/** What is done about questions, for the routes: asked and answered by shoppers, answered by the staff. */
import type { Visitor } from './adapters/shopify/authenticate.server.ts';
import { now } from './clock.server.ts';
import { conversationOf, reply } from './conversations/conversations.server.ts';
import { customerByShopifyId } from './customers/customers.server.ts';
import type { ShopTx } from './db.server.ts';
import { isUuid } from './cursor.ts';
import { newId } from './ids.ts';
import { answerAsOwner, answerAsShop, askQuestion } from './reviews/reviews.server.ts';
import type { QuestionProblem, SentQuestion } from './reviews/questions/question.ts';
import { app } from './wiring.server.ts';

/** What a form or a block has sent. */
export const sentQuestion = (get: (name: string) => string): SentQuestion => ({
  text: get('text'),
  name: get('name'),
  email: get('email'),
  trap: get('website'),
});

export type ShopperTold =
  { told: 'asked' | 'held' | 'answered' | 'answerHeld' } | { problem: QuestionProblem } | { missing: true };

/** A question of a visitor; a machine is told the same as people. */
export async function askAs(
  { shop, customerId }: Visitor,
  asking: SentQuestion & { productId: bigint; locale: string | null },
): Promise<ShopperTold> {
  const asked = { ...asking, shopifyCustomerId: customerId };
  const result = await app().db.inShop(shop.id, (tx) => askQuestion(tx, shop, asked, now()));
  switch (result.outcome) {
    case 'no-product':
      return { missing: true };
    case 'refused':
      return { problem: result.problem };
    case 'ignored':
      return { told: 'asked' };
    default:
      return { told: result.state === 'published' ? 'asked' : 'held' };
  }
}

/** How long a form may lie open. */
const FORM_HOURS = 24;

/** A form of the hosted page, which only the page itself can have made for this person. */
export async function tellQuestion(
  visitor: Visitor,
  productId: bigint,
  form: URLSearchParams | null,
  locale: string | null,
): Promise<ShopperTold> {
  const get = (name: string) => form?.get(name) ?? '';
  const shown = app().reviewLinks.readAsking(get('token'));
  const isTheirs =
    shown !== null &&
    shown.shopId === visitor.shop.id &&
    shown.productId === productId &&
    shown.shopifyCustomerId === visitor.customerId &&
    now().getTime() - shown.shownAt.getTime() < FORM_HOURS * 3_600_000;
  if (!isTheirs) return { problem: 'form' };
  if (get('intent') !== 'answer') return askAs(visitor, { ...sentQuestion(get), productId, locale });
  const questionId = get('question');
  const { customerId, shop } = visitor;
  if (!isUuid(questionId) || !customerId) return { missing: true };
  const result = await app().db.inShop(shop.id, async (tx) => {
    const customer = await customerByShopifyId(tx, shop.id, customerId);
    if (!customer) return { outcome: 'not-theirs' } as const;
    const given = { questionId, customerId: customer.id, text: get('text') };
    return answerAsOwner(tx, shop, given, now());
  });
  if (result.outcome === 'answered')
    return { told: result.state === 'published' ? 'answered' : 'answerHeld' };
  return result.outcome === 'refused' ? { problem: result.problem } : { missing: true };
}

/**
 * The staff's answer from the page of questions. It goes through the conversation of the question, so that the clock stops;
 * where there is none yet, it stands under the question at once.
 */
export async function answerFromPage(
  tx: ShopTx,
  shopId: bigint,
  { questionId, text, staff }: { questionId: string; text: string; staff: bigint },
): Promise<'answered' | 'empty' | 'gone'> {
  if (text.trim() === '') return 'empty';
  const conversationId = await conversationOf(tx, shopId, `question:${questionId}`);
  if (conversationId) {
    const said = {
      shopId,
      conversationId,
      text,
      author: `staff:${staff}`,
      channel: 'question',
      solve: true,
    } as const;
    const given = await reply(tx, said, now());
    if (given.outcome === 'given') return 'answered';
  }
  const answer = { questionId, id: newId(now()), text };
  const result = await answerAsShop(tx, shopId, answer, now());
  if (result.outcome === 'answered') return 'answered';
  return result.outcome === 'refused' ? 'empty' : 'gone';
}
