/** A survey for shoppers: one question at a time, saved with each press; thanks at its end. */
import type { BlockQuestion } from '../feedback/block.ts';
import { PAGE_TEXTS } from '../feedback/page-texts.ts';
import type { AnswerPage } from '../feedback/survey-page.server.ts';
import type { Shop } from '../shops/shop.ts';
import { closestTag, textFor } from '../shops/translations.ts';
import { hostedPage, html, type Markup } from './hostedPage.ts';
import { questionField, type Given } from './questionFields.ts';

/**
 * Sends what was chosen in the mail as soon as a person moves, touches or types: scanners that follow links do none of it.
 * A choice made on the page is sent at once.
 */
const SEND_BY_ITSELF = `
const form = document.querySelector('form[data-ask]');
if (form) {
  let sent = false;
  const send = (event) => {
    if (sent || !event.isTrusted || !form.querySelector('input:checked')) return;
    sent = true;
    form.requestSubmit();
  };
  form.addEventListener('change', send);
  if (form.dataset.chosen) {
    setTimeout(() => {
      for (const kind of ['pointermove', 'touchstart', 'keydown']) addEventListener(kind, send, { passive: true });
    }, 900);
  }
}`;

interface Shown {
  shop: Shop;
  page: AnswerPage;
  /** Of a link for everybody: under which the answers go on. */
  visit: string | null;
  /** From the link in the mail. */
  chosen: string | null;
  /** What was sent and could not be saved: nobody types it again. */
  wrong?: readonly Given[];
}

export function answerPageResponse(shown: Shown): Response {
  const { shop, page } = shown;
  const locale = page.state === 'gone' ? null : page.reader.locale;
  const language = closestTag(Object.keys(PAGE_TEXTS.send), locale, shop.locale) ?? 'en';
  const say = (text: keyof typeof PAGE_TEXTS) => textFor(PAGE_TEXTS[text], locale, shop.locale);
  switch (page.state) {
    case 'gone': {
      const body = html`<h1>${say('goneTitle')}</h1>
        <p>${say('goneText')}</p>`;
      return hostedPage({ shop, language, title: say('goneTitle'), body, status: 404 });
    }
    case 'thanks':
      return hostedPage({ shop, language, title: page.title, body: thanks(page, shown, say) });
    case 'ask': {
      const title = page.questions[0]?.text ?? '';
      const status = shown.wrong ? 422 : 200;
      return hostedPage({
        shop,
        language,
        title,
        body: ask(page, shown, say),
        status,
        script: SEND_BY_ITSELF,
      });
    }
  }
}

type Say = (text: keyof typeof PAGE_TEXTS) => string;

function ask(page: AnswerPage & { state: 'ask' }, shown: Shown, say: Say): Markup {
  const [first] = page.questions;
  // What was pressed in the mail answers the first question, and no later one when the mail is opened again.
  const isFresh =
    page.number === 1 && shown.chosen !== null && !shown.wrong && page.values[first!.key] === undefined;
  // A single press answers: then nobody has to look for the button.
  const isOnePress = page.questions.length === 1 && isByOnePress(first!);
  const { variant, version } = page.survey;
  const to = shown.visit && html`action="?${new URLSearchParams({ visit: shown.visit }).toString()}"`;
  return html`<form method="post" ${to} ${isOnePress && html`data-ask`} ${isFresh && html`data-chosen="1"`}>
    ${page.said !== null && html`<p class="note">${say('youSaid')}: <strong>${page.said}</strong></p>`}
    ${shown.wrong && html`<p class="wrong" role="alert">${say(wrongWords(page, shown.wrong, isOnePress))}</p>`}
    ${page.questions.map((question, i) => {
      const sent = shown.wrong?.find((given) => given.question === question.key);
      const known = sent ? sent.value : page.values[question.key];
      const chosen = i === 0 && isFresh ? (shown.chosen ?? undefined) : known;
      return questionField(question, { value: chosen, isTitle: i === 0, noPlace: '–' });
    })}
    <input type="hidden" name="at" value="${first!.key}" />
    <input type="hidden" name="version" value="${version}" />
    ${variant && html`<input type="hidden" name="variant" value="${variant}" />`}
    <p class="turns">
      <button>${say('send')}</button>
      ${page.back !== null && html`<a href="${addressOf(page.back, shown)}">${say('back')}</a>`}
    </p>
  </form>`;
}

/** A ranking in which two have one place comes back in the order that it was read in. */
function wrongWords(
  { questions }: AnswerPage & { state: 'ask' },
  sent: readonly Given[],
  isOnePress: boolean,
): 'choose' | 'placeTwice' | 'wrong' {
  const isTwice = ({ question, value }: Given) =>
    Array.isArray(value) &&
    new Set(value).size < value.length &&
    questions.some(({ key, kind }) => key === question && kind === 'ranking');
  if (sent.some(isTwice)) return 'placeTwice';
  return isOnePress ? 'choose' : 'wrong';
}

const isByOnePress = (question: BlockQuestion): boolean =>
  question.kind === 'scale' || (question.kind === 'choice' && !question.multiple);

function thanks(page: AnswerPage & { state: 'thanks' }, shown: Shown, say: Say): Markup {
  return html`<h1 role="status">${page.message}</h1>
    ${
      page.said &&
      html`<p>
        ${say('youSaid')}:
        <strong>${page.said}</strong
        >${page.change !== null && html` · <a href="${addressOf(page.change, shown)}">${say('change')}</a>`}
      </p>`
    }`;
}

const addressOf = (question: string, { visit }: Shown): string =>
  `?${new URLSearchParams({ q: question, ...(visit && { visit }) })}`;
