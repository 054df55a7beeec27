/** What somebody says of their order on the page of a mail: stars, words, pictures, and answers to what others ask. */
import { now } from './clock.server.ts';
import { isUuid } from './cursor.ts';
import type { Refusal, StoredFile } from './files/file.ts';
import { filesByIds } from './files/files.server.ts';
import { PHOTOS_MAX } from './reviews/photos.ts';
import { answerAsOwner, openQuestions, reviewForm, writeReviews } from './reviews/reviews.server.ts';
import type { ReviewLink } from './reviews/links.ts';
import { readSentForm, sentBeforehand, type SentForm } from './sentForm.server.ts';
import { shopById } from './shops/shops.server.ts';
import { reviewsIn, type ReviewPage } from './ui/reviewPage.ts';
import { app } from './wiring.server.ts';

/** `wrong`: what to show again, with what was typed and sent. */
export type ReviewsTold = { outcome: 'saved' | 'missing' } | { outcome: 'wrong'; page: ReviewPage };

const MAX_BYTES = 512 * 1024;

/** The page as it begins; null where there is nothing to review. */
export const reviewPageOf = (link: ReviewLink): Promise<ReviewPage | null> =>
  app().db.inShop(link.shopId, async (tx) => {
    const shop = await shopById(tx, link.shopId);
    if (shop?.status !== 'installed') return null;
    const form = await reviewForm(tx, shop, link);
    const products = form?.items.flatMap(({ productId }) => (productId === null ? [] : [productId])) ?? [];
    return {
      shop,
      form,
      questions: form ? await openQuestions(tx, shop.id, products, form.customerId) : [],
      uploadToken: form
        ? app().uploads.sign({ shopId: shop.id, purpose: 'review', customerId: form.customerId }, now())
        : '',
      origin: app().filesOrigin,
    };
  });

/** Reads what was sent and does it, all or nothing. */
export async function tellReviews(request: Request, link: ReviewLink): Promise<ReviewsTold> {
  const page = await reviewPageOf(link);
  if (!page) return { outcome: 'missing' };
  const { shop, form } = page;
  if (!form) return { outcome: 'wrong', page };
  const who = { shopId: shop.id, purpose: 'review', customerId: form.customerId } as const;
  const sent = await readSentForm(request, who, MAX_BYTES);
  if (!sent) return { outcome: 'wrong', page };
  const { files, refused } = await filesOf(shop.id, sent);
  const given = reviewsIn(sent.fields, (field) => (files.get(field) ?? []).map(({ id }) => id));
  const answers = answersIn(sent.fields);
  const crowded = given.reviews.find(({ files: added }) => (added?.length ?? 0) > PHOTOS_MAX);
  const isNothing = given.reviews.length === 0 && answers.length === 0;
  if (refused.size === 0 && !crowded && !isNothing) {
    const isSaved = await app().db.inShop(shop.id, async (tx) => {
      if (given.reviews.length > 0) {
        const result = await writeReviews(tx, shop, link, given, now());
        if (result.outcome !== 'saved') return false;
      }
      for (const answer of answers)
        await answerAsOwner(tx, shop, { ...answer, customerId: form.customerId }, now());
      return true;
    });
    if (isSaved) return { outcome: 'saved' };
  }
  return { outcome: 'wrong', page: { ...page, again: { typed: sent.fields, files, refused } } };
}

/** Answers to what others ask; empty ones are none. */
const answersIn = (fields: URLSearchParams): { questionId: string; text: string }[] =>
  [...fields].flatMap(([name, text]) => {
    const questionId = name.startsWith('answer-') ? name.slice('answer-'.length) : '';
    return isUuid(questionId) && text.trim() !== '' ? [{ questionId, text }] : [];
  });

/** By their field: what is kept, and the first reason why something is not. */
async function filesOf(shopId: bigint, { fields, files }: SentForm) {
  const before = sentBeforehand(fields);
  const known = await app().db.inShop(shopId, (tx) =>
    filesByIds(
      tx,
      shopId,
      before.map(({ id }) => id),
    ),
  );
  const kept = new Map<string, StoredFile[]>();
  const refused = new Map<string, Refusal>();
  const keep = (field: string, file: StoredFile) => kept.set(field, [...(kept.get(field) ?? []), file]);
  for (const { field, id } of before) if (known.has(id)) keep(field, known.get(id)!);
  for (const { field, file } of files) {
    if (file.outcome === 'stored') keep(field, file.file);
    else if (!refused.has(field)) refused.set(field, file.refusal);
  }
  return { files: kept, refused };
}
