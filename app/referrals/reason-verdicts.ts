/** Why a friend's order came to its end, or what was decided about it, in the languages of shoppers. */
import type { MailLocale } from '../shops/settings.ts';

type Words = Record<MailLocale, string>;

export const VERDICT_TEXTS = {
  cancelled: {
    en: 'The order was cancelled.',
    de: 'Die Bestellung wurde storniert.',
    fr: 'La commande a été annulée.',
    es: 'El pedido se canceló.',
  },
  refunded: {
    en: 'The order was paid back.',
    de: 'Die Bestellung wurde erstattet.',
    fr: 'La commande a été remboursée.',
    es: 'El pedido se reembolsó.',
  },
  returned: {
    en: 'The order was sent back.',
    de: 'Die Bestellung wurde zurückgeschickt.',
    fr: 'La commande a été retournée.',
    es: 'El pedido se devolvió.',
  },
  deleted: {
    en: 'The shop no longer has the order.',
    de: 'Der Shop hat die Bestellung nicht mehr.',
    fr: 'La boutique n’a plus cette commande.',
    es: 'La tienda ya no tiene el pedido.',
  },
  'charged-back': {
    en: 'The payment was taken back by the bank.',
    de: 'Die Zahlung wurde von der Bank zurückgeholt.',
    fr: 'Le paiement a été repris par la banque.',
    es: 'El banco retiró el pago.',
  },
  'below-minimum': {
    en: 'What is left of the order is below the minimum of the programme.',
    de: 'Was von der Bestellung übrig ist, liegt unter dem Mindestwert des Programms.',
    fr: 'Ce qui reste de la commande est inférieur au minimum du programme.',
    es: 'Lo que queda del pedido está por debajo del mínimo del programa.',
  },
  reduced: {
    en: 'A part of the order was paid back; the reward is smaller by that share.',
    de: 'Ein Teil der Bestellung wurde erstattet; die Belohnung ist um diesen Anteil kleiner.',
    fr: 'Une partie de la commande a été remboursée ; la récompense est réduite d’autant.',
    es: 'Se reembolsó una parte del pedido; la recompensa se reduce en esa proporción.',
  },
  erased: {
    en: 'One of the two people asked for their data to be deleted.',
    de: 'Eine der beiden Personen hat ihre Daten löschen lassen.',
    fr: 'L’une des deux personnes a demandé la suppression de ses données.',
    es: 'Una de las dos personas pidió que se borraran sus datos.',
  },
  merchant: {
    en: 'The shop has looked at it and said no.',
    de: 'Der Shop hat es geprüft und nein gesagt.',
    fr: 'La boutique l’a examinée et a dit non.',
    es: 'La tienda lo revisó y dijo que no.',
  },
  overridden: {
    en: 'The shop has looked at it and said yes.',
    de: 'Der Shop hat es geprüft und ja gesagt.',
    fr: 'La boutique l’a examinée et a dit oui.',
    es: 'La tienda lo revisó y dijo que sí.',
  },
  unknown: {
    en: 'Something about the order has to be checked.',
    de: 'Etwas an der Bestellung muss geprüft werden.',
    fr: 'Quelque chose doit être vérifié dans cette commande.',
    es: 'Hay algo que comprobar en el pedido.',
  },
} satisfies Record<string, Words>;
