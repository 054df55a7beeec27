import type { DefaultTexts } from './texts.ts';

export const es: DefaultTexts = {
  'thank-you': {
    subject: 'Gracias por tu pedido {{ order.name }}',
    preheader: 'Lo estamos preparando. ¿Dudas? Solo tienes que responder.',
    blocks: [
      { kind: 'heading', text: 'Gracias{% if customer.first_name %}, {{ customer.first_name }}{% endif %}.' },
      {
        kind: 'paragraph',
        text: 'Ya tenemos tu pedido {{ order.name }} y lo estamos preparando. Que hayas elegido {{ shop.name }} nos alegra de verdad.\n\nSi hay que cambiar algo o tienes alguna duda, responde sin más a este correo.',
      },
      { kind: 'products' },
      { kind: 'button', label: 'Ver tu pedido', url: '{{ order.status_url | default: shop.url }}' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
  'getting-started': {
    subject: 'Para empezar con buen pie',
    preheader: 'Tu paquete ya debería estar en casa.',
    blocks: [
      { kind: 'heading', text: 'Para empezar con buen pie' },
      {
        kind: 'paragraph',
        text: 'Hola{% if customer.first_name %}, {{ customer.first_name }}{% endif %}:\n\nTu paquete del pedido {{ order.name }} ya debería estar en casa. Queremos que lo disfrutes mucho tiempo.',
      },
      { kind: 'products' },
      { kind: 'care-guides', more: 'Leer la guía completa' },
      {
        kind: 'paragraph',
        text: '¿Falta algo, ha llegado algo dañado o quieres saber más? Responde a este correo y lo solucionamos.',
      },
      { kind: 'button', label: 'Ver tu pedido', url: '{{ order.status_url | default: shop.url }}' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
  'how-is-it-going': {
    subject: '¿Qué tal va todo?',
    preheader: 'Basta con un clic.',
    blocks: [
      { kind: 'heading', text: '¿Qué tal te va con lo que compraste?' },
      {
        kind: 'paragraph',
        text: 'Hola{% if customer.first_name %}, {{ customer.first_name }}{% endif %}:\n\nHace más o menos una semana que tienes tu pedido {{ order.name }}. Nos basta con un clic en la respuesta que mejor encaje.',
      },
      { kind: 'rating', options: ['Mal', 'No muy bien', 'Regular', 'Bien', 'De maravilla'] },
      {
        kind: 'paragraph',
        text: 'Leemos todas las respuestas. Si algo no está bien, queremos saberlo y arreglarlo.',
      },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
  review: {
    subject: '{{ product.title }}: ¿qué tal es de verdad?',
    preheader: 'Unas palabras sinceras ayudan a quien todavía duda.',
    blocks: [
      { kind: 'heading', text: 'Ahora ya lo sabes' },
      {
        kind: 'paragraph',
        text: 'Hola{% if customer.first_name %}, {{ customer.first_name }}{% endif %}:\n\n{{ product.title }}: ya has tenido tiempo de formarte una opinión. ¿Qué te gusta y qué no tanto? Las dos cosas ayudan a quien todavía duda.',
      },
      { kind: 'button', label: 'Escribir unas palabras', url: '{{ product.review_url }}' },
      { kind: 'paragraph', text: 'Se tarda un par de minutos, y cada palabra sincera cuenta lo mismo.' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
  invite: {
    subject: 'Algo para compartir',
    preheader: 'Tu propio código, por si te apetece pasarlo.',
    blocks: [
      { kind: 'heading', text: '¿Conoces a alguien a quien le gustaría esto?' },
      {
        kind: 'paragraph',
        text: 'Hola{% if customer.first_name %}, {{ customer.first_name }}{% endif %}:\n\nNos has dicho que todo va bien, y nos has alegrado el día. Si conoces a alguien que disfrutaría con lo que hacemos, este código es para esa persona. {{ referral.offer }}',
      },
      {
        kind: 'code',
        label: 'Tu código para amigos',
        code: '{{ referral.code }}',
        note: 'Se introduce al pagar.',
      },
      { kind: 'button', label: 'Compartirlo', url: '{{ referral.share_url }}' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
  'win-back': {
    subject: 'Cuánto tiempo',
    preheader: 'Sin prisa. Aquí estamos para cuando quieras.',
    blocks: [
      { kind: 'heading', text: 'Nos hemos acordado de ti' },
      {
        kind: 'paragraph',
        text: 'Hola{% if customer.first_name %}, {{ customer.first_name }}{% endif %}:\n\nHa pasado un tiempo desde tu último pedido. Si lo que compraste se está acabando o ya ha cumplido, con gusto te ayudamos a encontrar lo siguiente. Y si algo te hizo alejarte, responde y cuéntanoslo. Nos gustaría saberlo.',
      },
      { kind: 'products' },
      { kind: 'button', label: 'Echar un vistazo', url: '{{ shop.url }}' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
};
