/** The pictures of a day a customer was at: "that is me", a link to share, and "rather not this one". */
import { PAGE_TEXTS } from '../feedback/page-texts.ts';
import { fileSrcset, fileUrl, type FilesOrigin } from '../files/file.ts';
import type { Shop } from '../shops/shop.ts';
import { closestTag, textFor } from '../shops/translations.ts';
import { EVENT_TEXTS } from '../stories/event-texts.ts';
import type { EventPage } from '../stories/stories.server.ts';
import { hostedPage, html, type Markup } from './hostedPage.ts';

interface Shown {
  shop: Shop;
  page: EventPage | null;
  shared: boolean;
  /** For friends; shows only what the customer is in. */
  shareUrl: string;
  isSaved: boolean;
  origin: FilesOrigin;
}

type Say = (text: keyof typeof EVENT_TEXTS) => string;

export function eventPageResponse({ shop, page, shared, shareUrl, isSaved, origin }: Shown): Response {
  const locale = page?.locale ?? null;
  const language = closestTag(Object.keys(EVENT_TEXTS.save), locale, shop.locale) ?? 'en';
  const say: Say = (text) => textFor(EVENT_TEXTS[text], locale, shop.locale);
  if (!page) {
    const gone = (name: 'goneTitle' | 'goneText') => textFor(PAGE_TEXTS[name], locale, shop.locale);
    const body = html`<h1>${gone('goneTitle')}</h1>
      <p>${gone('goneText')}</p>`;
    return hostedPage({ shop, language, title: gone('goneTitle'), body, status: 404 });
  }
  const title = page.event.name;
  const mine = page.pictures.filter(({ isMine }) => isMine);
  const body = shared
    ? html`<h1>${title}</h1>
        ${page.pictures.length === 0 && html`<p>${say('none')}</p>`}
        <div class="album">${page.pictures.map((each) => pictureOf(each, origin, title))}</div>`
    : html`<h1>${title}</h1>
        <p>${page.pictures.length === 0 ? say('none') : say('lead')}</p>
        ${isSaved && html`<p class="done" role="status">${say('saved')}</p>`}
        ${
          mine.length > 0 &&
          html`<p><label for="share">${say('share')}</label></p>
            <p><input id="share" type="text" readonly value="${shareUrl}" /></p>`
        }
        ${page.pictures.length > 0 && albumOf(page, origin, say)}`;
  return hostedPage({ shop, language, title, body });
}

function albumOf({ pictures, event }: EventPage, origin: FilesOrigin, say: Say): Markup {
  return html`<form method="post" id="found"><input type="hidden" name="intent" value="found" /></form>
    <div class="album">
      ${pictures.map(
        (each) =>
          html`<div>
            ${pictureOf(each, origin, event.name)}
            <label class="tick"
              ><input
                type="checkbox"
                form="found"
                name="picture"
                value="${each.file.id}"
                ${each.isMine && html`checked`}
              />
              <span>${say('me')}</span></label
            >
            <form method="post">
              <input type="hidden" name="intent" value="hide" />
              <input type="hidden" name="picture" value="${each.file.id}" />
              <button class="quiet">${say('hide')}</button>
            </form>
          </div>`,
      )}
    </div>
    <p class="note">${say('hideHint')}</p>
    <button form="found">${say('save')}</button>`;
}

const pictureOf = ({ file }: EventPage['pictures'][number], origin: FilesOrigin, alt: string): Markup =>
  html`<a href="${fileUrl(origin, file, 1600)}"
    ><img
      src="${fileUrl(origin, file, 800)}"
      srcset="${fileSrcset(origin, file)}"
      sizes="(max-width: 34rem) 90vw, 17rem"
      alt="${alt}"
      loading="lazy"
      width="${file.width}"
      height="${file.height}"
  /></a>`;
