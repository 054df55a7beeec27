import { letter, PARCEL_URL, PRODUCT_URL, STORY_URL, type ReadyTexts } from './texts.ts';

const HELLO = 'Bonjour{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\n';

export const fr: ReadyTexts = {
  'second-order': letter(
    {
      subject: 'Vous êtes revenu chez nous. Merci',
      preheader: 'Votre deuxième commande compte plus que la première.',
      heading: 'Quel plaisir de vous revoir',
      text: `${HELLO}La première fois, on essaie une boutique. La deuxième fois, on la choisit. Merci pour votre commande {{ order.name }}.\n\nY a-t-il quelque chose que nous pourrions mieux faire ? Répondez à ce message. Nous lisons chaque réponse.`,
    },
    { kind: 'products' },
  ),
  'late-parcel': letter(
    {
      subject: 'Votre colis prend du retard',
      preheader: 'Nous nous en occupons. Vous n’avez rien à faire.',
      heading: 'Il devrait déjà être chez vous',
      text: `${HELLO}À notre connaissance, votre colis de la commande {{ order.name }} est encore en route. Nous en sommes désolés et nous interrogeons le transporteur.\n\nIl est déjà arrivé, ou vous en avez besoin pour un jour précis ? Répondez à ce message, nous trouverons une solution.`,
    },
    { kind: 'button', label: 'Voir où il est', url: PARCEL_URL },
  ),
  'put-right': letter(
    {
      subject: 'Est-ce réglé maintenant ?',
      preheader: 'Un clic nous aide à faire mieux.',
      heading: 'Avons-nous réparé cela ?',
      text: `${HELLO}Il y a peu, vous nous avez dit que quelque chose n’allait pas avec la commande {{ order.name }}. Qu’en est-il aujourd’hui ?`,
    },
    { kind: 'rating', options: ['Toujours mal', 'À peine mieux', 'Correct', 'Bien', 'Tout est réglé'] },
  ),
  'sorry-refund': letter({
    subject: 'Désolés que cela n’ait pas convenu',
    preheader: 'Votre remboursement est en route.',
    heading: 'Ce n’était pas ce qu’il fallait',
    text: `${HELLO}Le remboursement de votre commande {{ order.name }} est en route. Selon votre banque, cela prend quelques jours.\n\nSi vous souhaitez nous dire ce qui n’allait pas, répondez simplement. Cela nous aiderait, et rien ne vous y oblige.`,
  }),
  'buy-again': letter(
    {
      subject: 'Bientôt fini ?',
      preheader: 'Au cas où vous en auriez encore besoin.',
      heading: 'Il n’en reste presque plus ?',
      text: `${HELLO}Voilà un moment que vous profitez de {{ product.title | default: "votre achat" }}. S’il touche à sa fin, vous le retrouvez ici. S’il en reste assez, tant mieux.`,
    },
    { kind: 'button', label: 'Le retrouver', url: PRODUCT_URL },
  ),
  'show-us': letter(
    {
      subject: 'Vous nous le montrez ?',
      preheader: 'Une photo prise au téléphone suffit.',
      heading: 'Nous aimerions le voir chez vous',
      text: `${HELLO}Merci pour votre mot si aimable au sujet de la commande {{ order.name }}. Voulez-vous nous montrer ce que cela donne chez vous ? Une photo suffit. Si quelque chose a changé, envoyez-en une d’avant et une d’après.\n\nC’est vous qui décidez de ce que nous pouvons en faire, et vous pouvez la reprendre à tout moment.`,
    },
    { kind: 'button', label: 'Montrer une photo', url: STORY_URL },
  ),
};
