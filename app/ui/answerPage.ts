/** The page behind an answer in a mail: the chosen word, one press, thanks, and what one would like to add. */
import type { AnswerPage } from '../feedback/mail.server.ts';
import { PAGE_TEXTS } from '../feedback/page-texts.ts';
import type { Shop } from '../shops/shop.ts';
import { closestTag, textFor } from '../shops/translations.ts';
import { hostedPage, html, type Markup } from './hostedPage.ts';
import { questionField } from './questionFields.ts';

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
  /** From the link, or from a form that could not be saved. */
  chosen: string | null;
  wrong?: boolean;
  /** They want to choose again. */
  changing?: boolean;
}

export function answerPageResponse(shown: Shown): Response {
  const { shop, page } = shown;
  const locale = page.state === 'gone' ? null : page.reader.locale;
  const language = closestTag(Object.keys(PAGE_TEXTS.send), locale, shop.locale) ?? 'en';
  const say = (text: keyof typeof PAGE_TEXTS) => textFor(PAGE_TEXTS[text], locale, shop.locale);
  if (page.state === 'gone') {
    const body = html`<h1>${say('goneTitle')}</h1>
      <p>${say('goneText')}</p>`;
    return hostedPage({ shop, language, title: say('goneTitle'), body, status: 404 });
  }
  const isAsking = page.state === 'ask' || (shown.changing && page.mayChange);
  const body = isAsking ? ask(shown, page.question, say) : thanks(page, shown, say);
  const title = page.question.text;
  const status = shown.wrong ? 422 : 200;
  return hostedPage({ shop, language, title, body, status, script: SEND_BY_ITSELF });
}

type Say = (text: keyof typeof PAGE_TEXTS) => string;

function ask(shown: Shown, question: (AnswerPage & { state: 'ask' })['question'], say: Say): Markup {
  const isChosen = shown.chosen !== null && !shown.wrong && !shown.changing;
  return html`<form method="post" data-ask ${isChosen && html`data-chosen="1"`}>
    ${shown.wrong && html`<p class="wrong" role="alert">${say('choose')}</p>`}
    ${questionField(question, shown.chosen, true)}
    <button>${say('send')}</button>
  </form>`;
}

function thanks(page: AnswerPage & { state: 'thanks' }, shown: Shown, say: Say): Markup {
  return html`<h1 role="status">${page.message}</h1>
    <p>
      ${say('youSaid')}:
      <strong>${page.said}</strong>${page.mayChange && html` · <a href="?change=1">${say('change')}</a>`}
    </p>
    ${
      page.followUps.length > 0 &&
      html`<form method="post">
        ${shown.wrong && html`<p class="wrong" role="alert">${say('wrong')}</p>`}
        ${page.followUps.map((question) => questionField(question))}
        <button>${say('send')}</button>
      </form>`
    }`;
}
