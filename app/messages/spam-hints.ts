/** What makes filters and readers wary of a mail. Hints, never errors: what is said is the merchant's. */
import { textsOf, type TemplateText } from './blocks.ts';
import type { Check } from './checks.ts';
import { plainText } from './marked-text.ts';

/** In the languages that mails are written in. */
const WARY =
  /\b(?:act now|click here|risk[- ]free|100 ?% free|you(?:'|’)ve won|winner|urgent|last chance|jetzt zugreifen|hier klicken|klicken sie hier|letzte chance|gewonnen|garantiert gratis|cliquez ici|dernière chance|vous avez gagné|agissez vite|haz clic aquí|última oportunidad|has ganado|actúa ya)\b|[$€£]{3}/iu;
const SHORTENERS = /\b(?:bit\.ly|tinyurl\.com|goo\.gl|t\.co|ow\.ly|is\.gd|buff\.ly|rebrand\.ly)\//i;
/** Four capitals and more, not a word such as FAQ. */
const SHOUTED = /\p{Lu}{4,}/gu;
/** Read in a minute and a half. */
const LONG_MAIL = 300;
const FEW_WORDS = 20;

type Hint = Omit<Check, 'level'>;

export function spamHints(text: TemplateText): Check[] {
  const places = [
    { block: null, said: text.subject },
    { block: null, said: text.preheader },
    ...text.blocks.flatMap((block, index) =>
      textsOf(block).map((said) => ({ block: index, said: withoutLiquid(said) })),
    ),
  ].map(({ block, said }) => ({ block, said: withoutLiquid(said) }));
  const hints: Hint[] = [...shouting(text.subject), ...places.flatMap(hintsAt), ...lengthHints(text)];
  return hints.map((hint) => ({ level: 'warning', ...hint }));
}

const withoutLiquid = (said: string): string => said.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, ' ');

function shouting(subject: string): Hint[] {
  const words = withoutLiquid(subject).match(/\p{L}{4,}/gu) ?? [];
  const loud = withoutLiquid(subject).match(SHOUTED) ?? [];
  return loud.length > 1 && loud.length >= words.length / 2
    ? [{ code: 'shouting', block: null, detail: loud.join(' ') }]
    : [];
}

function hintsAt({ block, said }: { block: number | null; said: string }): Hint[] {
  const hints: Hint[] = [];
  const wary = WARY.exec(said)?.[0];
  if (wary) hints.push({ code: 'wary-words', block, detail: wary });
  if (/!\s*!/.test(said)) hints.push({ code: 'exclamations', block, detail: '' });
  const short = SHORTENERS.exec(said)?.[0];
  if (short) hints.push({ code: 'short-link', block, detail: short });
  for (const [, label = '', url = ''] of said.matchAll(/\[([^\]\n]+)\]\(([^)\s]+)\)/g)) {
    if (isOtherAddress(label, url)) hints.push({ code: 'other-address', block, detail: label });
  }
  return hints;
}

/** A label that is an address itself, of another host than the one that it leads to. */
function isOtherAddress(label: string, url: string): boolean {
  const said = /^(?:https?:\/\/)?((?:[\w-]+\.)+[a-z]{2,})(?:\/\S*)?$/i.exec(label.trim())?.[1];
  return said !== undefined && URL.canParse(url) && !new URL(url).host.endsWith(said.replace(/^www\./, ''));
}

function lengthHints(text: TemplateText): Hint[] {
  const words = wordCount(text);
  if (words > LONG_MAIL) return [{ code: 'long-mail', block: null, detail: String(words) }];
  const hasPicture = text.blocks.some(({ kind }) => kind === 'image');
  return hasPicture && words < FEW_WORDS ? [{ code: 'only-pictures', block: null, detail: '' }] : [];
}

/** Words of a mail that are read, its subject aside. */
export function wordCount({ blocks }: TemplateText): number {
  const said = blocks
    .filter(({ kind }) => kind !== 'image')
    .flatMap(textsOf)
    .map((each) => plainText(withoutLiquid(each)).replace(/https?:\S+/g, ' '));
  return said.join(' ').match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}
