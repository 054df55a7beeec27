/** Pictures and videos in the form for reviews: what is there, what was sent in, and where more are chosen. */
import { fileUrl, type FilesOrigin, type StoredFile } from '../files/file.ts';
import type { ReviewPicture } from '../reviews/photos.server.ts';
import { PHOTOS_MAX } from '../reviews/photos.ts';
import { textFor } from '../shops/translations.ts';
import { PROBLEM_TEXTS } from '../stories/page-texts.ts';
import { html, type Markup } from './hostedPage.ts';
import type { Around } from './reviewPage.ts';

const ACCEPTED = 'image/jpeg,image/png,image/webp,image/gif,image/avif,video/mp4,video/quicktime';

/** @param key of the product, as its other fields are named */
export function pictureFields(key: string, kept: readonly ReviewPicture[], around: Around): Markup {
  const { say, again, origin } = around;
  const field = `files-${key}`;
  const away = again?.typed.getAll(`without-${key}`) ?? [];
  const waiting = again?.files.get(field) ?? [];
  return html`${kept.map(
      ({ id, file }) =>
        html`<p class="sent">
          ${pictured(file, origin, say('photo'))}
          <label class="tick"
            ><input
              type="checkbox"
              name="without-${key}"
              value="${id}"
              ${away.includes(id) && html`checked`}
            />
            <span>${say('photoAway')}</span></label
          >
        </p>`,
    )}
    <label class="label" for="${field}">${say('photos')}</label>
    <p><input id="${field}" type="file" name="${field}" accept="${ACCEPTED}" multiple /></p>
    ${waiting.map(
      (file) =>
        html`<p class="sent">
          ${pictured(file, origin, say('photo'))}<input
            type="hidden"
            name="sent-${field}"
            value="${file.id}"
          />
        </p>`,
    )}
    ${problemOf(field, waiting.length, around)}
    <p class="note">${say('photosHint')}</p>`;
}

/** What is wrong, where the pictures are chosen. */
function problemOf(field: string, waiting: number, { again, locale, shopLocale }: Around): Markup | null {
  const refusal = again?.refused.get(field) ?? (waiting > PHOTOS_MAX ? 'too-many-files' : null);
  return (
    refusal && html`<p class="wrong" role="alert">${textFor(PROBLEM_TEXTS[refusal], locale, shopLocale)}</p>`
  );
}

const pictured = (file: StoredFile, origin: FilesOrigin, alt: string): Markup =>
  file.kind === 'video'
    ? html`<span class="film" role="img" aria-label="${alt}">▶</span>`
    : html`<img src="${fileUrl(origin, file, 320)}" alt="${alt}" loading="lazy" width="64" height="64" />`;
