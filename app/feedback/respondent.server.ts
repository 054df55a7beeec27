/** Who answers on a page, about what, and in which survey: from the link that was followed. */
import { createHash } from 'node:crypto';
import { customersByIds } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { ordersByIds } from '../orders/orders.server.ts';
import type { Shop } from '../shops/shop.ts';
import type { AnswerSource } from './answers.server.ts';
import type { AnswerLink, SurveyLink } from './links.ts';
import { subjectName, type Subject } from './subject.server.ts';
import type { Reader } from './survey-view.ts';
import { surveyByKey, type LiveSurvey } from './surveys.server.ts';

/** A personal link, or one for everybody with the visit that answers (a UUID of the page's) and the browser's language. */
export type PageLink =
  { to: 'one'; link: AnswerLink } | { to: 'all'; link: SurveyLink; visit: string; locale: string | null };

export interface Respondent {
  survey: LiveSurvey;
  subject: Subject & { name: string };
  reader: Reader;
  operationId: string;
  source: AnswerSource;
  isVerified: boolean;
  /** Which wording they see, while two are tried: drawn from who they are. */
  variant: 'a' | 'b' | null;
}

/** Null: there is nothing, or nobody, to answer any more. */
export async function findRespondent(tx: SqlTx, shop: Shop, page: PageLink): Promise<Respondent | null> {
  const survey = await surveyByKey(tx, shop.id, page.link.surveyKey);
  if (!survey || survey.version === 0) return null;
  return page.to === 'one' ? known(tx, shop, survey, page.link) : anybody(shop, survey, page);
}

async function known(
  tx: SqlTx,
  shop: Shop,
  survey: LiveSurvey,
  link: AnswerLink,
): Promise<Respondent | null> {
  const customer = (await customersByIds(tx, [{ shopId: shop.id, id: link.customerId }])).get(
    link.customerId,
  );
  if (!customer || customer.erasedAt) return null;
  const orders =
    link.orderId === null ? null : await ordersByIds(tx, [{ shopId: shop.id, id: link.orderId }]);
  const order = orders?.get(`${shop.id}:${link.orderId}`) ?? null;
  if (!order && !link.messageId) return null;
  const name = order ? subjectName(order.checkoutToken, order.id) : `message:${link.messageId}`;
  return {
    survey,
    subject: {
      name,
      proof: 'mail',
      order,
      orderId: order?.id ?? null,
      checkoutToken: order?.checkoutToken ?? null,
      customerId: customer.id,
    },
    reader: { locale: customer.locale, shopLocale: shop.locale },
    operationId: link.messageId ? `message:${link.messageId}` : `mail:${survey.key}:${name}`,
    source: 'mail',
    isVerified: !order?.test,
    variant: variantOf(survey, customer.id),
  };
}

/** Whoever has the link: nobody that is known, so nothing of a customer's hangs on it. */
function anybody(
  shop: Shop,
  survey: LiveSurvey,
  { visit, locale }: Extract<PageLink, { to: 'all' }>,
): Respondent | null {
  if (survey.status !== 'on' || !survey.content.places.includes('page')) return null;
  const name = `page:${visit}`;
  const nobody = { order: null, orderId: null, checkoutToken: null, customerId: null };
  return {
    survey,
    subject: { name, proof: 'word', ...nobody },
    reader: { locale, shopLocale: shop.locale },
    operationId: name,
    source: 'page',
    isVerified: false,
    variant: variantOf(survey, visit),
  };
}

/** The same for the same person, wherever they meet the survey. */
export function variantOf(
  { id, content }: Pick<LiveSurvey, 'id' | 'content'>,
  who: string,
): 'a' | 'b' | null {
  if (content.trial === null) return null;
  const [byte] = createHash('sha256').update(`${id} ${who}`).digest();
  return byte! % 2 === 0 ? 'a' : 'b';
}
