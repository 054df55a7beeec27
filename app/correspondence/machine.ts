/**
 * Whether a person has written a mail. What machines write is no voice: a shop that answers an absence note is answered
 * by it, and so on for ever (RFC 3834). Subjects count only where no header tells.
 */
import type { IncomingMail } from './incoming-mail.ts';

export type Writer =
  | 'person'
  /** An absence note, a receipt of a help desk: told in its thread, wakes nobody. */
  | 'automatic'
  /** Mailing lists and campaigns. */
  | 'list'
  /** A mail server says what became of a mail of ours. */
  | 'server'
  /** Our own mail has come back. */
  | 'ourselves';

/** How programs begin the subject of what they send while somebody is away; each language as its mail programs write it. */
const AWAY =
  /^\W*(auto(matic)?[ -]?(reply|response|antwort)|automatische antwort|automatisch antwoord|autosvar|automatiskt svar|out of (the )?office|away from (the )?office|abwesenheit(snotiz|snachricht)?\b|abwesend|réponse automatique|absen(ce|t) du bureau|message d.absence|respuesta automática|fuera de la oficina|risposta automatica|fuori sede|fuori ufficio|resposta automática|fora do escritório|afwezig(heid)?\b|automaattinen vastaus|poissaolo|自動応答|自動返信|不在通知|自动回复|자동 회신)/iu;

/** @param shopId every mail that leaves the house says whose it is (messages/outgoing.ts): ours may come back */
export function writerOf(mail: IncomingMail, shopId: bigint): Writer {
  const header = (name: string) => mail.headers.get(name)?.trim().toLowerCase() ?? '';
  if (header('x-everafter') === String(shopId)) return 'ourselves';
  if (mail.report) return 'server';
  const from = mail.from?.address.toLowerCase() ?? '';
  if (/^(mailer-daemon|postmaster|mail-daemon)@/.test(from)) return 'server';
  const submitted = header('auto-submitted');
  if (submitted && submitted !== 'no') return 'automatic';
  if (mail.headers.has('x-autoreply') || mail.headers.has('x-autorespond')) return 'automatic';
  if (/^(auto_reply|auto-reply)/.test(header('precedence'))) return 'automatic';
  if (header('x-auto-response-suppress') && header('return-path') === '<>') return 'automatic';
  if (mail.headers.has('list-id')) return 'list';
  if (/^(bulk|junk|list)/.test(header('precedence')))
    return header('list-unsubscribe') ? 'list' : 'automatic';
  if (mail.subject && AWAY.test(mail.subject)) return 'automatic';
  if (header('return-path') === '<>' || /^(no-?reply|do-?not-?reply)@/.test(from)) return 'automatic';
  return 'person';
}

/** Mails of one sender within an hour after which what follows is taken for a machine's: nobody types so much. */
export const MOST_AN_HOUR = 12;
