/** What the states of a friend's order are called, and what comes next, in the languages of shoppers. */
import type { MailLocale } from '../shops/settings.ts';

/** How a referral stands, as people read it: its state, or `rewarded` once what was promised has been given. */
export const STANDINGS = ['clicked', 'pending', 'held', 'qualified', 'rewarded', 'refused', 'void'] as const;
export type Standing = (typeof STANDINGS)[number];

type Words = Record<MailLocale, string>;

export const STANDING_TEXTS: Record<Standing, Words> = {
  clicked: { en: 'Opened the link', de: 'Link geöffnet', fr: 'Lien ouvert', es: 'Enlace abierto' },
  pending: {
    en: 'In the return window',
    de: 'Rückgabefrist läuft',
    fr: 'Délai de retour en cours',
    es: 'En plazo de devolución',
  },
  held: { en: 'Being checked', de: 'Wird geprüft', fr: 'En vérification', es: 'En revisión' },
  qualified: { en: 'Counts', de: 'Zählt', fr: 'Compte', es: 'Cuenta' },
  rewarded: { en: 'Reward given', de: 'Belohnt', fr: 'Récompensé', es: 'Recompensado' },
  refused: { en: 'Does not count', de: 'Zählt nicht', fr: 'Ne compte pas', es: 'No cuenta' },
  void: { en: 'Undone', de: 'Rückgängig', fr: 'Annulé', es: 'Anulado' },
};

export const ROAD_TEXTS: Record<Standing, Words> = {
  clicked: {
    en: 'It counts when the friend orders.',
    de: 'Es zählt, sobald bestellt wird.',
    fr: 'Cela comptera lorsque la personne commandera.',
    es: 'Contará cuando la persona haga un pedido.',
  },
  pending: {
    en: 'It counts when the order can no longer be returned.',
    de: 'Sie zählt, sobald die Bestellung nicht mehr zurückgegeben werden kann.',
    fr: 'Elle comptera lorsque la commande ne pourra plus être retournée.',
    es: 'Contará cuando el pedido ya no pueda devolverse.',
  },
  held: {
    en: 'The shop looks at it. It counts once the shop has said yes.',
    de: 'Der Shop sieht sie sich an. Sie zählt, sobald er zugestimmt hat.',
    fr: 'La boutique l’examine. Elle comptera dès que la boutique aura dit oui.',
    es: 'La tienda lo está revisando. Contará en cuanto la tienda lo acepte.',
  },
  qualified: {
    en: 'The reward is on its way.',
    de: 'Die Belohnung ist unterwegs.',
    fr: 'La récompense est en route.',
    es: 'La recompensa está en camino.',
  },
  rewarded: {
    en: 'Nothing more is needed.',
    de: 'Es ist nichts weiter zu tun.',
    fr: 'Il n’y a plus rien à faire.',
    es: 'No hace falta nada más.',
  },
  refused: {
    en: 'If that is wrong, tell the shop; a person looks at it.',
    de: 'Falls das nicht stimmt: dem Shop schreiben, ein Mensch sieht es sich an.',
    fr: 'Si c’est une erreur, dites-le à la boutique : une personne l’examinera.',
    es: 'Si es un error, díselo a la tienda: una persona lo revisará.',
  },
  void: {
    en: 'The order no longer stands, so nothing is given for it.',
    de: 'Die Bestellung besteht nicht mehr, daher gibt es nichts dafür.',
    fr: 'La commande n’existe plus, rien n’est donc donné pour elle.',
    es: 'El pedido ya no sigue en pie, así que no se da nada por él.',
  },
};
