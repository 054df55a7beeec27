/** What is given, as a part of a sentence ("10 € Guthaben"), in the languages of the block. {names} are filled in. */
import { formatMoney } from '../shops/money.ts';
import { offText } from '../shops/discount-value.ts';
import { closestTag, inSixLanguages as t, textFor } from '../shops/translations.ts';
import type { AdvocateReward, FriendOffer } from './terms.ts';

const TEXTS = {
  'free-shipping': t(
    'free shipping',
    'kostenlosen Versand',
    'la livraison offerte',
    'envío gratis',
    'frete grátis',
    '送料無料',
  ),
  gift: t(
    '{title} as a gift',
    '{title} als Geschenk',
    '{title} en cadeau',
    '{title} de regalo',
    '{title} de presente',
    '{title}プレゼント',
  ),
  'store-credit': t(
    '{sum} of store credit',
    '{sum} Guthaben',
    '{sum} de crédit en boutique',
    '{sum} de saldo en la tienda',
    '{sum} de crédito na loja',
    '{sum}分のストアクレジット',
  ),
  'gift-card': t(
    'a gift card of {sum}',
    'einen Gutschein über {sum}',
    '{sum} en carte cadeau',
    'una tarjeta regalo de {sum}',
    'um vale-presente de {sum}',
    '{sum}分のギフトカード',
  ),
  points: t(
    '{points} points',
    '{points} Punkte',
    '{points} points',
    '{points} puntos',
    '{points} pontos',
    '{points}ポイント',
  ),
  donation: t(
    '{sum} given to {to}',
    '{sum} Spende an {to}',
    '{sum} reversés à {to}',
    'una donación de {sum} a {to}',
    'uma doação de {sum} para {to}',
    '{to}への{sum}の寄付',
  ),
  commission: t(
    '{percent} of their order',
    '{percent} der Bestellsumme',
    '{percent} du montant de leur commande',
    'el {percent} de su pedido',
    '{percent} do pedido deles',
    'ご注文金額の{percent}',
  ),
};

/** "15% off", "free shipping", "einen Gutschein über 10 €": in the first of the wished languages that there is. */
export function givenText(given: FriendOffer | AdvocateReward, ...wishes: (string | null)[]): string {
  if (given.kind === 'discount') return offText(given.value, ...wishes);
  const texts = TEXTS[given.kind];
  const tag = closestTag(Object.keys(texts), ...wishes) ?? 'en';
  const { value } = given;
  const names: Record<string, string> = {
    title: 'title' in value ? value.title : '',
    to: 'to' in value ? value.to : '',
    sum: 'amount' in value ? formatMoney(value.amount, value.currency, tag) : '',
    points: 'points' in value ? new Intl.NumberFormat(tag).format(value.points) : '',
    percent:
      'percent' in value ? new Intl.NumberFormat(tag, { style: 'percent' }).format(value.percent / 100) : '',
  };
  return textFor(texts, ...wishes).replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? '');
}
