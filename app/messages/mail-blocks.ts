/** Each block of a mail as MJML. Tables and conditions stand in `mj-text`, whose content MJML passes on as it is. */
import type { Block } from './blocks.ts';
import type { MailWords } from './mail-words.ts';
import type { Keeper } from './marked-text.ts';

interface Sheet {
  keep: Keeper;
  words: MailWords;
}

/** One or more elements of the mail's only column. */
export function blockMjml(block: Block, sheet: Sheet): string {
  const { keep } = sheet;
  switch (block.kind) {
    case 'heading':
      return `<mj-text css-class="t" mj-class="heading"><h1 style="${H1}">${keep.line(block.text)}</h1></mj-text>`;
    case 'paragraph':
      return keep
        .paragraphs(block.text)
        .map((html) => `<mj-text css-class="t">${html}</mj-text>`)
        .join('');
    case 'button':
      return `<mj-button css-class="b" mj-class="button" background-color="${keep.keep('{{ brand.color }}')}"
        color="${keep.keep('{{ brand.on_color }}')}" href="${keep.line(block.url)}">${keep.line(block.label)}</mj-button>`;
    case 'image':
      return `<mj-image css-class="b" src="${keep.line(block.src)}" alt="${keep.line(block.alt)}" border-radius="8px"
        padding="8px 40px 20px"
        width="${Math.round((520 * (block.width ?? 100)) / 100)}px" ${block.url ? `href="${keep.line(block.url)}"` : ''} />`;
    case 'products':
      return productRows(block, sheet);
    case 'care-guides':
      return guides(block, keep);
    case 'rating':
      return ratingRows(block, keep);
    case 'survey':
      return surveyRows(keep);
    case 'code':
      return codeCard(block, keep);
    case 'stars':
      return starRows(block, sheet);
    case 'referral':
      return referralCard(block, keep);
    case 'social':
      return socialLinks(block, keep);
    case 'divider':
      return `<mj-text css-class="t" padding="12px 40px 24px"><div class="line" style="border-top:1px solid #e6e3dd;font-size:1px;line-height:1px;">&nbsp;</div></mj-text>`;
    case 'signature':
      return `<mj-text css-class="t" padding="12px 40px 20px">${keep.paragraphs(block.text).join('<br><br>')}</mj-text>`;
  }
}

const H1 = 'margin:0;font-size:26px;line-height:34px;font-weight:600;letter-spacing:-0.2px;';
const TABLE = 'role="presentation" cellpadding="0" cellspacing="0" border="0" width="100%"';

/** Picture, name, quantity and a link for each; a product without a picture has its row all the same. */
function productRows({ link }: Extract<Block, { kind: 'products' }>, { keep, words }: Sheet): string {
  const liquid = (source: string) => keep.keep(source);
  const linkHtml = link
    ? `<div style="padding-top:4px;"><a class="a" style="color:inherit;font-weight:600;" href="${keep.line(link.url)}">${keep.line(link.label)}</a></div>`
    : '';
  return `<mj-text css-class="t" padding="4px 40px 16px"><table ${TABLE}>
${liquid('{% for product in products %}')}<tr>
${liquid('{% if product.image %}')}<td width="72" valign="top" style="padding:8px 16px 8px 0;"><img src="${liquid('{{ product.image }}')}"
 width="72" height="72" alt="" style="display:block;width:72px;height:72px;border-radius:8px;object-fit:cover;"></td>${liquid('{% endif %}')}
<td valign="middle" style="padding:8px 0;"><div style="font-weight:600;">${liquid('{{ product.title }}')}</div>
${liquid('{% if product.quantity > 1 %}')}<div class="m" style="color:#6b6862;font-size:14px;">${words.quantity}: ${liquid('{{ product.quantity }}')}</div>${liquid('{% endif %}')}${linkHtml}</td>
</tr>${liquid('{% endfor %}')}</table></mj-text>`;
}

function guides({ more }: Extract<Block, { kind: 'care-guides' }>, keep: Keeper): string {
  const liquid = (source: string) => keep.keep(source);
  return `<mj-text css-class="t" padding="4px 40px 8px">
${liquid('{% for product in products %}{% if product.care %}')}
<div class="card" style="background:#f5f4f1;border-radius:10px;padding:18px 20px;margin-bottom:12px;">
<div class="m" style="color:#6b6862;font-size:14px;line-height:20px;">${liquid('{{ product.title }}')}</div>
<div style="font-weight:600;font-size:17px;padding:2px 0 6px;">${liquid('{{ product.care.title }}')}</div>
<div style="white-space:pre-line;">${liquid('{{ product.care.text }}')}</div>
${liquid('{% if product.care.url %}')}<div style="padding-top:8px;"><a class="a" style="color:inherit;font-weight:600;" href="${liquid('{{ product.care.url }}')}">${keep.line(more)}</a></div>${liquid('{% endif %}')}
</div>${liquid('{% endif %}{% endfor %}')}</mj-text>`;
}

/** Big rows with words, easy to hit with a thumb. */
function ratingRows({ options }: Extract<Block, { kind: 'rating' }>, keep: Keeper): string {
  const rows = options.map((option, index) => {
    const url = keep.keep(`{{ answers[${index}].url }}`);
    return `<tr><td style="padding:0 0 8px;"><a class="choice" href="${url}" style="display:block;border:1px solid #cfcac1;border-radius:10px;padding:13px 18px;color:#2b2a28;text-decoration:none;font-weight:600;">${keep.line(option)}</a></td></tr>`;
  });
  return `<mj-text css-class="t" padding="4px 40px 16px"><table ${TABLE}>${rows.join('')}</table></mj-text>`;
}

