/** Questions of a product for shoppers: what was asked and answered, asking, and answering for those who own it. */
import { NAME_MAX } from '../reviews/review.ts';
import { ANSWER_MAX, QUESTION_MAX, type QuestionProblem } from '../reviews/questions/question.ts';
import { QUESTION_TEXTS } from '../reviews/questions/question-texts.ts';
import type { OwnQuestion, PublicQuestion } from '../reviews/reviews.server.ts';
import type { Shop } from '../shops/shop.ts';
import { closestTag, textFor } from '../shops/translations.ts';
import { hostedPage, html, type Markup } from './hostedPage.ts';

type Say = (text: keyof typeof QUESTION_TEXTS) => string;

export interface QuestionPage {
  shop: Shop;
  locale: string | null;
  product: { title: string; imageUrl: string | null; url: string | null };
  questions: readonly PublicQuestion[];
  /** Address of the next page. */
  next: string | null;
  /** Signed: goes with what is sent. */
  token: string;
  /** Who is logged in; null: nobody. */
  asker: { email: string | null; name: string | null; owns: boolean } | null;
  told: 'asked' | 'held' | 'answered' | 'answerHeld' | null;
  problem: QuestionProblem | null;
  typed: URLSearchParams | null;
}

function sayingFor(shop: Shop, locale: string | null): { language: string; say: Say } {
  const language = closestTag(Object.keys(QUESTION_TEXTS.send), locale, shop.locale) ?? 'en';
  return { language, say: (text) => textFor(QUESTION_TEXTS[text], locale, shop.locale) };
}

export function questionPageResponse(page: QuestionPage): Response {
  const { shop, product, questions, next, told, problem } = page;
  const { language, say } = sayingFor(shop, page.locale);
  const title = say('title');
  const body = html`<p class="product">
      ${product.imageUrl && html`<img src="${product.imageUrl}" alt="" width="64" height="64" />`}<span
        >${product.url ? html`<a href="${product.url}">${product.title}</a>` : product.title}</span
      >
    </p>
    <h1>${title}</h1>
    ${told && html`<p class="done" role="status">${say(told)}</p>`}
    ${problem && html`<p class="wrong" role="alert">${say(problem === 'email' ? 'bad-email' : problem)}</p>`}
    ${questions.length === 0 && html`<p>${say('none')}</p>`}
    ${questions.map((question) => questionItem(question, page, language, say))}
    ${next && html`<p><a href="${next}">${say('more')}</a></p>`} ${askForm(page, say)}`;
  return hostedPage({ shop, language, title, body, status: problem ? 422 : 200 });
}

function questionItem(question: PublicQuestion, page: QuestionPage, language: string, say: Say): Markup {
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: page.shop.timeZone });
  const by = [question.name ?? say('somebody'), day.format(question.at)].join(' · ');
  return html`<section class="own">
    <p class="words"><strong>${question.text}</strong></p>
    <p class="note">${by}</p>
    ${answersOf(question, day, say)}
    ${
      page.asker?.owns &&
      html`<details>
        <summary>${say('answerIt')}</summary>
        <form method="post">
          <input type="hidden" name="intent" value="answer" />
          <input type="hidden" name="token" value="${page.token}" />
          <input type="hidden" name="question" value="${question.id}" />
          <p>
            <textarea
              name="text"
              maxlength="${ANSWER_MAX}"
              required
              aria-label="${say('answerIt')}"
            ></textarea>
          </p>
          <button>${say('send')}</button>
        </form>
      </details>`
    }
  </section>`;
}

function answersOf({ answers }: Pick<PublicQuestion, 'answers'>, day: Intl.DateTimeFormat, say: Say): Markup {
  if (answers.length === 0) return html`<p class="note">${say('unanswered')}</p>`;
  return html`${answers.map(
    ({ text, by, name, at }) =>
      html`<p class="words">${text}</p>
        <p class="note">
          ${by === 'merchant' ? say('shopSays') : `${name ?? say('somebody')} · ${say('owns')}`} ·
          ${day.format(new Date(at))}
        </p>`,
  )}`;
}

function askForm({ token, asker, typed, problem }: QuestionPage, say: Say): Markup {
  const old = (name: string, otherwise: string | null = null) =>
    problem ? (typed?.get(name) ?? '') : (otherwise ?? '');
  return html`<h2 id="ask">${say('ask')}</h2>
    <form method="post">
      <input type="hidden" name="intent" value="ask" />
      <input type="hidden" name="token" value="${token}" />
      <label class="label" for="text">${say('yours')}</label>
      <p>
        <textarea id="text" name="text" maxlength="${QUESTION_MAX}" required aria-describedby="text-hint">
${old('text')}</textarea>
      </p>
      <p class="note" id="text-hint">${say('yoursHint')}</p>
      <label class="label" for="name">${say('name')}</label>
      <p>
        <input
          id="name"
          type="text"
          name="name"
          maxlength="${NAME_MAX}"
          autocomplete="nickname"
          value="${old('name', asker?.name)}"
        />
      </p>
      <label class="label" for="email">${say('email')}</label>
      <p>
        <input
          id="email"
          type="email"
          name="email"
          maxlength="254"
          autocomplete="email"
          aria-describedby="email-hint"
          value="${old('email', asker?.email)}"
        />
      </p>
      <p class="note" id="email-hint">${say('emailHint')}</p>
      <p class="unseen" aria-hidden="true">
        <label>Website <input type="text" name="website" tabindex="-1" autocomplete="off" /></label>
      </p>
      <button>${say('send')}</button>
    </form>`;
}

interface OwnPage {
  shop: Shop;
  question: OwnQuestion | null;
  told: 'stopped' | 'takenBack' | null;
}

/** For whoever asked, behind the link of their mail. */
export function ownQuestionResponse({ shop, question, told }: OwnPage): Response {
  const { language, say } = sayingFor(shop, question?.locale ?? null);
  if (!question) {
    const title = say('takenBack');
    const body = html`<h1 role="status">${title}</h1>`;
    return hostedPage({ shop, language, title, body, status: told ? 200 : 404 });
  }
  const title = say('ownTitle');
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: shop.timeZone });
  const press = (intent: string, label: string) =>
    html`<form method="post">
      <input type="hidden" name="intent" value="${intent}" /><button class="quiet">${label}</button>
    </form>`;
  const body = html`<h1>${title}</h1>
    ${told === 'stopped' && html`<p class="done" role="status">${say('stopped')}</p>`}
    ${question.product && html`<p class="note">${question.product}</p>`}
    <p class="words"><strong>${question.text}</strong></p>
    ${
      question.state !== 'published' &&
      html`<p class="note">${say(question.state === 'held' ? 'ownHeld' : 'ownHidden')}</p>`
    }
    ${answersOf(question, day, say)}
    ${question.productUrl && html`<p><a href="${question.productUrl}">${say('back')}</a></p>`}
    ${question.isTold && press('stop', say('stop'))} ${press('take-back', say('takeBack'))}`;
  return hostedPage({ shop, language, title, body });
}
