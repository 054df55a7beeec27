/** The form for reviews: stars, a story and pictures for each product and for the shop, the product of the mail first. */
import { isUuid } from '../cursor.ts';
import type { FilesOrigin, Refusal, StoredFile } from '../files/file.ts';
import type { Attribute } from '../reviews/attributes.ts';
import { REVIEW_TEXTS } from '../reviews/page-texts.ts';
import { NAME_MAX, TEXT_MAX, TITLE_MAX } from '../reviews/review.ts';
import type { Reviewable, ReviewForm } from '../reviews/form.server.ts';
import { QUESTION_TEXTS } from '../reviews/questions/question-texts.ts';
import type { OpenQuestion } from '../reviews/reviews.server.ts';
import type { WrittenReview } from '../reviews/write.server.ts';
import type { Shop } from '../shops/shop.ts';
import { closestTag, textFor } from '../shops/translations.ts';
import { filesScript, scriptWords } from './filesScript.ts';
import { hostedPage, html, type Markup } from './hostedPage.ts';
import { pictureFields } from './reviewPictures.ts';

export interface ReviewPage {
  shop: Shop;
  /** Null: there is nothing to review. */
  form: ReviewForm | null;
  /** What others ask about what was bought. */
  questions: readonly OpenQuestion[];
  /** For the script. */
  uploadToken: string;
  origin: FilesOrigin;
  /** What was typed and sent, where something was wrong with it. */
  again?: Again;
}

export interface Again {
  typed: URLSearchParams;
  /** By field. */
  files: ReadonlyMap<string, readonly StoredFile[]>;
  refused: ReadonlyMap<string, Refusal>;
}

export type SayReview = (text: keyof typeof REVIEW_TEXTS, values?: Record<string, string | number>) => string;

/** Words for a reader, in the shop's language where there are none in theirs. */
function sayingFor(shop: Shop, locale: string | null): { language: string; say: SayReview } {
  const language = closestTag(Object.keys(REVIEW_TEXTS.send), locale, shop.locale) ?? 'en';
  const say: SayReview = (text, values = {}) =>
    textFor(REVIEW_TEXTS[text], locale, shop.locale).replace(/\{(\w+)\}/g, (_, name: string) =>
      String(values[name] ?? ''),
    );
  return { language, say };
}

export function reviewPageResponse(shown: ReviewPage & { state: 'form' | 'saved' | 'wrong' }): Response {
  const { shop, form: page, state, again, origin } = shown;
  const locale = page?.reader.locale ?? null;
  const { language, say } = sayingFor(shop, locale);
  if (!page || page.items.length === 0) {
    const body = html`<h1>${say('goneTitle')}</h1>
      <p>${say('goneText')}</p>`;
    return hostedPage({ shop, language, title: say('goneTitle'), body, status: 404 });
  }
  const around = { say, language, zone: shop.timeZone, locale, shopLocale: shop.locale, origin, again };
  if (state === 'saved') {
    const written = page.items.filter((item) => item.written);
    const body = html`<h1 role="status">${say('reviewThanks')}</h1>
      ${written.map(
        (item) =>
          html`<h2>${item.title}</h2>
            ${stateNote(item, around)}`,
      )}
      <p>${say('reviewSaved')}</p>
      <p><a href="?">${say('reviewAgain')}</a></p>`;
    return hostedPage({ shop, language, title: say('reviewThanks'), body });
  }
  const title = say('reviewTitle');
  const body = html`<h1>${title}</h1>
    <form method="post" enctype="multipart/form-data" data-files>
      ${state === 'wrong' && html`<p class="wrong" role="alert">${say('wrong')}</p>`}
      ${page.items.map((item) => itemFields(item, around))}
      <label class="label" for="name">${say('name')}</label>
      <p>
        <input
          type="text"
          id="name"
          name="name"
          maxlength="${NAME_MAX}"
          autocomplete="nickname"
          value="${again?.typed.get('name') ?? page.name}"
        />
      </p>
      ${othersAsk(shown.questions, page)}
      <p class="progress note" role="status" aria-live="polite"></p>
      <button>${say('send')}</button>
    </form>`;
  const script = filesScript(scriptWords(shown.uploadToken, locale, shop.locale));
  return hostedPage({ shop, language, title, body, script, status: state === 'wrong' ? 422 : 200 });
}

/** A sentence of somebody who owns it helps whoever is about to buy. */
function othersAsk(questions: readonly OpenQuestion[], page: ReviewForm): Markup | null {
  if (questions.length === 0) return null;
  const told = (text: 'others' | 'othersHint') =>
    textFor(QUESTION_TEXTS[text], page.reader.locale, page.reader.shopLocale);
  const about = (productId: bigint) => page.items.find((item) => item.productId === productId)?.title ?? '';
  return html`<h2>${told('others')}</h2>
    <p class="note">${told('othersHint')}</p>
    ${questions.map(
      ({ id, productId, text }) =>
        html`<label class="label words" for="answer-${id}">${text}</label>
          <p class="note">${about(productId)}</p>
          <p><textarea id="answer-${id}" name="answer-${id}" maxlength="${TEXT_MAX}"></textarea></p>`,
    )}`;
}

