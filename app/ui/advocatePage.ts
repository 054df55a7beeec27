/** An advocate's own page: code, link, ways to share, who came and what it earned. Whole without script. */
import { ADVOCATE_TEXTS as T } from '../referrals/advocate-texts.ts';
import type { AdvocateView } from '../referrals/advocate.ts';
import type { Shop } from '../shops/shop.ts';
import { textFor } from '../shops/translations.ts';
import { hostedPage, html, type Markup } from './hostedPage.ts';
import { qrCode } from './qr.ts';

/** Copies what stands in the box beside it; the box can be selected without. */
const SCRIPT = `for(const b of document.querySelectorAll('[data-copy]')){b.hidden=false;b.addEventListener('click',async()=>{
const f=document.getElementById(b.dataset.copy);f.select();try{await navigator.clipboard.writeText(f.value);b.textContent=b.dataset.done}catch{}})}`;

export function advocatePageResponse(shop: Shop, view: AdvocateView): Response {
  const { language, invitation } = view;
  const body = html`<h1>${view.title}</h1>
    ${invitation ? inviting(view, invitation) : html`<p>${view.without}</p>`}
    <h2>${view.words.friends}</h2>
    ${
      view.friends.length === 0
        ? html`<p>${view.noFriends}</p>`
        : html`<ul class="rows">
            ${view.friends.map((friend) => friendRow(friend, language))}
          </ul>`
    }
    ${
      view.given.length > 0 &&
      html`<h2>${view.words.given}</h2>
        <ul class="rows">
          ${view.given.map(givenRow)}
        </ul>`
    }
    <p class="note">${view.disclosure}</p>`;
  return hostedPage({ shop, language, title: view.title, body, script: SCRIPT });
}

function inviting(
  { language, words }: AdvocateView,
  invitation: NonNullable<AdvocateView['invitation']>,
): Markup {
  const { code, link, offer, share, copy, next, opened } = invitation;
  const say = (texts: (typeof T)[keyof typeof T]) => textFor(texts, language);
  return html`<p>${offer}</p>
    ${next && html`<p>${next}</p>`}
    <p class="label" id="code-label">${words.code}</p>
    <div class="code" aria-labelledby="code-label" role="group">${code}</div>
    ${copied('link', words.link, link, say)} ${opened && html`<p class="note">${opened}</p>`}
    <p class="label">${words.share}</p>
    <p class="choices">
      <a class="button" href="${share.whatsapp}">WhatsApp</a>
      <a class="button" href="${share.email}">${say(T.email)}</a>
      <a class="button" href="${share.text}">${say(T.text)}</a>
    </p>
    ${copied('words', say(T.copy), copy, say)}
    <details class="own">
      <summary>${say(T.qr)}</summary>
      ${qrCode(link, link)}
    </details>`;
}

function copied(id: string, label: string, value: string, say: (texts: typeof T.copied) => string): Markup {
  return html`<label class="label" for="${id}">${label}</label>
    <div class="beside">
      <input type="text" id="${id}" readonly value="${value}" />
      <button type="button" hidden data-copy="${id}" data-done="${say(T.copied)}">
        ${say(T.copyButton)}
      </button>
    </div>`;
}

const friendRow = (
  { name, day, standing, isGood, why, gets, appeal, appealed }: AdvocateView['friends'][number],
  language: string,
) =>
  html`<li>
    <strong>${name}</strong> <span class="note">${day}</span>
    <span class="${isGood ? 'badge good' : 'badge'}">${standing}</span>
    ${gets && html`<br />${gets}`}
    <br /><span class="note">${why.join(' ')}</span>
    ${appealed && html`<br /><span role="status">${appealed}</span>`}
    ${appeal && appealForm(appeal, language)}
  </li>`;

/** One button, a text: a person looks at it again. */
const appealForm = (referralId: string, language: string) =>
  html`<details class="own">
    <summary>${textFor(T.appeal, language)}</summary>
    <form method="post">
      <input type="hidden" name="referral" value="${referralId}" />
      <label class="label" for="say-${referralId}">${textFor(T.appealLabel, language)}</label>
      <textarea id="say-${referralId}" name="text" rows="3" maxlength="2000" required></textarea>
      <button type="submit">${textFor(T.appealSend, language)}</button>
    </form>
  </details>`;

const givenRow = ({ text, code, until, state }: AdvocateView['given'][number]) =>
  html`<li>
    <strong>${text}</strong> ${code && html`<code>${code}</code>`} <span class="note">${until}${state}</span>
  </li>`;
