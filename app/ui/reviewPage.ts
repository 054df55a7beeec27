/** The form for reviews: stars and a story for each product, the one of the mail first. */
import { PAGE_TEXTS } from '../feedback/page-texts.ts';
import type { Reviewable, WrittenReview } from '../feedback/reviews.server.ts';
import type { Shop } from '../shops/shop.ts';
import { closestTag, textFor } from '../shops/translations.ts';
import { hostedPage, html, type Markup } from './hostedPage.ts';

interface Shown {
  shop: Shop;
  page: { reader: { locale: string | null }; products: Reviewable[] } | null;
  state: 'form' | 'saved' | 'wrong';
}

type Say = (text: keyof typeof PAGE_TEXTS, count?: number) => string;

export function reviewPageResponse({ shop, page, state }: Shown): Response {
  const locale = page?.reader.locale ?? null;
  const language = closestTag(Object.keys(PAGE_TEXTS.send), locale, shop.locale) ?? 'en';
  const say: Say = (text, count = 0) =>
    textFor(PAGE_TEXTS[text], locale, shop.locale).replace('{count}', String(count));
  if (!page || page.products.length === 0) {
    const body = html`<h1>${say('goneTitle')}</h1>
      <p>${say('goneText')}</p>`;
    return hostedPage({ shop, language, title: say('goneTitle'), body, status: 404 });
  }
  if (state === 'saved') {
    const body = html`<h1 role="status">${say('reviewThanks')}</h1>
      <p>${say('reviewSaved')}</p>
      <p><a href="?">${say('reviewAgain')}</a></p>`;
    return hostedPage({ shop, language, title: say('reviewThanks'), body });
  }
  const body = html`<h1>${say('reviewTitle')}</h1>
    <form method="post">
      ${state === 'wrong' && html`<p class="wrong" role="alert">${say('wrong')}</p>`}
      ${page.products.map((product) => productFields(product, say))}
      <button>${say('send')}</button>
    </form>`;
  return hostedPage({
    shop,
    language,
    title: say('reviewTitle'),
    body,
    status: state === 'wrong' ? 422 : 200,
  });
}

function productFields({ productId, title, imageUrl, stars, text }: Reviewable, say: Say): Markup {
  const star = (count: number) =>
    html`<label
      ><input
        type="radio"
        name="stars-${productId}"
        value="${count}"
        ${stars === count && html`checked`}
      /><span aria-hidden="true">★</span
      ><span class="unseen">${count === 1 ? say('star') : say('manyStars', count)}</span></label
    >`;
  return html`<fieldset>
    <legend>
      <span class="product"
        >${imageUrl && html`<img src="${imageUrl}" alt="" width="64" height="64" />`}<span
          >${title}</span
        ></span
      >
    </legend>
    <div class="stars" role="radiogroup" aria-label="${say('stars')}">${[1, 2, 3, 4, 5].map(star)}</div>
    <label class="label" for="text-${productId}">${say('reviewText')}</label>
    <textarea
      id="text-${productId}"
      name="text-${productId}"
      maxlength="4000"
      placeholder="${say('reviewHint')}"
    >
${text}</textarea>
  </fieldset>`;
}

/** The reviews in a posted form; products without stars were left out. */
export function reviewsIn(form: URLSearchParams): WrittenReview[] {
  return [...form.keys()].flatMap((name) => {
    const id = /^stars-(\d{1,19})$/.exec(name)?.[1];
    if (!id) return [];
    return [{ productId: BigInt(id), stars: Number(form.get(name)), text: form.get(`text-${id}`) ?? '' }];
  });
}
