/** Words of the block on Shopify's page of an order, in the languages of the blocks. */
import type { Texts } from './shops/translations.ts';

export const ORDER_BLOCK_TEXTS = {
  /** Whose name is not known. */
  somebody: {
    en: 'A customer',
    de: 'Ein Kunde',
    fr: 'Un client',
    es: 'Un cliente',
    'pt-BR': 'Um cliente',
    ja: 'お客様',
  },
  byCode: {
    en: 'with the code {code}',
    de: 'mit dem Code {code}',
    fr: 'avec le code {code}',
    es: 'con el código {code}',
    'pt-BR': 'com o código {code}',
    ja: 'コード{code}を使用',
  },
  byLink: {
    en: 'by the link of {code}',
    de: 'über den Link zu {code}',
    fr: 'par le lien de {code}',
    es: 'por el enlace de {code}',
    'pt-BR': 'pelo link de {code}',
    ja: '{code}のリンクから',
  },
  byLinkOn: {
    en: 'by the link of {code}, opened on {day}',
    de: 'über den Link zu {code}, geöffnet am {day}',
    fr: 'par le lien de {code}, ouvert le {day}',
    es: 'por el enlace de {code}, abierto el {day}',
    'pt-BR': 'pelo link de {code}, aberto em {day}',
    ja: '{code}のリンクから（{day}に開封）',
  },
  due: {
    en: 'Settles on {day}',
    de: 'Entscheidet sich am {day}',
    fr: 'Sera réglé le {day}',
    es: 'Se resuelve el {day}',
    'pt-BR': 'Será decidido em {day}',
    ja: '{day}に確定します',
  },
} satisfies Record<string, Texts>;
