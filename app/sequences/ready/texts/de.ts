import { letter, PARCEL_URL, PRODUCT_URL, STORY_URL, type ReadyTexts } from './texts.ts';

const HELLO = 'Guten Tag{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\n';

export const de: ReadyTexts = {
  'second-order': letter(
    {
      subject: 'Sie sind wiedergekommen. Danke',
      preheader: 'Ihre zweite Bestellung bedeutet uns mehr als die erste.',
      heading: 'Schön, dass Sie wieder da sind',
      text: `${HELLO}beim ersten Mal probiert man einen Laden aus, beim zweiten Mal entscheidet man sich für ihn. Danke für Ihre Bestellung {{ order.name }}.\n\nGab es beim ersten Mal etwas, das wir besser machen können? Antworten Sie auf diese Mail. Wir lesen jede Antwort.`,
    },
    { kind: 'products' },
  ),
  'late-parcel': letter(
    {
      subject: 'Ihr Paket braucht länger, als es sollte',
      preheader: 'Wir kümmern uns darum. Sie müssen nichts tun.',
      heading: 'Es sollte längst bei Ihnen sein',
      text: `${HELLO}Ihr Paket zur Bestellung {{ order.name }} ist, soweit wir wissen, noch unterwegs. Das tut uns leid, und wir fragen beim Paketdienst nach.\n\nIst es schon da, oder brauchen Sie es zu einem bestimmten Tag? Antworten Sie auf diese Mail, wir finden einen Weg.`,
    },
    { kind: 'button', label: 'Sehen, wo es ist', url: PARCEL_URL },
  ),
  'put-right': letter(
    {
      subject: 'Ist es jetzt in Ordnung?',
      preheader: 'Ein Klick hilft uns, es besser zu machen.',
      heading: 'Haben wir es in Ordnung gebracht?',
      text: `${HELLO}vor Kurzem haben Sie uns geschrieben, dass mit der Bestellung {{ order.name }} etwas nicht gestimmt hat. Wie ist es jetzt?`,
    },
    { kind: 'rating', options: ['Noch schlecht', 'Kaum besser', 'In Ordnung', 'Gut', 'Alles behoben'] },
  ),
  'sorry-refund': letter({
    subject: 'Schade, dass es nicht gepasst hat',
    preheader: 'Ihr Geld ist auf dem Weg zurück.',
    heading: 'Es war nicht das Richtige',
    text: `${HELLO}Ihr Geld für die Bestellung {{ order.name }} ist auf dem Weg zurück zu Ihnen. Je nach Bank dauert das ein paar Tage.\n\nMögen Sie uns sagen, was nicht gestimmt hat? Dann antworten Sie einfach. Wir würden es gern wissen, und Sie müssen gar nichts.`,
  }),
  'buy-again': letter(
    {
      subject: 'Geht es zur Neige?',
      preheader: 'Falls Sie es wieder brauchen.',
      heading: 'Fast aufgebraucht?',
      text: `${HELLO}Sie haben nun schon eine Weile Freude daran: {{ product.title | default: "Ihr letzter Einkauf" }}. Falls es zur Neige geht, finden Sie es hier wieder. Und falls noch genug da ist: umso besser.`,
    },
    { kind: 'button', label: 'Wiederfinden', url: PRODUCT_URL },
  ),
  'show-us': letter(
    {
      subject: 'Zeigen Sie es uns?',
      preheader: 'Ein Foto mit dem Handy genügt.',
      heading: 'Wir würden es gern bei Ihnen sehen',
      text: `${HELLO}Ihr freundliches Wort zur Bestellung {{ order.name }} hat uns gefreut. Mögen Sie uns zeigen, wie es jetzt bei Ihnen aussieht? Ein Foto genügt. Hat sich damit etwas verändert, dann gern eins von vorher und eins von nachher.\n\nWas wir damit tun dürfen, bestimmen Sie, und Sie können es jederzeit zurücknehmen.`,
    },
    { kind: 'button', label: 'Etwas zeigen', url: STORY_URL },
  ),
};
