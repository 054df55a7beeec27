import { letter, PARCEL_URL, PRODUCT_URL, STORY_URL, type ReadyTexts } from './texts.ts';

const HELLO = 'Hola{% if customer.first_name %}, {{ customer.first_name }}{% endif %}:\n\n';

export const es: ReadyTexts = {
  'second-order': letter(
    {
      subject: 'Has vuelto. Gracias',
      preheader: 'Tu segundo pedido nos importa más que el primero.',
      heading: 'Qué alegría verte de nuevo',
      text: `${HELLO}La primera vez se prueba una tienda. La segunda, se elige. Gracias por tu pedido {{ order.name }}.\n\n¿Hubo algo la primera vez que podamos hacer mejor? Responde a este correo. Leemos todas las respuestas.`,
    },
    { kind: 'products' },
  ),
  'late-parcel': letter(
    {
      subject: 'Tu paquete tarda más de lo debido',
      preheader: 'Nos ocupamos. No tienes que hacer nada.',
      heading: 'Ya debería estar en tu casa',
      text: `${HELLO}Por lo que sabemos, tu paquete del pedido {{ order.name }} sigue de camino. Lo sentimos y ya estamos preguntando al transportista.\n\n¿Ha llegado ya, o lo necesitas para un día concreto? Responde a este correo y encontraremos una solución.`,
    },
    { kind: 'button', label: 'Ver dónde está', url: PARCEL_URL },
  ),
  'put-right': letter(
    {
      subject: '¿Ya está bien?',
      preheader: 'Un clic nos ayuda a mejorar.',
      heading: '¿Lo hemos arreglado?',
      text: `${HELLO}Hace poco nos contaste que algo no iba bien con el pedido {{ order.name }}. ¿Cómo está ahora?`,
    },
    { kind: 'rating', options: ['Sigue mal', 'Apenas mejor', 'Aceptable', 'Bien', 'Arreglado'] },
  ),
  'sorry-refund': letter({
    subject: 'Sentimos que no fuera lo que esperabas',
    preheader: 'Tu dinero está de camino.',
    heading: 'No era lo adecuado para ti',
    text: `${HELLO}El dinero de tu pedido {{ order.name }} está de camino. Según tu banco, tarda unos días.\n\nSi quieres contarnos qué falló, responde sin más. Nos gustaría saberlo, y no tienes ninguna obligación.`,
  }),
  'buy-again': letter(
    {
      subject: '¿Se está acabando?',
      preheader: 'Por si lo necesitas otra vez.',
      heading: '¿Queda poco?',
      text: `${HELLO}Ya llevas un tiempo con {{ product.title | default: "lo que compraste" }}. Si se está acabando, aquí lo tienes otra vez. Y si aún te queda, mejor todavía.`,
    },
    { kind: 'button', label: 'Encontrarlo', url: PRODUCT_URL },
  ),
  'show-us': letter(
    {
      subject: '¿Nos lo enseñas?',
      preheader: 'Basta una foto con el móvil.',
      heading: 'Nos encantaría verlo en tu casa',
      text: `${HELLO}Gracias por tus amables palabras sobre el pedido {{ order.name }}. ¿Nos enseñas cómo ha quedado en tu casa? Basta una foto. Si algo ha cambiado con ello, envía una de antes y otra de después.\n\nTú decides qué podemos hacer con ella, y puedes retirarla cuando quieras.`,
    },
    { kind: 'button', label: 'Enseñar una foto', url: STORY_URL },
  ),
};
