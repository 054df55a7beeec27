/** What a friend sees who opens a shared link: the offer, the code, one button into the shop. */
import { readCode, saidByCode } from '../referrals/codes.ts';
import { landingTexts } from '../referrals/offer.ts';
import { FRIEND_PARAMETER } from '../referrals/links.ts';
import type { Program } from '../referrals/program.ts';
import type { Shop } from '../shops/shop.ts';
import { hostedPage, html } from './hostedPage.ts';

interface Shown {
  shop: Shop;
  program: Program | null;
  typedCode: string;
  locale: string | null;
  /** What the pixel remembers of this visit; app/referrals/links.ts */
  visit: (code: string) => string;
}

/** Links stay relative: the page stands on the shop's own domain. */
export function landingResponse({ shop, program, typedCode, locale, visit }: Shown): Response {
  const code = readCode(typedCode);
  if (program?.status !== 'on' || !code)
    return new Response(null, { status: 302, headers: { location: '/' } });
  const texts = landingTexts(shop, program.terms, locale ?? shop.locale, saidByCode(code).name);
  const into = `/?${new URLSearchParams({ [FRIEND_PARAMETER]: visit(code) })}`;
  const withCode = `/discount/${encodeURIComponent(code)}?${new URLSearchParams({ redirect: into })}`;
  const body = html`<h1>${texts.title}</h1>
    <p>${texts.text}</p>
    ${texts.minimum && html`<p class="note">${texts.minimum}</p>`}
    ${texts.collections && html`<p class="note">${texts.collections}</p>`}
    <p class="label" id="code-label">${texts.codeLabel}</p>
    <div class="code" aria-labelledby="code-label" role="group">${code}</div>
    <p><a class="button" href="${withCode}">${texts.button}</a></p>
    <p class="note">${texts.remembered}</p>`;
  return hostedPage({ shop: { ...shop, url: into }, language: texts.language, title: texts.title, body });
}
