/** What speaks against a friend's order, in the languages of shoppers. "Who invited" is the advocate, whoever reads it. */
import type { MailLocale } from '../shops/settings.ts';
import type { Signal } from './signals.ts';

type Words = Record<MailLocale, string>;

export const SIGNAL_TEXTS: Record<Signal, Words> = {
  'same-customer': {
    en: 'Whoever invited and whoever ordered are the same customer.',
    de: 'Wer eingeladen und wer bestellt hat, ist dieselbe Person.',
    fr: 'La personne qui a invité et celle qui a commandé sont le même client.',
    es: 'Quien invitó y quien pidió son el mismo cliente.',
  },
  'same-email': {
    en: 'The order has the same mailbox as whoever invited.',
    de: 'Die Bestellung hat dasselbe Postfach wie die einladende Person.',
    fr: 'La commande a la même boîte mail que la personne qui a invité.',
    es: 'El pedido tiene el mismo buzón que quien invitó.',
  },
  'same-person': {
    en: 'The order has the same name as whoever invited, and more than that in common.',
    de: 'Die Bestellung hat denselben Namen wie die einladende Person, und noch mehr mit ihr gemeinsam.',
    fr: 'La commande porte le même nom que la personne qui a invité, et d’autres points communs avec elle.',
    es: 'El pedido tiene el mismo nombre que quien invitó, y más cosas en común.',
  },
  employee: {
    en: 'One of the two works at the shop.',
    de: 'Eine der beiden Personen arbeitet im Shop.',
    fr: 'L’une des deux personnes travaille à la boutique.',
    es: 'Una de las dos personas trabaja en la tienda.',
  },
  'not-new': {
    en: 'The friend had ordered before.',
    de: 'Die eingeladene Person hatte schon früher bestellt.',
    fr: 'La personne invitée avait déjà commandé.',
    es: 'La persona invitada ya había hecho pedidos.',
  },
  'nothing-paid': {
    en: 'Nothing was paid for the order.',
    de: 'Für die Bestellung wurde nichts bezahlt.',
    fr: 'Rien n’a été payé pour la commande.',
    es: 'No se pagó nada por el pedido.',
  },
  'same-phone': {
    en: 'The order has the same phone number as whoever invited.',
    de: 'Die Bestellung hat dieselbe Telefonnummer wie die einladende Person.',
    fr: 'La commande a le même numéro de téléphone que la personne qui a invité.',
    es: 'El pedido tiene el mismo teléfono que quien invitó.',
  },
  'same-address': {
    en: 'The order goes to the same door as those of whoever invited.',
    de: 'Die Bestellung geht an dieselbe Tür wie die der einladenden Person.',
    fr: 'La commande va à la même porte que celles de la personne qui a invité.',
    es: 'El pedido va a la misma puerta que los de quien invitó.',
  },
  'same-device': {
    en: 'The order comes from a device that whoever invited has used.',
    de: 'Die Bestellung kommt von einem Gerät, das die einladende Person benutzt hat.',
    fr: 'La commande vient d’un appareil utilisé par la personne qui a invité.',
    es: 'El pedido viene de un dispositivo que usó quien invitó.',
  },
  'same-browser': {
    en: 'The order comes from the same browser on the same line as an order of whoever invited.',
    de: 'Die Bestellung kommt aus demselben Browser am selben Anschluss wie eine der einladenden Person.',
    fr: 'La commande vient du même navigateur sur la même ligne qu’une commande de la personne qui a invité.',
    es: 'El pedido viene del mismo navegador en la misma línea que uno de quien invitó.',
  },
  'same-building': {
    en: 'The order goes to the same building as those of whoever invited.',
    de: 'Die Bestellung geht in dasselbe Haus wie die der einladenden Person.',
    fr: 'La commande va au même immeuble que celles de la personne qui a invité.',
    es: 'El pedido va al mismo edificio que los de quien invitó.',
  },
  'same-network': {
    en: 'The order comes from the same network as an order of whoever invited.',
    de: 'Die Bestellung kommt aus demselben Netz wie eine der einladenden Person.',
    fr: 'La commande vient du même réseau qu’une commande de la personne qui a invité.',
    es: 'El pedido viene de la misma red que uno de quien invitó.',
  },
  'same-name': {
    en: 'The order has the same family name as whoever invited.',
    de: 'Die Bestellung hat denselben Nachnamen wie die einladende Person.',
    fr: 'La commande a le même nom de famille que la personne qui a invité.',
    es: 'El pedido tiene el mismo apellido que quien invitó.',
  },
  'similar-email': {
    en: 'The e-mail address of the order is much like that of whoever invited.',
    de: 'Die E-Mail-Adresse der Bestellung ähnelt sehr der der einladenden Person.',
    fr: 'L’adresse e-mail de la commande ressemble beaucoup à celle de la personne qui a invité.',
    es: 'El correo del pedido se parece mucho al de quien invitó.',
  },
  'throwaway-email': {
    en: 'The e-mail address is of a kind that is thrown away after use.',
    de: 'Die E-Mail-Adresse ist eine, die nach Gebrauch weggeworfen wird.',
    fr: 'L’adresse e-mail est de celles que l’on jette après usage.',
    es: 'El correo es de los que se desechan tras usarlos.',
  },
  'hidden-email': {
    en: 'The e-mail address hides whose it is.',
    de: 'Die E-Mail-Adresse verbirgt, wem sie gehört.',
    fr: 'L’adresse e-mail cache à qui elle appartient.',
    es: 'El correo oculta de quién es.',
  },
  'friend-again': {
    en: 'Somebody very like this friend has come by the same invitation before.',
    de: 'Jemand, der dieser Person sehr gleicht, kam schon einmal durch dieselbe Einladung.',
    fr: 'Quelqu’un de très semblable est déjà venu par la même invitation.',
    es: 'Alguien muy parecido ya vino antes por la misma invitación.',
  },
  'many-advocates': {
    en: 'Somebody very like this friend has come by the invitations of others too.',
    de: 'Jemand, der dieser Person sehr gleicht, kam auch durch Einladungen anderer.',
    fr: 'Quelqu’un de très semblable est aussi venu par les invitations d’autres personnes.',
    es: 'Alguien muy parecido vino también por invitaciones de otras personas.',
  },
  ring: {
    en: 'The invitations lead back to where they began.',
    de: 'Die Einladungen führen im Kreis zurück.',
    fr: 'Les invitations reviennent à leur point de départ.',
    es: 'Las invitaciones vuelven al punto de partida.',
  },
  'too-many': {
    en: 'More friends have come than the programme allows for.',
    de: 'Es kamen mehr eingeladene Personen, als das Programm vorsieht.',
    fr: 'Plus de personnes sont venues que le programme ne le prévoit.',
    es: 'Han venido más personas de las que permite el programa.',
  },
  'too-fast': {
    en: 'Many friends came in a very short time.',
    de: 'Viele eingeladene Personen kamen in sehr kurzer Zeit.',
    fr: 'Beaucoup de personnes sont venues en très peu de temps.',
    es: 'Vinieron muchas personas en muy poco tiempo.',
  },
  'network-fast': {
    en: 'Many friends’ orders came from one network in a very short time.',
    de: 'Viele solcher Bestellungen kamen in sehr kurzer Zeit aus einem Netz.',
    fr: 'Beaucoup de ces commandes sont venues d’un même réseau en très peu de temps.',
    es: 'Muchos de estos pedidos vinieron de una misma red en muy poco tiempo.',
  },
  'coupon-site': {
    en: 'The order came from a page that collects discount codes.',
    de: 'Die Bestellung kam von einer Seite, die Gutscheincodes sammelt.',
    fr: 'La commande vient d’une page qui collecte des codes promo.',
    es: 'El pedido vino de una página que reúne códigos de descuento.',
  },
  'risk-high': {
    en: 'Shopify sees a high risk in the payment.',
    de: 'Shopify sieht bei der Zahlung ein hohes Risiko.',
    fr: 'Shopify voit un risque élevé dans le paiement.',
    es: 'Shopify ve un riesgo alto en el pago.',
  },
  'risk-medium': {
    en: 'Shopify sees some risk in the payment.',
    de: 'Shopify sieht bei der Zahlung ein gewisses Risiko.',
    fr: 'Shopify voit un certain risque dans le paiement.',
    es: 'Shopify ve cierto riesgo en el pago.',
  },
  disputed: {
    en: 'The payment is being questioned at the bank.',
    de: 'Die Zahlung wird bei der Bank angefochten.',
    fr: 'Le paiement est contesté auprès de la banque.',
    es: 'El pago se está cuestionando en el banco.',
  },
  'cannot-tell': {
    en: 'Too little is known to tell the two people apart.',
    de: 'Es ist zu wenig bekannt, um die beiden Personen zu unterscheiden.',
    fr: 'On en sait trop peu pour distinguer les deux personnes.',
    es: 'Se sabe demasiado poco para distinguir a las dos personas.',
  },
  'no-traces': {
    en: 'Where the order came from could not be looked up.',
    de: 'Woher die Bestellung kam, ließ sich nicht nachsehen.',
    fr: 'La provenance de la commande n’a pas pu être vérifiée.',
    es: 'No se pudo consultar de dónde vino el pedido.',
  },
  'no-risk': {
    en: 'Shopify has not said how risky the payment is.',
    de: 'Shopify hat nicht gesagt, wie riskant die Zahlung ist.',
    fr: 'Shopify n’a pas dit si le paiement est risqué.',
    es: 'Shopify no ha dicho cuánto riesgo tiene el pago.',
  },
};
