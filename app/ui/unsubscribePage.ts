/** The page that an unsubscribe link opens: a question with one button, then that it is done. */
import { UNSUBSCRIBE_TEXTS as T } from '../messages/page-texts.ts';
import { closestTag, textFor } from '../shops/translations.ts';
import type { Shop } from '../shops/shop.ts';
import { hostedPage, html } from './hostedPage.ts';

export interface UnsubscribeView {
  shop: Shop;
  language: string;
  /** Everything but order news, or only mails like the one at hand. */
  all: boolean;
  done: boolean;
  preferencesUrl: string;
}

export function unsubscribePageResponse(view: UnsubscribeView): Response {
  const language = closestTag(Object.keys(T.stop), view.language) ?? 'en';
  const say = (texts: Record<string, string>) => textFor(texts, language);
  const name = view.shop.name || view.shop.domain;
  const title = view.done ? say(T.doneTitle) : say(view.all ? T.titleAll : T.titleThese);
  const done = say(view.all ? T.doneAll : T.doneThese).replace('{shop}', name);
  const body = html`<h1>${title}</h1>
    ${
      view.done
        ? html`<p role="status">${done}</p>`
        : html`<form method="post">
            <p><button>${say(T.stop)}</button></p>
          </form>`
    }
    <p class="note"><a href="${view.preferencesUrl}">${say(T.preferences)}</a></p>`;
  return hostedPage({ shop: view.shop, language, title, body });
}
