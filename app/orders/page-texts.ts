/** Words on the page that takes "it has not arrived yet", in the languages of the block. */
import type { Texts } from '../shops/translations.ts';

const t = (en: string, de: string, fr: string, es: string, pt: string, ja: string): Texts => ({
  en,
  de,
  fr,
  es,
  'pt-BR': pt,
  ja,
});

export const PARCEL_TEXTS = {
  askTitle: t(
    'Has {order} not arrived yet?',
    'Ist {order} noch nicht da?',
    '{order} n’est pas encore arrivé ?',
    '¿Aún no ha llegado {order}?',
    '{order} ainda não chegou?',
    '{order} はまだ届いていませんか？',
  ),
  askText: t(
    'Tell us, and we look for it. Until it is found we ask you nothing.',
    'Sagen Sie es uns, und wir suchen danach. Bis es gefunden ist, fragen wir Sie nichts.',
    'Dites-le-nous et nous le cherchons. D’ici là, nous ne vous demandons rien.',
    'Dínoslo y lo buscamos. Hasta encontrarlo no te preguntaremos nada.',
    'Avise-nos e vamos procurar. Até encontrar, não perguntaremos nada.',
    'お知らせいただければお調べします。見つかるまで、ほかのお願いはいたしません。',
  ),
  notArrived: t(
    'It has not arrived yet',
    'Noch nicht angekommen',
    'Pas encore arrivé',
    'Aún no ha llegado',
    'Ainda não chegou',
    'まだ届いていません',
  ),
  toldTitle: t(
    'Thank you for telling us',
    'Danke, dass Sie Bescheid sagen',
    'Merci de nous l’avoir dit',
    'Gracias por avisarnos',
    'Obrigado por avisar',
    'お知らせありがとうございます',
  ),
  toldText: t(
    'We are looking for {order} and come back to you.',
    'Wir suchen {order} und melden uns bei Ihnen.',
    'Nous cherchons {order} et revenons vers vous.',
    'Estamos buscando {order} y te diremos algo.',
    'Estamos procurando {order} e daremos notícias.',
    '{order} をお調べして、あらためてご連絡いたします。',
  ),
  arrived: t(
    'It is here now',
    'Jetzt ist es da',
    'Il est arrivé',
    'Ya ha llegado',
    'Já chegou',
    '届きました',
  ),
  follow: t(
    'Follow the parcel',
    'Paket verfolgen',
    'Suivre le colis',
    'Seguir el paquete',
    'Acompanhar o pacote',
    '荷物を追跡する',
  ),
  goodTitle: t(
    'Good to know it is with you',
    'Schön, dass es bei Ihnen ist',
    'Ravis qu’il soit chez vous',
    'Nos alegra que ya lo tengas',
    'Que bom que já está com você',
    'お手元に届いて何よりです',
  ),
  goneTitle: t(
    'There is nothing to look for',
    'Hier gibt es nichts zu suchen',
    'Il n’y a rien à chercher',
    'No hay nada que buscar',
    'Não há nada para procurar',
    'お調べするものはありません',
  ),
  goneText: t(
    'If something is wrong with your order, just write to us.',
    'Wenn mit Ihrer Bestellung etwas nicht stimmt, schreiben Sie uns einfach.',
    'Si quelque chose ne va pas avec votre commande, écrivez-nous.',
    'Si algo va mal con tu pedido, escríbenos.',
    'Se algo estiver errado com seu pedido, escreva para nós.',
    'ご注文について何かございましたら、ご連絡ください。',
  ),
} as const satisfies Record<string, Texts>;
