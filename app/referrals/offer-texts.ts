/** Sentences around a friend's offer, in the languages of the block. {names} are filled in. */
import type { Texts } from '../shops/translations.ts';

const t = (en: string, de: string, fr: string, es: string, pt: string, ja: string): Texts => ({
  en,
  de,
  fr,
  es,
  'pt-BR': pt,
  ja,
});

export const OFFER_TEXTS = {
  offer: t(
    'Your friend gets {friend}, you get {advocate} when their order is settled.',
    'Ihre Freunde bekommen {friend}, Sie selbst {advocate}, sobald deren Bestellung abgeschlossen ist.',
    'Vos amis profitent de {friend}, et vous de {advocate} une fois leur commande finalisée.',
    'Tus amigos reciben {friend} y tú {advocate} cuando su pedido esté completado.',
    'Seus amigos ganham {friend} e você ganha {advocate} quando o pedido deles for concluído.',
    'お友だちは{friend}、ご注文の確定後にあなたは{advocate}になります。',
  ),
  share: t(
    '{friend} at {shop} with my code {code}',
    '{friend} bei {shop} mit meinem Code {code}',
    '{friend} chez {shop} avec mon code {code}',
    '{friend} en {shop} con mi código {code}',
    '{friend} na {shop} com o meu código {code}',
    '{shop}で使えるコード{code}：{friend}',
  ),
  oneFriend: t(
    'One friend has come so far.',
    'Bisher ist eine Person Ihrer Einladung gefolgt.',
    'Une personne est venue grâce à vous.',
    'Hasta ahora ha venido una persona.',
    'Até agora, veio uma pessoa.',
    'これまでに1人のお友だちが来てくれました。',
  ),
  friends: t(
    '{count} friends have come so far.',
    'Bisher sind {count} Personen Ihrer Einladung gefolgt.',
    '{count} personnes sont venues grâce à vous.',
    'Hasta ahora han venido {count} personas.',
    'Até agora, vieram {count} pessoas.',
    'これまでに{count}人のお友だちが来てくれました。',
  ),
  welcome: t(
    'A gift from a friend: {friend}',
    'Ein Geschenk von Freunden: {friend}',
    'Un cadeau de la part d’un proche : {friend}',
    'Un regalo de alguien que te aprecia: {friend}',
    'Um presente de quem gosta de você: {friend}',
    'お友だちからのプレゼント：{friend}',
  ),
  landingTitle: t(
    'A friend thought of you',
    'Jemand hat an Sie gedacht',
    'Quelqu’un a pensé à vous',
    'Alguien ha pensado en ti',
    'Alguém pensou em você',
    'お友だちからのご紹介です',
  ),
  landingText: t(
    '{friend} your first order at {shop}. The discount is taken off at the checkout by itself.',
    '{friend} auf Ihre erste Bestellung bei {shop}. Der Rabatt wird an der Kasse von selbst abgezogen.',
    '{friend} sur votre première commande chez {shop}. La réduction est appliquée d’elle-même au paiement.',
    '{friend} en tu primer pedido en {shop}. El descuento se aplica solo al pagar.',
    '{friend} no seu primeiro pedido na {shop}. O desconto é aplicado sozinho no pagamento.',
    '{shop}での初めてのご注文が{friend}になります。割引はお会計時に自動で適用されます。',
  ),
  landingMinimum: t(
    'From an order of {minimum}.',
    'Ab einem Bestellwert von {minimum}.',
    'À partir de {minimum} d’achat.',
    'A partir de un pedido de {minimum}.',
    'Em pedidos a partir de {minimum}.',
    '{minimum}以上のご注文が対象です。',
  ),
  landingButton: t(
    'Look around the shop',
    'Zum Shop',
    'Découvrir la boutique',
    'Ver la tienda',
    'Conhecer a loja',
    'お店を見る',
  ),
  landingCode: t('Your code', 'Ihr Code', 'Votre code', 'Tu código', 'Seu código', 'コード'),
} as const;
