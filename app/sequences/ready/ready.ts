/** Thirteen sequences to start from: the six that every shop begins with, and seven more. */
import type { Template } from '../../messages/blocks.ts';
import type { MailLocale } from '../../shops/settings.ts';
import {
  DEFAULT_SEQUENCES,
  DEFAULT_TEMPLATES,
  type DefaultSequence as ReadySequence,
} from '../defaults/defaults.ts';
import { buyAgain } from './buy-again.ts';
import { lateParcel } from './late-parcel.ts';
import { putRight } from './put-right.ts';
import { regulars } from './regulars.ts';
import { secondOrder } from './second-order.ts';
import { sorryRefund } from './sorry-refund.ts';
import { showUs } from './show-us.ts';
import { de } from './texts/de.ts';
import { en } from './texts/en.ts';
import { es } from './texts/es.ts';
import { fr } from './texts/fr.ts';
import type { ReadyTexts } from './texts/texts.ts';

export const READY_SEQUENCES: readonly ReadySequence[] = [
  ...DEFAULT_SEQUENCES,
  secondOrder,
  lateParcel,
  putRight,
  sorryRefund,
  regulars,
  buyAgain,
  showUs,
];

const TEXTS: Record<MailLocale, ReadyTexts> = { en, de, fr, es };

const READY_TEMPLATES: readonly Template[] = [
  ...DEFAULT_TEMPLATES,
  ...Object.entries(TEXTS).flatMap(([locale, texts]) =>
    Object.entries(texts).map(([key, text]) => ({ key, locale, text })),
  ),
];

/** The mails that a ready sequence sends, in all languages. */
export function templatesFor({ plan }: ReadySequence): Template[] {
  const keys = new Set(plan.steps.flatMap((step) => (step.kind === 'message' ? [step.template] : [])));
  return READY_TEMPLATES.filter(({ key }) => keys.has(key));
}
