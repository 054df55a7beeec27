/** The whole mail as MJML: the shop's head, one card with the blocks, a foot that says why and how to stop it. */
import type { TemplateText } from './blocks.ts';
import { blockMjml } from './mail-blocks.ts';
import { mailWords, type MailWords } from './mail-words.ts';
import { escapeHtml, type Keeper } from './marked-text.ts';

/** Named by mail clients that show mails in the dark; others never read it. */
const DARK = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (prefers-color-scheme: dark) {
    body, .page, .page > table, .page > div { background: #1b1a19 !important; }
    .sheet, .sheet > table { background: #262523 !important; }
    .t, .t div, .t h1, .t td, .t a, .name { color: #ece9e4 !important; }
    .m div, .m a, .t .m { color: #a8a39b !important; }
    .card { background: #33312e !important; }
    .line { border-color: #45423d !important; }
    .t .star { color: #f0b64a !important; }
    .choice { border-color: #6b6862 !important; color: #ece9e4 !important; }
    .logo img { background: #ffffff; padding: 6px 10px; border-radius: 8px; }
  }`;
/** On a phone the card uses the whole width. */
const NARROW = `
  .t a { color: inherit; }
  @media (max-width: 480px) {
    .sheet > table > tbody > tr > td { padding: 24px 0 12px !important; }
    td.t, td.b { padding-left: 24px !important; padding-right: 24px !important; }
  }`;

const FONT =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', 'Hiragino Sans', Arial, sans-serif";

/** @returns the MJML, its Liquid held back in `keep` */
export function mailMjml(text: TemplateText, locale: string, keep: Keeper): string {
  const words = mailWords(locale);
  return `<mjml lang="${escapeHtml(locale)}" dir="${directionOf(locale)}">
<mj-head>
<mj-title>${keep.line(text.subject)}</mj-title>
<mj-preview>${keep.line(text.preheader)}</mj-preview>
<mj-raw><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></mj-raw>
<mj-attributes>
<mj-all font-family="${FONT}" />
<mj-text font-size="16px" line-height="26px" color="#2b2a28" padding="0 40px 16px" />
<mj-class name="heading" padding="4px 40px 16px" />
<mj-class name="button" font-size="16px" font-weight="600" border-radius="8px" inner-padding="14px 28px" align="left" padding="8px 40px 24px" />
</mj-attributes>
<mj-style>${DARK}</mj-style>
<mj-style>${NARROW}</mj-style>
</mj-head>
<mj-body background-color="#f5f4f1" css-class="page" width="600px">
${head(keep)}
<mj-section css-class="sheet" background-color="#ffffff" border-radius="12px" padding="36px 0 20px"><mj-column>
${text.blocks.map((block) => blockMjml(block, { keep, words })).join('\n')}
</mj-column></mj-section>
${foot(words, keep)}
</mj-body></mjml>`;
}

const RIGHT_TO_LEFT = /^(ar|fa|he|ur|yi)\b/;
const directionOf = (locale: string) => (RIGHT_TO_LEFT.test(locale) ? 'rtl' : 'ltr');

/** The logo, or the name in its place. */
function head(keep: Keeper): string {
  const name = keep.keep('{{ shop.name }}');
  return `<mj-section padding="28px 0 20px"><mj-column><mj-text align="center" padding="0 24px" css-class="logo">
${keep.keep('{% if brand.logo %}')}<img src="${keep.keep('{{ brand.logo }}')}" alt="${name}" height="44" style="display:inline-block;height:44px;width:auto;max-width:220px;">${keep.keep('{% else %}')}<span class="name" style="font-size:19px;font-weight:700;letter-spacing:0.2px;color:#2b2a28;">${name}</span>${keep.keep('{% endif %}')}
</mj-text></mj-column></mj-section>`;
}

function foot(words: MailWords, keep: Keeper): string {
  const name = keep.keep('{{ shop.name }}');
  const link = (field: string, label: string) =>
    `<a style="color:inherit;text-decoration:underline;white-space:nowrap;display:inline-block;padding:0 8px;" href="${keep.keep(`{{ links.${field} }}`)}">${escapeHtml(label)}</a>`;
  const why = (text: string) => escapeHtml(text).replace('{shop}', name);
  return `<mj-section padding="20px 0 36px"><mj-column>
<mj-text css-class="m" align="center" font-size="14px" line-height="22px" color="#6b6862" padding="0 24px">
${keep.keep('{% if links.not_arrived %}')}${link('not_arrived', words.notArrived)}<br><br>${keep.keep('{% endif %}')}</mj-text>
<mj-text css-class="m" align="center" font-size="13px" line-height="21px" color="#6b6862" padding="0 24px">
${keep.keep("{% if message.class == 'service' %}")}${why(words.whyService)}<br>${link('preferences', words.preferences)}
${keep.keep("{% elsif message.class == 'answer' %}")}${why(words.whyAnswer)}
${keep.keep('{% else %}')}${why(words.whyAsk)}<br>${link('unsubscribe', words.unsubscribe)} ${link('unsubscribe_all', words.unsubscribeAll)} ${link('preferences', words.preferences)}${keep.keep('{% endif %}')}
${keep.keep('{% if shop.address %}')}<br>${keep.keep('{{ shop.address }}')}${keep.keep('{% endif %}')}
</mj-text></mj-column></mj-section>`;
}
