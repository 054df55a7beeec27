/** What is looked at before a text is published. */
import { textsOf, type Block, type TemplateText } from './blocks.ts';
import { FIELDS } from './fields.ts';
import { fill, parse, read } from './liquid.ts';
import { linksIn } from './marked-text.ts';
import { sampleFields } from './sample.ts';
import { spamHints } from './spam-hints.ts';

/** An error keeps the text from being published. */
export interface Check {
  level: 'error' | 'warning';
  code:
    | 'liquid'
    | 'unknown-field'
    | 'no-fallback'
    | 'missing-alt'
    | 'missing-link'
    | 'empty'
    | 'long-subject'
    | 'no-preheader'
    | 'two-buttons'
    | 'too-large'
    | 'no-unsubscribe'
    | 'missing-translation'
    | 'shouting'
    | 'wary-words'
    | 'exclamations'
    | 'short-link'
    | 'other-address'
    | 'long-mail'
    | 'only-pictures';
  /** Position in `blocks`; null for the subject, the preheader or the whole. */
  block: number | null;
  detail: string;
}

export const MOST_BYTES = 60 * 1024;
const LONG_SUBJECT = 60;

/** A text with the place where it stands. */
interface Place {
  block: number | null;
  source: string;
}

/** Checks of the text itself; those of the compiled mail are `checkCompiled`. */
export function checkText(text: TemplateText): Check[] {
  const places: Place[] = [
    { block: null, source: text.subject },
    { block: null, source: text.preheader },
    ...text.blocks.flatMap((block, index) => textsOf(block).map((source) => ({ block: index, source }))),
  ];
  return [
    ...places.flatMap(checkLiquid),
    ...checkSubject(text),
    ...text.blocks.flatMap((block, index) => checkBlock(block, index)),
    ...checkButtons(text.blocks),
    ...spamHints(text),
  ];
}

/** Each name must be a field, or an object that holds some: `{% if referral %}`. */
const isField = (name: string) =>
  name in FIELDS || Object.keys(FIELDS).some((field) => field.startsWith(`${name}.`));

function checkLiquid({ block, source }: Place): Check[] {
  if (!source.includes('{')) return [];
  const { error, fields } = read(source);
  if (error) return [{ level: 'error', code: 'liquid', block, detail: error }];
  const unknown = fields.filter((field) => !isField(field));
  if (unknown.length > 0) {
    return unknown.map((detail) => ({ level: 'error', code: 'unknown-field', block, detail }));
  }
  return nameless(source)
    ? [{ level: 'warning', code: 'no-fallback', block, detail: nameless(source)! }]
    : [];
}

/** Many customers have told no name: a text that needs one would not reach them. */
function nameless(source: string): string | null {
  const fields = { ...sampleFields('en'), customer: { first_name: null, last_name: null } };
  const filled = fill(parse('text', source), fields);
  return 'missing' in filled && filled.missing.startsWith('customer') ? filled.missing : null;
}

function checkSubject({ subject, preheader }: TemplateText): Check[] {
  const checks: Check[] = [];
  if (!subject.trim()) checks.push({ level: 'error', code: 'empty', block: null, detail: 'subject' });
  const length = subject.replace(/\{\{.*?\}\}/g, '········').replace(/\{%.*?%\}/g, '').length;
  if (length > LONG_SUBJECT) {
    checks.push({ level: 'warning', code: 'long-subject', block: null, detail: String(length) });
  }
  if (!preheader.trim()) checks.push({ level: 'warning', code: 'no-preheader', block: null, detail: '' });
  return checks;
}

const URL_START = /^(https?:\/\/[^\s/]|mailto:|tel:|\{\{)/i;

function checkBlock(block: Block, index: number): Check[] {
  const checks: Check[] = [];
  const error = (code: 'missing-alt' | 'missing-link' | 'empty', detail: string) =>
    checks.push({ level: 'error', code, block: index, detail });
  const link = (url: string) => URL_START.test(url.trim()) || error('missing-link', url);
  if (block.kind === 'button') {
    link(block.url);
    if (!block.label.trim()) error('empty', 'label');
  }
  if (block.kind === 'image') {
    // What was uploaded on a machine of one's own stands there.
    if (!/^(https:\/\/|http:\/\/localhost[:/]|\{\{)/.test(block.src)) error('missing-link', block.src);
    if (!block.alt.trim()) error('missing-alt', block.src);
    if (block.url) link(block.url);
  }
  if (block.kind === 'products' && block.link) link(block.link.url);
  if (block.kind === 'social') {
    for (const { label, url } of block.links) {
      link(url);
      if (!label.trim()) error('empty', 'label');
    }
  }
  if (block.kind === 'referral' && !block.share.trim()) error('empty', 'label');
  if (block.kind === 'paragraph' || block.kind === 'signature') linksIn(block.text).forEach(link);
  if ('text' in block && !block.text.trim()) error('empty', 'text');
  return checks;
}

function checkButtons(blocks: readonly Block[]): Check[] {
  const second = blocks
    .map((block) => block.kind)
    .indexOf('button', blocks.findIndex((b) => b.kind === 'button') + 1);
  const first = blocks.findIndex((block) => block.kind === 'button');
  if (first === -1 || second <= first) return [];
  return [{ level: 'warning', code: 'two-buttons', block: second, detail: '' }];
}

/** Checks of the mail as it will be sent, filled in with invented data. */
export function checkCompiled(html: string): Check[] {
  const checks: Check[] = [];
  const bytes = new TextEncoder().encode(html).length;
  if (bytes > MOST_BYTES)
    checks.push({ level: 'error', code: 'too-large', block: null, detail: String(bytes) });
  if (!html.includes('{{ links.unsubscribe }}')) {
    checks.push({ level: 'error', code: 'no-unsubscribe', block: null, detail: '' });
  }
  return checks;
}
