/** What the states of a friend's order are called, and what comes next, in the languages of shoppers. */
import type { BlockLocale } from '../shops/translations.ts';

/** How a referral stands, as people read it: its state, or `rewarded` once what was promised has been given. */
export const STANDINGS = ['clicked', 'pending', 'held', 'qualified', 'rewarded', 'refused', 'void'] as const;
export type Standing = (typeof STANDINGS)[number];

type Words = Record<BlockLocale, string>;

export const STANDING_TEXTS: Record<Standing, Words> = {
  clicked: {
    en: 'Opened the link',
    de: 'Link geöffnet',
    fr: 'Lien ouvert',
    es: 'Enlace abierto',
    'pt-BR': 'Abriu o link',
    ja: 'リンクを開きました',
  },
  pending: {
    en: 'In the return window',
    de: 'Rückgabefrist läuft',
    fr: 'Délai de retour en cours',
    es: 'En plazo de devolución',
    'pt-BR': 'No prazo de devolução',
    ja: '返品期間中',
  },
  held: {
    en: 'Being checked',
    de: 'Wird geprüft',
    fr: 'En vérification',
    es: 'En revisión',
    'pt-BR': 'Em análise',
    ja: '確認中',
  },
  qualified: { en: 'Counts', de: 'Zählt', fr: 'Compte', es: 'Cuenta', 'pt-BR': 'Conta', ja: '対象です' },
  rewarded: {
    en: 'Reward given',
    de: 'Belohnt',
    fr: 'Récompensé',
    es: 'Recompensado',
    'pt-BR': 'Recompensado',
    ja: '特典付与済み',
  },
  refused: {
    en: 'Does not count',
    de: 'Zählt nicht',
    fr: 'Ne compte pas',
    es: 'No cuenta',
    'pt-BR': 'Não conta',
    ja: '対象外',
  },
  void: { en: 'Undone', de: 'Rückgängig', fr: 'Annulé', es: 'Anulado', 'pt-BR': 'Desfeito', ja: '取り消し' },
};

export const ROAD_TEXTS: Record<Standing, Words> = {
  clicked: {
    en: 'It counts when the friend orders.',
    de: 'Es zählt, sobald bestellt wird.',
    fr: 'Cela comptera lorsque la personne commandera.',
    es: 'Contará cuando la persona haga un pedido.',
    'pt-BR': 'Conta quando a pessoa fizer um pedido.',
    ja: 'お友だちがご注文されると対象になります。',
  },
  pending: {
    en: 'It counts when the order can no longer be returned.',
    de: 'Sie zählt, sobald die Bestellung nicht mehr zurückgegeben werden kann.',
    fr: 'Elle comptera lorsque la commande ne pourra plus être retournée.',
    es: 'Contará cuando el pedido ya no pueda devolverse.',
    'pt-BR': 'Conta quando o pedido não puder mais ser devolvido.',
    ja: 'ご注文が返品できなくなった時点で対象になります。',
  },
  held: {
    en: 'The shop looks at it. It counts once the shop has said yes.',
    de: 'Der Shop sieht sie sich an. Sie zählt, sobald er zugestimmt hat.',
    fr: 'La boutique l’examine. Elle comptera dès que la boutique aura dit oui.',
    es: 'La tienda lo está revisando. Contará en cuanto la tienda lo acepte.',
    'pt-BR': 'A loja está analisando. Conta assim que a loja disser que sim.',
    ja: 'ショップが確認しています。承認されると対象になります。',
  },
  qualified: {
    en: 'The reward is on its way.',
    de: 'Die Belohnung ist unterwegs.',
    fr: 'La récompense est en route.',
    es: 'La recompensa está en camino.',
    'pt-BR': 'A recompensa está a caminho.',
    ja: '特典をまもなくお届けします。',
  },
  rewarded: {
    en: 'Nothing more is needed.',
    de: 'Es ist nichts weiter zu tun.',
    fr: 'Il n’y a plus rien à faire.',
    es: 'No hace falta nada más.',
    'pt-BR': 'Não é preciso fazer mais nada.',
    ja: 'これ以上の手続きは必要ありません。',
  },
  refused: {
    en: 'If that is wrong, tell the shop; a person looks at it.',
    de: 'Falls das nicht stimmt: dem Shop schreiben, ein Mensch sieht es sich an.',
    fr: 'Si c’est une erreur, dites-le à la boutique : une personne l’examinera.',
    es: 'Si es un error, díselo a la tienda: una persona lo revisará.',
    'pt-BR': 'Se isso estiver errado, avise a loja: uma pessoa vai analisar.',
    ja: '間違いがある場合はショップにお知らせください。担当者が確認します。',
  },
  void: {
    en: 'The order no longer stands, so nothing is given for it.',
    de: 'Die Bestellung besteht nicht mehr, daher gibt es nichts dafür.',
    fr: 'La commande n’existe plus, rien n’est donc donné pour elle.',
    es: 'El pedido ya no sigue en pie, así que no se da nada por él.',
    'pt-BR': 'O pedido não vale mais, por isso nada é dado por ele.',
    ja: 'ご注文が成立しなくなったため、特典はありません。',
  },
};
