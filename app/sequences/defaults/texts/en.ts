import type { DefaultTexts } from './texts.ts';

export const en: DefaultTexts = {
  'thank-you': {
    subject: 'Thank you for your order {{ order.name }}',
    preheader: 'We are getting it ready. Questions? Just reply.',
    blocks: [
      {
        kind: 'heading',
        text: 'Thank you{% if customer.first_name %}, {{ customer.first_name }}{% endif %}.',
      },
      {
        kind: 'paragraph',
        text: 'Your order {{ order.name }} has reached us and we are getting it ready. It means a lot to us that you chose {{ shop.name }}.\n\nShould anything need changing, or should you have a question, simply reply to this mail.',
      },
      { kind: 'products' },
      { kind: 'button', label: 'See your order', url: '{{ order.status_url | default: shop.url }}' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
  'getting-started': {
    subject: 'A good start with what you bought',
    preheader: 'So that you enjoy it for a long time.',
    blocks: [
      { kind: 'heading', text: 'Off to a good start' },
      {
        kind: 'paragraph',
        text: 'Hello{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\nYour parcel from order {{ order.name }} should be with you by now. We would like you to enjoy what was in it for a long time.',
      },
      { kind: 'products' },
      { kind: 'care-guides', more: 'Read the whole guide' },
      {
        kind: 'paragraph',
        text: 'Is something missing or damaged, or would you like to know more? Reply to this mail and we will sort it out.',
      },
      { kind: 'button', label: 'Open your order', url: '{{ order.status_url | default: shop.url }}' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
  'how-is-it-going': {
    subject: 'How is it going?',
    preheader: 'One click is all it takes.',
    blocks: [
      { kind: 'heading', text: 'How is it going with what you bought?' },
      {
        kind: 'paragraph',
        text: 'Hello{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\nOrder {{ order.name }} has been with you for about a week. One click on the answer that fits is all we need.',
      },
      { kind: 'rating', options: ['Badly', 'Not so well', 'All right', 'Well', 'Wonderfully'] },
      {
        kind: 'paragraph',
        text: 'We read every answer. If something is not right, we would like to hear it and put it right.',
      },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
  review: {
    subject: '{{ product.title }}: what do you think?',
    preheader: 'A few honest words help whoever is choosing next.',
    blocks: [
      { kind: 'heading', text: 'By now you can tell' },
      {
        kind: 'paragraph',
        text: 'Hello{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\nYou have had {{ product.title }} long enough to have an opinion. What do you like, and what not? Both help people who are still choosing.',
      },
      { kind: 'button', label: 'Write a few words', url: '{{ product.review_url }}' },
      { kind: 'paragraph', text: 'It takes a minute or two, and every honest word counts the same.' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
  invite: {
    subject: 'Something for a friend',
    preheader: 'Your own code, to pass on if you like.',
    blocks: [
      { kind: 'heading', text: 'Do you know somebody who would like it here?' },
      {
        kind: 'paragraph',
        text: 'Hello{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\nYou told us that you are happy, and that made our day. Should you know somebody who would enjoy what we do, this code is for them. {{ referral.offer }}',
      },
      {
        kind: 'code',
        label: 'Your code for friends',
        code: '{{ referral.code }}',
        note: 'Your friend enters it at the checkout.',
      },
      { kind: 'button', label: 'Pass it on', url: '{{ referral.share_url }}' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
  'win-back': {
    subject: 'It has been a while',
    preheader: 'No hurry. We are here when you need us.',
    blocks: [
      { kind: 'heading', text: 'We have been thinking of you' },
      {
        kind: 'paragraph',
        text: 'Hello{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\nIt has been a while since your last order. If what you bought is running low or has had its day, we will gladly help you find what comes next. And if something kept you away, reply and tell us. We would like to know.',
      },
      { kind: 'products' },
      { kind: 'button', label: 'Look around', url: '{{ shop.url }}' },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
};
