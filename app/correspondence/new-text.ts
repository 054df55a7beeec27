/** What of a mail is new: without what it quotes, and without the signature under it. */
import EmailReplyParser from 'email-reply-parser';
import { MAX_WORDS } from './incoming-mail.ts';

const parser = new EmailReplyParser();

/** The parser looks at every line with some forty patterns: what people write by hand is shorter than this. */
const MOST_PARSED = 20_000;
const MOST_LINES = 600;

/** How programs head what they quote, where the parser's own list does not know it. */
const MORE_HEADS = [
  /^-{2,}\s*(forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato|mensagem encaminhada)\s*-{2,}$/i,
  /^_{20,}$/,
  /^(am|on|le|el|il|em)\s.{6,120}\s(schrieb|wrote|a écrit|escribió|ha scritto|escreveu)\b.{0,120}:$/i,
];

const SENT_FROM =
  /^(sent from my|sent from .{1,20} for|get outlook for|von meinem .{1,30} gesendet|gesendet (von|mit)|envoyé de(puis)? mon|enviado desde mi|inviato da|enviado do meu|verzonden vanaf|iphone(から|より)送信)/i;

/**
 * The new words. Where nothing would be left (an answer written under the quote's own marks, or a mail that only quotes),
 * all of it: a voice is never lost to a rule.
 */
export function newTextOf(text: string): string {
  const whole = tidy(text).slice(0, MAX_WORDS);
  const lines = whole.split('\n');
  const head = lines.findIndex((line) => MORE_HEADS.some((pattern) => pattern.test(line.trim())));
  const before = head > 0 ? lines.slice(0, head).join('\n') : whole;
  const isShort = before.length <= MOST_PARSED && lines.length <= MOST_LINES;
  const visible = isShort ? parser.parseReply(before) : withoutMarks(before);
  return withoutSentFrom(tidy(visible)) || tidy(before) || whole;
}

const withoutMarks = (text: string) =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join('\n');

function withoutSentFrom(text: string): string {
  const lines = text.split('\n');
  while (lines.length > 1 && (lines.at(-1)!.trim() === '' || SENT_FROM.test(lines.at(-1)!.trim())))
    lines.pop();
  return lines.join('\n').trim();
}

/** One kind of line ends, no characters that no reader shows, no more than one empty line. */
function tidy(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/\r\n?/g, '\n')
      // eslint-disable-next-line no-control-regex -- these are what is to be found
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
      .replaceAll('\u00a0', ' ')
      .replace(/[ \t]+$/gm, '')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  );
}
