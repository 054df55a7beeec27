/** Words of questions that are the same in every survey, in the languages of the block. */
import { PREFERENCE_TEXTS } from '../messages/page-texts.ts';
import { inSixLanguages as t, type Texts } from '../shops/translations.ts';
import type { ContactPart } from './question.ts';

export const STAR_TEXTS = {
  one: t('1 star', '1 Stern', '1 étoile', '1 estrella', '1 estrela', '星1つ'),
  many: t(
    '{count} stars',
    '{count} Sterne',
    '{count} étoiles',
    '{count} estrellas',
    '{count} estrelas',
    '星{count}つ',
  ),
};

/** A wish is said as on the page of preferences, for it is the same wish. */
export const CONTACT_TEXTS = {
  channel: { title: PREFERENCE_TEXTS.channel, email: PREFERENCE_TEXTS.email, sms: PREFERENCE_TEXTS.sms },
  frequency: {
    title: PREFERENCE_TEXTS.frequency,
    all: PREFERENCE_TEXTS.all,
    fewer: PREFERENCE_TEXTS.fewer,
    'order-news': PREFERENCE_TEXTS.orderNews,
  },
  hour: { title: PREFERENCE_TEXTS.hour, any: PREFERENCE_TEXTS.anyHour, from: PREFERENCE_TEXTS.from },
} satisfies Record<ContactPart, Record<string, Texts>>;