export interface Around {
  locale: string | null;
  shopLocale: string;
  origin: FilesOrigin;
  again: Again | undefined;
  say: SayReview;
  language: string;
  zone: string;
}

/** What has become of a review: shown, looked at until when and why, or not shown and why. */
function stateNote({ written }: Reviewable, { say, language, zone }: Around): Markup | null {
  if (!written) return null;
  const { state, reason, dueAt, reply } = written;
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: zone });
  const date = dueAt ? format.format(dueAt) : '';
  const text =
    state === 'published' || reason === null ? say('published') : say(`${state}-${reason}`, { date });
  return html`<p class="${state === 'published' ? 'note' : 'done'}">${text}</p>
    ${reply && html`<p class="note"><b>${say('shopSays')}</b><br />${reply}</p>`}`;
}

const keyOf = (productId: bigint | null) => (productId === null ? 'shop' : String(productId));

function itemFields(item: Reviewable, around: Around): Markup {
  const { productId, title, imageUrl, attributes, written } = item;
  const { say, again } = around;
  const key = keyOf(productId);
  const old = (name: string, stored: string | number | null | undefined) =>
    again ? (again.typed.get(`${name}-${key}`) ?? '') : String(stored ?? '');
  const stars = old('stars', item.pressed ?? written?.stars);
  const star = (count: number) =>
    html`<label
      ><input
        type="radio"
        name="stars-${key}"
        value="${count}"
        ${stars === String(count) && html`checked`}
      /><span aria-hidden="true">★</span
      ><span class="unseen">${count === 1 ? say('star') : say('manyStars', { count })}</span></label
    >`;
  const chosenOf = (attribute: string) =>
    again ? Number(again.typed.get(`attr-${key}-${attribute}`) ?? 0) : written?.attributes[attribute];
  return html`<fieldset>
    <legend>
      <span class="product"
        >${imageUrl && html`<img src="${imageUrl}" alt="" width="64" height="64" />`}<span
          >${productId === null ? html`${say('ofShop')} ${title}` : title}</span
        ></span
      >
    </legend>
    ${stateNote(item, around)}
    <div class="stars" role="radiogroup" aria-label="${say('stars')}">${[1, 2, 3, 4, 5].map(star)}</div>
    ${attributes.map((attribute) => attributeFields(key, attribute, chosenOf(attribute.key), around))}
    <label class="label" for="text-${key}">${say('reviewText')}</label>
    <textarea id="text-${key}" name="text-${key}" maxlength="${TEXT_MAX}" placeholder="${say('reviewHint')}">
${old('text', written?.text)}</textarea>
    <label class="label" for="title-${key}">${say('title')}</label>
    <p>
      <input
        type="text"
        id="title-${key}"
        name="title-${key}"
        maxlength="${TITLE_MAX}"
        value="${old('title', written?.title)}"
      />
    </p>
    ${pictureFields(key, written?.photos ?? [], around)}
  </fieldset>`;
}

/** Five steps between two words: "too small … too large". */
function attributeFields(
  key: string,
  attribute: Attribute,
  chosen: number | undefined,
  { language }: Around,
): Markup {
  const name = `attr-${key}-${attribute.key}`;
  const say = (texts: Attribute['label']) => textFor(texts, language);
  const step = (value: number) => {
    const word = value === 1 ? say(attribute.low) : value === 5 ? say(attribute.high) : '';
    return html`<label class="choice"
      ><input type="radio" name="${name}" value="${value}" ${chosen === value && html`checked`} /><span
        >${word || html`<span aria-hidden="true">·</span><span class="unseen">${value} / 5</span>`}</span
      ></label
    >`;
  };
  return html`<fieldset>
    <legend>${say(attribute.label)}</legend>
    <div class="choices">${[1, 2, 3, 4, 5].map(step)}</div>
  </fieldset>`;
}

/**
 * The reviews in a posted form; what has no stars was left out.
 * @param filesIn ids of files that were sent in by a field
 */
export function reviewsIn(
  form: URLSearchParams,
  filesIn: (field: string) => string[] = () => [],
): { name: string; reviews: WrittenReview[] } {
  const reviews = [...form.keys()].flatMap((name): WrittenReview[] => {
    const key = /^stars-(\d{1,18}|shop)$/.exec(name)?.[1];
    if (!key) return [];
    const attributes = [...form.keys()].flatMap((each): [string, number][] =>
      each.startsWith(`attr-${key}-`) ? [[each.slice(`attr-${key}-`.length), Number(form.get(each))]] : [],
    );
    return [
      {
        productId: key === 'shop' ? null : BigInt(key),
        stars: Number(form.get(name)),
        title: form.get(`title-${key}`) ?? '',
        text: form.get(`text-${key}`) ?? '',
        attributes: Object.fromEntries(attributes),
        files: filesIn(`files-${key}`),
        without: form.getAll(`without-${key}`).filter(isUuid),
      },
    ];
  });
  return { name: form.get('name') ?? '', reviews };
}
