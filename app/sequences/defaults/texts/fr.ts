import type { DefaultTexts } from './texts.ts';

export const fr: DefaultTexts = {
  'thank-you': {
    subject: 'Merci pour votre commande {{ order.name }}',
    preheader: 'Nous la préparons. Une question ? Répondez simplement.',
    blocks: [
      { kind: 'heading', text: 'Merci{% if customer.first_name %}, {{ customer.first_name }}{% endif %}.' },
      {
        kind: 'paragraph',
        text: 'Votre commande {{ order.name }} nous est bien parvenue et nous la préparons. Que vous ayez choisi {{ shop.name }} nous fait très plaisir.\n\nUn détail à changer, une question ? Répondez simplement à ce message.',
      },
      { kind: 'products' },
      { kind: 'button', label: 'Voir votre commande', url: '{{ order.status_url | default: shop.url }}' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
  'getting-started': {
    subject: 'Pour bien commencer',
    preheader: 'Votre colis devrait être arrivé.',
    blocks: [
      { kind: 'heading', text: 'Pour bien commencer' },
      {
        kind: 'paragraph',
        text: 'Bonjour{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\nVotre colis de la commande {{ order.name }} devrait être arrivé. Nous aimerions que vous en profitiez longtemps.',
      },
      { kind: 'products' },
      { kind: 'care-guides', more: 'Lire le guide complet' },
      {
        kind: 'paragraph',
        text: 'Il manque quelque chose, un article est abîmé, ou vous aimeriez en savoir plus ? Répondez à ce message, nous nous en occupons.',
      },
      { kind: 'button', label: 'Voir votre commande', url: '{{ order.status_url | default: shop.url }}' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
  'how-is-it-going': {
    subject: 'Alors, tout va bien ?',
    preheader: 'Un clic suffit.',
    blocks: [
      { kind: 'heading', text: 'Comment ça se passe avec votre achat ?' },
      {
        kind: 'paragraph',
        text: 'Bonjour{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\nVotre commande {{ order.name }} est chez vous depuis une semaine environ. Un clic sur la réponse qui convient nous suffit.',
      },
      { kind: 'rating', options: ['Mal', 'Pas très bien', 'Ça va', 'Bien', 'À merveille'] },
      {
        kind: 'paragraph',
        text: 'Nous lisons chaque réponse. Si quelque chose ne va pas, dites-le-nous : nous y remédierons.',
      },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
  review: {
    subject: '{{ product.title }} : qu’en pensez-vous vraiment ?',
    preheader: 'Quelques mots sincères aident ceux qui hésitent encore.',
    blocks: [
      { kind: 'heading', text: 'Maintenant, vous savez' },
      {
        kind: 'paragraph',
        text: 'Bonjour{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\n{{ product.title }} : vous avez eu le temps de vous faire un avis. Qu’est-ce qui vous plaît, et qu’est-ce qui vous plaît moins ? L’un comme l’autre aide ceux qui hésitent encore.',
      },
      { kind: 'button', label: 'Écrire quelques mots', url: '{{ product.review_url }}' },
      {
        kind: 'paragraph',
        text: 'Cela prend une minute ou deux, et chaque mot sincère compte autant qu’un autre.',
      },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
  invite: {
    subject: 'Quelque chose à partager',
    preheader: 'Votre propre code, à transmettre si le cœur vous en dit.',
    blocks: [
      { kind: 'heading', text: 'Connaissez-vous quelqu’un qui se plairait chez nous ?' },
      {
        kind: 'paragraph',
        text: 'Bonjour{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\nVous nous avez dit votre satisfaction, et cela nous a fait grand plaisir. Si quelqu’un de votre entourage pouvait aimer ce que nous faisons, ce code est pour cette personne. {{ referral.offer }}',
      },
      {
        kind: 'code',
        label: 'Votre code pour vos amis',
        code: '{{ referral.code }}',
        note: 'À saisir au moment de payer.',
      },
      { kind: 'button', label: 'Le transmettre', url: '{{ referral.share_url }}' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
  'win-back': {
    subject: 'Cela fait un moment',
    preheader: 'Rien ne presse. Nous sommes là quand vous voulez.',
    blocks: [
      { kind: 'heading', text: 'Nous avons pensé à vous' },
      {
        kind: 'paragraph',
        text: 'Bonjour{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\nVotre dernière commande remonte à quelque temps déjà. Si vos articles touchent à leur fin ou ont fait leur temps, nous vous aiderons volontiers à trouver la suite. Et si quelque chose vous a retenu, répondez-nous : nous aimerions le savoir.',
      },
      { kind: 'products' },
      { kind: 'button', label: 'Faire un tour', url: '{{ shop.url }}' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
};
