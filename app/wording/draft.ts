/** What the merchant's own service is asked for a draft: docs/reply-drafts.md describes it. */
import type { BrandVoice } from './brand-voice.ts';

/** Fields are only ever added. */
export interface DraftAsked {
  version: 1;
  /** Language that the answer is to be in, BCP 47; null: that of the customer's words. */
  language: string | null;
  channel: string;
  voice: { dos: string; donts: string; neverUse: string[]; answers: { question: string; answer: string }[] };
  /** Only where the merchant allows it. */
  customer: { firstName?: string; order?: string };
  turns: { by: 'customer' | 'shop'; text: string }[];
}

interface Known {
  channel: string;
  language: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  order: string | null;
}

/** Addresses, numbers and, unless the merchant allows them, names and orders are taken out of what was said, too. */
export function askFor(
  voice: BrandVoice,
  known: Known,
  turns: readonly { kind: string; text: string }[],
): DraftAsked {
  const { tellsName, tellsOrder } = voice.model;
  const hide = hiding(known, { tellsName, tellsOrder });
  return {
    version: 1,
    language: known.language,
    channel: known.channel,
    voice: { dos: voice.dos, donts: voice.donts, neverUse: voice.banned, answers: voice.answers },
    customer: {
      ...(tellsName && known.firstName ? { firstName: known.firstName } : {}),
      ...(tellsOrder && known.order ? { order: known.order } : {}),
    },
    turns: turns.map(({ kind, text }) => ({
      by: kind === 'voice' ? 'customer' : 'shop',
      text: hide(text).slice(0, 4000),
    })),
  };
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function hiding(
  { firstName, lastName, email, phone, order }: Known,
  { tellsName, tellsOrder }: { tellsName: boolean; tellsOrder: boolean },
): (text: string) => string {
  const names = [lastName, tellsName ? null : firstName].filter((name) => name !== null && name.length > 1);
  const exact: [string | null, string][] = [
    [email, '[address]'],
    [phone, '[number]'],
    [tellsOrder ? null : order, '[order]'],
  ];
  return (text) => {
    let hidden = text;
    for (const [what, mark] of exact) if (what) hidden = hidden.replaceAll(what, mark);
    hidden = hidden
      .replace(/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu, '[address]')
      .replace(/https?:\/\/\S+/giu, '[link]')
      .replace(/\+?\d(?:[\s().-]?\d){6,}/gu, '[number]');
    if (!tellsOrder) hidden = hidden.replace(/#\d{3,}/g, '[order]');
    for (const name of names)
      hidden = hidden.replace(new RegExp(`(?<!\\p{L})${literal(name!)}(?!\\p{L})`, 'giu'), '[name]');
    return hidden;
  };
}
