/** The page behind "did it help?": five choices, one press, thanks. */
import { HELP_SCORES, HELP_TEXTS } from '../conversations/help-texts.ts';
import type { Shop } from '../shops/shop.ts';
import { closestTag, textFor } from '../shops/translations.ts';
import { hostedPage, html } from './hostedPage.ts';

/** Sends what was chosen in the mail as soon as a person moves, touches or types. Scanners do none of it. */
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
  if (form.querySelector('input:checked')) {
    setTimeout(() => {
      for (const kind of ['pointermove', 'touchstart', 'keydown']) addEventListener(kind, send, { passive: true });
    }, 900);
  }
}`;

interface Shown {
  shop: Shop;
  page: { language: string | null; score: number | null } | null;
  /** From the link. */
  chosen: string | null;
  thanks: boolean;
}

export function helpPageResponse({ shop, page, chosen, thanks }: Shown): Response {
  const locale = page?.language ?? null;
  const language = closestTag(Object.keys(HELP_TEXTS.send), locale, shop.locale) ?? 'en';
  const say = (text: keyof typeof HELP_TEXTS) => textFor(HELP_TEXTS[text], locale, shop.locale);
  if (!page) {
    const title = say('gone');
    return hostedPage({ shop, language, title, status: 404, body: html`<h1>${title}</h1>` });
  }
  if (thanks && page.score !== null) {
    const body = html`<h1 role="status">${say('thanks')}</h1>
      <p>${say('noted')} <strong>${say(page.score as 1)}</strong></p>`;
    return hostedPage({ shop, language, title: say('thanks'), body });
  }
  const selected = chosen ?? (page.score === null ? null : String(page.score));
  const body = html`<form method="post" data-ask>
    <fieldset>
      <legend><h1>${say('question')}</h1></legend>
      <div class="choices big">
        ${HELP_SCORES.map(
          (score) =>
            html`<label class="choice"
              ><input
                type="radio"
                name="v"
                value="${score}"
                required
                ${String(score) === selected && html`checked`}
              /><span>${say(score)}</span></label
            >`,
        )}
      </div>
    </fieldset>
    <button>${say('send')}</button>
  </form>`;
  return hostedPage({ shop, language, title: say('subject'), body, script: SEND_BY_ITSELF });
}
