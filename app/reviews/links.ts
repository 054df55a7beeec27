/** Links in mails to the pages about reviews and questions. Their tokens carry ids, and only we can make them. */
import { readLink, signLink, type LinkData, type LinkKeys } from '../shops/signed-links.ts';

export interface ReviewLink {
  shopId: bigint;
  customerId: string;
  orderId: bigint;
  /** The product that the mail is about, shown first. */
  productId: bigint | null;
}

export interface QuestionLink {
  shopId: bigint;
  questionId: string;
}

/** A form that was shown to this person, about this product: nobody else's page can send one in their name. */
export interface AskingForm {
  shopId: bigint;
  productId: bigint;
  shopifyCustomerId: bigint | null;
  /** When it was shown, to the minute. */
  shownAt: Date;
}

export interface ReviewLinks {
  review(link: ReviewLink): string;
  readReview(token: string): ReviewLink | null;
  /** Says that the address is theirs who asked. */
  question(link: QuestionLink): string;
  readQuestion(token: string): QuestionLink | null;
  asking(form: AskingForm): string;
  readAsking(token: string): AskingForm | null;
}

export function reviewLinks({ appUrl, key }: { appUrl: string; key: LinkKeys }): ReviewLinks {
  return {
    review({ shopId, customerId, orderId, productId }) {
      const product = productId === null ? null : String(productId);
      const data = { s: String(shopId), c: customerId, o: String(orderId), p: product };
      return `${appUrl}/r/${signLink(key, 'review', data)}`;
    },
    readReview(token) {
      const data = readLink(key, 'review', token);
      return (
        data && {
          shopId: idOf(data, 's'),
          customerId: String(data['c']),
          orderId: idOf(data, 'o'),
          productId: data['p'] ? idOf(data, 'p') : null,
        }
      );
    },
    question: ({ shopId, questionId }) =>
      `${appUrl}/k/${signLink(key, 'question', { s: String(shopId), q: questionId })}`,
    readQuestion(token) {
      const data = readLink(key, 'question', token);
      return data && { shopId: idOf(data, 's'), questionId: String(data['q']) };
    },
    asking: ({ shopId, productId, shopifyCustomerId, shownAt }) =>
      signLink(key, 'asking', {
        s: String(shopId),
        p: String(productId),
        c: String(shopifyCustomerId ?? ''),
        m: Math.floor(shownAt.getTime() / MINUTE),
      }),
    readAsking(token) {
      const data = readLink(key, 'asking', token);
      return (
        data && {
          shopId: idOf(data, 's'),
          productId: idOf(data, 'p'),
          shopifyCustomerId: data['c'] ? idOf(data, 'c') : null,
          shownAt: new Date(Number(data['m']) * MINUTE),
        }
      );
    },
  };
}

const MINUTE = 60_000;

const idOf = (data: LinkData, name: string) => BigInt(String(data[name]));
