/** What a mail server says of a mail of ours: it could not be delivered (RFC 3464), or somebody calls it spam (RFC 5965). */
import type { IncomingMail } from './incoming-mail.ts';

export type Report =
  | { kind: 'bounced'; messageId: string; permanent: boolean; status: string | null }
  | { kind: 'complained'; messageId: string }
  /** Still trying, delivered, relayed: nothing follows from it. */
  | { kind: 'nothing' };

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
const OWN_ID = new RegExp(`^\\s*message-id:\\s*<(${UUID.source})@`, 'im');

/** Null: it speaks of no mail that could be ours. */
export function readReport(mail: IncomingMail): Report | null {
  const messageId = ownId(mail);
  if (!messageId) return null;
  if (mail.report?.kind === 'feedback') {
    const type = fieldOf(mail.report.text, 'feedback-type');
    return type === 'abuse' || type === 'fraud' || type === null
      ? { kind: 'complained', messageId }
      : { kind: 'nothing' };
  }
  const said = mail.report?.text ?? '';
  const action = fieldOf(said, 'action');
  if (action && action !== 'failed') return { kind: 'nothing' };
  const status = statusOf(said) ?? statusOf(mail.text);
  if (!action && !status) return null;
  return { kind: 'bounced', messageId, permanent: isPermanent(status), status };
}

/** Our message stands in what came back of it; else in what the report answers. */
function ownId(mail: IncomingMail): string | null {
  const inOriginal = OWN_ID.exec(mail.report?.original ?? '')?.[1] ?? OWN_ID.exec(mail.text)?.[1];
  const answered = mail.answers
    .map((id) => new RegExp(`^<(${UUID.source})@`, 'i').exec(id)?.[1])
    .find(Boolean);
  return (inOriginal ?? answered)?.toLowerCase() ?? null;
}

const fieldOf = (text: string, name: string): string | null =>
  new RegExp(`^${name}:[ \\t]*([^\\r\\n;]+)`, 'im').exec(text)?.[1]?.trim().toLowerCase() ?? null;

/** 5.1.1, from the field or from what the server itself said. */
const statusOf = (text: string): string | null => /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1] ?? null;

/**
 * Only what is said of the address ends writing to it: a mailbox that does not exist, has moved or is switched off. A
 * full one, and mails refused for what they say, are over for this mail alone.
 */
const isPermanent = (status: string | null) =>
  status !== null && /^5\.(1\.(0|1|2|3|6|10)|2\.1|4\.4)$/.test(status);
