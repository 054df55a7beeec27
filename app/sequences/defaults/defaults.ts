/** The six sequences that every new shop begins with, and their texts. */
import type { Template } from '../../messages/blocks.ts';
import type { MailLocale } from '../../shops/settings.ts';
import type { PlanInput } from '../plan.ts';
import { gettingStarted } from './getting-started.ts';
import { howIsItGoing } from './how-is-it-going.ts';
import { invite } from './invite.ts';
import { review } from './review.ts';
import type { DefaultTexts } from './texts/texts.ts';
import { de } from './texts/de.ts';
import { en } from './texts/en.ts';
import { es } from './texts/es.ts';
import { fr } from './texts/fr.ts';
import { thankYou } from './thank-you.ts';
import { winBack } from './win-back.ts';

export interface DefaultSequence {
  key: string;
  name: string;
  plan: PlanInput;
}

/** In the order in which a customer meets them. */
export const DEFAULT_SEQUENCES: readonly DefaultSequence[] = [
  thankYou,
  gettingStarted,
  howIsItGoing,
  review,
  invite,
  winBack,
];

const TEXTS: Record<MailLocale, DefaultTexts> = { en, de, fr, es };

/** Their mails in all languages. */
export const DEFAULT_TEMPLATES: readonly Template[] = Object.entries(TEXTS).flatMap(([locale, texts]) =>
  Object.entries(texts).map(([key, text]) => ({ key, locale, text })),
);
