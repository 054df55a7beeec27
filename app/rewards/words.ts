/** What is given, in words: a part of a sentence, in the languages of shoppers. */
import { offText } from '../shops/discount-value.ts';
import { formatMoney } from '../shops/money.ts';
import { closestTag, type Texts } from '../shops/translations.ts';
import type { Given, RewardKind } from './reward.ts';

const WORDS: Record<Exclude<RewardKind, 'discount'>, Texts> = {
  'free-shipping': {
    en: 'free shipping',
    de: 'kostenloser Versand',
    fr: 'la livraison offerte',
    es: 'envío gratis',
    'pt-BR': 'frete grátis',
    ja: '送料無料',
  },
  gift: {
    en: 'a product for free',
    de: 'ein Produkt gratis',
    fr: 'un produit offert',
    es: 'un producto gratis',
    'pt-BR': 'um produto grátis',
    ja: '商品プレゼント',
  },
  'store-credit': {
    en: '{value} store credit',
    de: '{value} Guthaben',
    fr: '{value} d’avoir',
    es: '{value} de crédito en la tienda',
    'pt-BR': '{value} de crédito na loja',
    ja: 'ストアクレジット{value}',
  },
  'gift-card': {
    en: '{value} gift card',
    de: 'Geschenkkarte über {value}',
    fr: 'carte cadeau de {value}',
    es: 'tarjeta regalo de {value}',
    'pt-BR': 'vale-presente de {value}',
    ja: 'ギフトカード{value}',
  },
  points: {
    en: '{value} points',
    de: '{value} Punkte',
    fr: '{value} points',
    es: '{value} puntos',
    'pt-BR': '{value} pontos',
    ja: '{value}ポイント',
  },
  donation: {
    en: '{value} for {to}',
    de: '{value} für {to}',
    fr: '{value} pour {to}',
    es: '{value} para {to}',
    'pt-BR': '{value} para {to}',
    ja: '{to}へ{value}',
  },
  commission: {
    en: '{value} commission',
    de: '{value} Provision',
    fr: '{value} de commission',
    es: '{value} de comisión',
    'pt-BR': '{value} de comissão',
    ja: '報酬{value}',
  },
};

/** "€10 store credit", "10 % Rabatt": in the first of the wished languages that there is. */
export function givenText({ kind, value }: Given, ...wishes: (string | null)[]): string {
  if (kind === 'discount') return offText(value, ...wishes);
  const texts = WORDS[kind];
  const tag = closestTag(Object.keys(texts), ...wishes)!;
  const amount =
    'amount' in value
      ? formatMoney(value.amount, value.currency, tag)
      : 'points' in value
        ? new Intl.NumberFormat(tag).format(value.points)
        : '';
  const to = 'to' in value ? value.to : '';
  return texts[tag]!.replace('{value}', () => amount).replace('{to}', () => to);
}

/** A reward that became less, as the ledger has it by now. @param amount of the ledger: minor units, or points */
export function asItStands(given: Given, amount: bigint | number | string): Given {
  switch (given.kind) {
    case 'points':
      return { kind: 'points', value: { points: Number(amount) } };
    case 'commission':
      return { kind: 'commission', value: { ...given.value, amount: Number(amount) } };
    default:
      return given;
  }
}
