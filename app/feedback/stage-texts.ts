/** How close somebody is, said to themselves. */
import type { Stage } from '../customers/customer.ts';
import type { Texts } from '../shops/translations.ts';

export const STAGE_TEXTS: Record<Stage, Texts | null> = {
  stranger: null,
  acquaintance: {
    en: 'It is good to have met you.',
    de: 'Schön, dass wir uns kennengelernt haben.',
    fr: 'Ravis d’avoir fait votre connaissance.',
    es: 'Nos alegra haberte conocido.',
    'pt-BR': 'Que bom ter conhecido você.',
    ja: 'お会いできて嬉しいです。',
  },
  friend: {
    en: 'You are a friend of the house.',
    de: 'Sie gehören zu unseren Freunden.',
    fr: 'Vous êtes ici chez vous.',
    es: 'Ya eres de la casa.',
    'pt-BR': 'Você já é de casa.',
    ja: 'いつもご愛顧いただきありがとうございます。',
  },
  family: {
    en: 'You are family to us. Thank you for bringing friends along.',
    de: 'Sie gehören für uns zur Familie. Danke, dass Sie andere mitbringen.',
    fr: 'Vous faites partie de la famille. Merci d’amener vos proches.',
    es: 'Para nosotros eres familia. Gracias por traer a los tuyos.',
    'pt-BR': 'Você é da família. Obrigado por trazer seus amigos.',
    ja: '家族のように大切な方です。ご紹介いただきありがとうございます。',
  },
};