/** Figures and stars stand in a row, words below each other; the survey says which. Each is a link of its own. */
function surveyRows(keep: Keeper): string {
  const liquid = (source: string) => keep.keep(source);
  const link = (style: string, words: string) =>
    `<a class="choice" href="${liquid('{{ answer.url }}')}" style="${style}border:1px solid #cfcac1;color:#2b2a28;text-decoration:none;">${words}</a>`;
  const label = liquid('{{ answer.label }}');
  // Short, for there are eleven of them.
  const beside = link('display:inline-block;padding:9px;', label);
  const below = link(
    'display:block;border-radius:10px;padding:13px 18px;margin:0 0 8px;font-weight:600;',
    label,
  );
  const star = `<a class="star" href="${liquid('{{ answer.url }}')}" title="${label}" aria-label="${label}" style="display:inline-block;padding:4px 10px 4px 0;color:#a86a12;font-size:34px;line-height:40px;text-decoration:none;">&#9733;</a>`;
  const each = (html: string) =>
    `${liquid('{% for answer in survey.answers %}')}${html}${liquid('{% endfor %}')}`;
  return `<mj-text css-class="t" padding="4px 40px 16px"><div style="font-weight:600;font-size:18px;padding-bottom:10px;">${liquid('{{ survey.question }}')}</div>
${liquid("{% if survey.look == 'numbers' %}")}<div>${each(beside)}</div>
${liquid('{% if survey.low %}')}<div class="m" style="color:#6b6862;font-size:14px;line-height:20px;">0: ${liquid('{{ survey.low }}')}${liquid('{% if survey.high %}')} &middot; 10: ${liquid('{{ survey.high }}')}${liquid('{% endif %}')}</div>${liquid('{% endif %}')}
${liquid("{% else %}{% if survey.look == 'stars' %}")}<div style="white-space:nowrap;">${each(star)}</div>
${liquid('{% else %}')}${each(below)}${liquid('{% endif %}{% endif %}')}</mj-text>`;
}

function codeCard(block: Extract<Block, { kind: 'code' }>, keep: Keeper): string {
  const note = block.note
    ? `<div class="m" style="color:#6b6862;font-size:14px;line-height:20px;padding-top:6px;">${keep.line(block.note)}</div>`
    : '';
  return `<mj-text css-class="t" padding="4px 40px 20px">
<div class="card" style="background:#f5f4f1;border-radius:10px;padding:20px;text-align:center;">
<div class="m" style="color:#6b6862;font-size:14px;line-height:20px;">${keep.line(block.label)}</div>
<div style="font-family:ui-monospace,Menlo,Consolas,monospace;font-size:22px;line-height:32px;font-weight:700;letter-spacing:1px;overflow-wrap:anywhere;">${keep.line(block.code)}</div>
${note}</div></mj-text>`;
}

/**
 * For the product that the mail is about, or for all that can be reviewed. Each star is a link of its own, so that it can
 * be hit without a script; its label is read aloud in its place.
 */
function starRows({ label }: Extract<Block, { kind: 'stars' }>, { keep, words }: Sheet): string {
  const liquid = (source: string) => keep.keep(source);
  const stars = [1, 2, 3, 4, 5].map((count) => {
    const said = words.stars.replace('{count}', String(count));
    return `<a class="star" href="${liquid('{{ product.review_url }}')}?stars=${count}" title="${said}" aria-label="${said}" style="display:inline-block;padding:4px 10px 4px 0;color:#a86a12;font-size:34px;line-height:40px;text-decoration:none;">&#9733;</a>`;
  });
  const row = `<div style="padding-top:10px;"><div style="font-weight:600;">${liquid('{{ product.title }}')}</div>
<div style="white-space:nowrap;">${stars.join('')}</div></div>`;
  return `<mj-text css-class="t" padding="4px 40px 16px">${keep.line(label)}
${liquid('{% if product %}')}${row}${liquid('{% else %}{% for product in products %}{% if product.review_url %}')}${row}
${liquid('{% endif %}{% endfor %}{% endif %}')}</mj-text>`;
}

function referralCard({ label, share }: Extract<Block, { kind: 'referral' }>, keep: Keeper): string {
  const liquid = (source: string) => keep.keep(source);
  return `<mj-text css-class="t" padding="4px 40px 20px">
<div class="card" style="background:#f5f4f1;border-radius:10px;padding:20px;text-align:center;">
<div class="m" style="color:#6b6862;font-size:14px;line-height:20px;">${keep.line(label)}</div>
<div style="font-family:ui-monospace,Menlo,Consolas,monospace;font-size:22px;line-height:32px;font-weight:700;letter-spacing:1px;overflow-wrap:anywhere;">${liquid('{{ referral.code }}')}</div>
<div style="padding-top:6px;">${liquid('{{ referral.offer }}')}</div>
<div style="padding-top:10px;"><a class="a" style="color:inherit;font-weight:600;" href="${liquid('{{ referral.share_url }}')}">${keep.line(share)}</a></div>
</div></mj-text>`;
}

function socialLinks({ links }: Extract<Block, { kind: 'social' }>, keep: Keeper): string {
  const all = links.map(
    ({ label, url }) =>
      `<a style="color:inherit;display:inline-block;padding:6px 12px;" href="${keep.line(url)}">${keep.line(label)}</a>`,
  );
  return `<mj-text css-class="t" align="center" padding="8px 40px 16px">${all.join('')}</mj-text>`;
}
