import type { DefaultTexts } from './texts.ts';

export const de: DefaultTexts = {
  'thank-you': {
    subject: 'Danke für Ihre Bestellung {{ order.name }}',
    preheader: 'Wir machen sie gerade fertig. Fragen? Einfach antworten.',
    blocks: [
      { kind: 'heading', text: 'Danke{% if customer.first_name %}, {{ customer.first_name }}{% endif %}.' },
      {
        kind: 'paragraph',
        text: 'Ihre Bestellung {{ order.name }} ist bei uns angekommen, und wir machen sie gerade fertig. Dass Sie sich für {{ shop.name }} entschieden haben, freut uns sehr.\n\nSoll noch etwas geändert werden, oder haben Sie eine Frage? Dann antworten Sie einfach auf diese Mail.',
      },
      { kind: 'products' },
      { kind: 'button', label: 'Zu Ihrer Bestellung', url: '{{ order.status_url | default: shop.url }}' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
  'getting-started': {
    subject: 'Damit Sie lange Freude daran haben',
    preheader: 'Ihr Paket müsste inzwischen da sein.',
    blocks: [
      { kind: 'heading', text: 'Ein guter Anfang' },
      {
        kind: 'paragraph',
        text: 'Guten Tag{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\nIhr Paket zur Bestellung {{ order.name }} müsste inzwischen bei Ihnen sein. Wir möchten, dass Sie lange Freude daran haben.',
      },
      { kind: 'products' },
      { kind: 'care-guides', more: 'Die ganze Anleitung lesen' },
      {
        kind: 'paragraph',
        text: 'Fehlt etwas, ist etwas beschädigt, oder möchten Sie mehr wissen? Antworten Sie auf diese Mail, wir kümmern uns darum.',
      },
      { kind: 'button', label: 'Zu Ihrer Bestellung', url: '{{ order.status_url | default: shop.url }}' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
  'how-is-it-going': {
    subject: 'Und, wie läuft es?',
    preheader: 'Ein Klick genügt.',
    blocks: [
      { kind: 'heading', text: 'Wie läuft es mit Ihrem Einkauf?' },
      {
        kind: 'paragraph',
        text: 'Guten Tag{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\nseit etwa einer Woche ist Ihre Bestellung {{ order.name }} bei Ihnen. Ein Klick auf die passende Antwort genügt uns schon.',
      },
      {
        kind: 'rating',
        options: ['Schlecht', 'Nicht so gut', 'In Ordnung', 'Gut', 'Großartig'],
      },
      {
        kind: 'paragraph',
        text: 'Wir lesen jede Antwort. Wenn etwas nicht stimmt, möchten wir es wissen und in Ordnung bringen.',
      },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
  review: {
    subject: '{{ product.title }}: Was halten Sie davon?',
    preheader: 'Ein paar ehrliche Worte helfen allen, die noch überlegen.',
    blocks: [
      { kind: 'heading', text: 'Inzwischen wissen Sie Bescheid' },
      {
        kind: 'paragraph',
        text: 'Guten Tag{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\nSie hatten nun Zeit, sich ein Urteil zu bilden: {{ product.title }}. Was gefällt Ihnen daran, und was nicht? Beides hilft allen, die noch überlegen.',
      },
      { kind: 'button', label: 'Ein paar Worte schreiben', url: '{{ product.review_url }}' },
      { kind: 'paragraph', text: 'Das dauert ein, zwei Minuten, und jedes ehrliche Wort zählt gleich viel.' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
  invite: {
    subject: 'Etwas zum Weitergeben',
    preheader: 'Ihr eigener Code, falls Sie mögen.',
    blocks: [
      { kind: 'heading', text: 'Kennen Sie jemanden, dem es bei uns gefallen würde?' },
      {
        kind: 'paragraph',
        text: 'Guten Tag{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\nSie haben uns geschrieben, dass Sie zufrieden sind. Das hat uns sehr gefreut. Falls Sie jemanden kennen, der unsere Sachen mögen würde, ist dieser Code für ihn oder sie gedacht. {{ referral.offer }}',
      },
      {
        kind: 'code',
        label: 'Ihr Code für Freunde',
        code: '{{ referral.code }}',
        note: 'Er wird an der Kasse eingegeben.',
      },
      { kind: 'button', label: 'Weitergeben', url: '{{ referral.share_url }}' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
  'win-back': {
    subject: 'Lange nichts gehört',
    preheader: 'Ohne Eile. Wir sind da, wenn Sie uns brauchen.',
    blocks: [
      { kind: 'heading', text: 'Wir haben an Sie gedacht' },
      {
        kind: 'paragraph',
        text: 'Guten Tag{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\nIhre letzte Bestellung ist nun schon eine Weile her. Falls etwas zur Neige geht oder ausgedient hat, helfen wir Ihnen gern, das Nächste zu finden. Und wenn Sie etwas abgehalten hat, antworten Sie uns bitte. Wir würden es gern wissen.',
      },
      { kind: 'products' },
      { kind: 'button', label: 'Im Laden umsehen', url: '{{ shop.url }}' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
};
