/** The same mail as plain text, and as a text message: Liquid inside, filled in at hand-over. */
import type { Block, TemplateText } from './blocks.ts';
import { mailWords } from './mail-words.ts';
import { plainText } from './marked-text.ts';

/** The text part of a mail. */
export function mailText(text: TemplateText, locale: string): string {
  const words = mailWords(locale);
  const why = (sentence: string) => sentence.replace('{shop}', '{{ shop.name }}');
  const foot = [
    "{% if message.class == 'service' %}",
    `${why(words.whyService)}\n${words.preferences}: {{ links.preferences }}`,
    `{% elsif message.class == 'answer' %}${why(words.whyAnswer)}`,
    '{% else %}',
    `${why(words.whyAsk)}\n${words.unsubscribe}: {{ links.unsubscribe }}\n`,
    `${words.unsubscribeAll}: {{ links.unsubscribe_all }}\n${words.preferences}: {{ links.preferences }}`,
    '{% endif %}{% if shop.address %}\n{{ shop.address }}{% endif %}',
  ].join('');
  const body = text.blocks.map((block) => blockText(block, words.quantity)).filter(Boolean);
  return `${body.join('\n\n')}\n\n${notArrived(locale, '\n\n')}-- \n${foot}\n`;
}

const notArrived = (locale: string, end: string) =>
  `{% if links.not_arrived %}${mailWords(locale).notArrived}: {{ links.not_arrived }}${end}{% endif %}`;

/** Only what a text message can carry: sentences, a code, the button's address, and that it has not arrived. */
export function smsText(text: TemplateText, locale: string): string {
  const parts = text.blocks.flatMap((block) => {
    if (block.kind === 'heading' || block.kind === 'paragraph') return [plainText(block.text)];
    if (block.kind === 'code') return [`${block.label}: ${block.code}`];
    if (block.kind === 'referral') return [`${block.label}: {{ referral.code }} {{ referral.share_url }}`];
    if (block.kind === 'button') return [`${block.label}: ${block.url}`];
    return [];
  });
  return [...parts, notArrived(locale, '')].join('\n');
}

function blockText(block: Block, quantity: string): string {
  switch (block.kind) {
    case 'heading':
      return block.text;
    case 'paragraph':
    case 'signature':
      return plainText(block.text.trim());
    case 'button':
      return `${block.label}:\n${block.url}`;
    case 'image':
      return block.alt && `[${block.alt}]`;
    case 'products':
      return productLines(block, quantity);
    case 'care-guides':
      return [
        '{% for product in products %}{% if product.care %}{{ product.title }}: {{ product.care.title }}',
        '{{ product.care.text }}',
        `{% if product.care.url %}${block.more}: {{ product.care.url }}\n{% endif %}`,
        '{% endif %}{% endfor %}',
      ].join('\n');
    case 'rating':
      return block.options.map((option, index) => `${option}:\n{{ answers[${index}].url }}`).join('\n');
    case 'survey':
      return '{{ survey.question }}\n{% for answer in survey.answers %}{{ answer.label }}:\n{{ answer.url }}\n{% endfor %}';
    case 'code':
      return [`${block.label}: ${block.code}`, block.note].filter(Boolean).join('\n');
    case 'stars':
      return starLines(block);
    case 'referral':
      return `${block.label}: {{ referral.code }}\n{{ referral.offer }}\n${block.share}: {{ referral.share_url }}`;
    case 'social':
      return block.links.map(({ label, url }) => `${label}: ${url}`).join('\n');
    case 'divider':
      return '';
  }
}

function starLines({ label }: Extract<Block, { kind: 'stars' }>): string {
  const lines = [5, 4, 3, 2, 1].map(
    (count) => `${'★'.repeat(count)} {{ product.review_url }}?stars=${count}\n`,
  );
  const row = `{{ product.title }}\n${lines.join('')}`;
  const all = `{% for product in products %}{% if product.review_url %}${row}{% endif %}{% endfor %}`;
  return `${label}\n{% if product %}${row}{% else %}${all}{% endif %}`;
}

function productLines({ link }: Extract<Block, { kind: 'products' }>, quantity: string): string {
  const count = `{% if product.quantity > 1 %} (${quantity}: {{ product.quantity }}){% endif %}`;
  const after = link ? `  ${link.label}: ${link.url}\n` : '';
  return `{% for product in products %}* {{ product.title }}${count}\n${after}{% endfor %}`;
}
