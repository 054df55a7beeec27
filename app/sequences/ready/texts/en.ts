import { letter, PARCEL_URL, PRODUCT_URL, STORY_URL, type ReadyTexts } from './texts.ts';

const HELLO = 'Hello{% if customer.first_name %} {{ customer.first_name }}{% endif %},\n\n';

export const en: ReadyTexts = {
  'second-order': letter(
    {
      subject: 'You came back. Thank you',
      preheader: 'Your second order means more to us than the first.',
      heading: 'Good to see you again',
      text: `${HELLO}The first time one tries a shop. The second time one chooses it. Thank you for order {{ order.name }}.\n\nWas there something the first time that we could do better? Reply to this mail. We read every answer.`,
    },
    { kind: 'products' },
  ),
  'late-parcel': letter(
    {
      subject: 'Your parcel takes longer than it should',
      preheader: 'We are looking into it. You need not do anything.',
      heading: 'It should have been with you by now',
      text: `${HELLO}Your parcel from order {{ order.name }} is still on its way, as far as we know. We are sorry about that, and we are asking the carrier.\n\nIs it there already, or do you need it for a certain day? Reply to this mail, and we will find a way.`,
    },
    { kind: 'button', label: 'See where it is', url: PARCEL_URL },
  ),
  'put-right': letter(
    {
      subject: 'Is it right now?',
      preheader: 'One click. It helps us to do better.',
      heading: 'Have we put it right?',
      text: `${HELLO}Not long ago you told us that something about order {{ order.name }} was not as it should be. How is it now?`,
    },
    { kind: 'rating', options: ['Still bad', 'Not much better', 'All right', 'Good', 'Put right'] },
  ),
  'sorry-refund': letter({
    subject: 'We are sorry that it was not right',
    preheader: 'Your money is on its way back.',
    heading: 'It was not right for you',
    text: `${HELLO}Your money for order {{ order.name }} is on its way back. Depending on your bank that takes a few days.\n\nIf you would like to tell us what was wrong, simply reply. We would like to know, and nothing is expected of you.`,
  }),
  'buy-again': letter(
    {
      subject: 'Running low?',
      preheader: 'In case you need it again.',
      heading: 'Is it nearly used up?',
      text: `${HELLO}You have had {{ product.title | default: "what you bought" }} for a while now. If it is running low, here it is again. If you still have plenty, all the better.`,
    },
    { kind: 'button', label: 'Find it again', url: PRODUCT_URL },
  ),
  'show-us': letter(
    {
      subject: 'Would you show us?',
      preheader: 'A photo from your phone is plenty.',
      heading: 'We would love to see it at your place',
      text: `${HELLO}Thank you for your kind word about order {{ order.name }}. Would you show us how it lives with you now? One photo is plenty. If something has changed with it, send one from before and one from after.\n\nWhat we may do with it is up to you, and you can take it back at any time.`,
    },
    { kind: 'button', label: 'Show us', url: STORY_URL },
  ),
};
