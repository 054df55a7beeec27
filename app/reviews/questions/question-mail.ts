/** The mail that tells whoever asked of an answer: their own words, the answer, and the way out. Merchants edit it. */
import type { Template } from '../../messages/blocks.ts';
import { fieldsOfNobody, type MergeFields } from '../../messages/fields.ts';
import type { Shop } from '../../shops/shop.ts';
import { textFor } from '../../shops/translations.ts';
import type { AnswerToTell } from './mails.server.ts';
import { QUESTION_TEXTS } from './question-texts.ts';

export const QUESTION_ANSWERED = 'question-answered';

interface Words {
  subject: string;
  preheader: string;
  heading: string;
  asked: string;
  owner: string;
  shop: string;
  button: string;
  out: string;
}

const WORDS: Record<string, Words> = {
  en: {
    subject: 'An answer about {{ product.title }}',
    preheader: 'You asked, and here is the answer.',
    heading: 'Here is your answer',
    asked: 'You asked about {{ product.title }}:\n“{{ question.text }}”',
    owner: '{{ question.owner }}, who owns it, answers:',
    shop: '{{ shop.name }} answers:',
    button: 'See all answers',
    out: 'There you can also get no more mails about it, or take the question back. If it was not you who asked, do that there too.',
  },
  de: {
    subject: 'Eine Antwort zu {{ product.title }}',
    preheader: 'Sie haben gefragt, hier ist die Antwort.',
    heading: 'Hier ist Ihre Antwort',
    asked: 'Sie haben zu {{ product.title }} gefragt:\n„{{ question.text }}“',
    owner: '{{ question.owner }} hat es und antwortet:',
    shop: '{{ shop.name }} antwortet:',
    button: 'Alle Antworten ansehen',
    out: 'Dort können Sie auch weitere Mails dazu abstellen oder die Frage zurückziehen. Auch wenn nicht Sie gefragt haben.',
  },
  fr: {
    subject: 'Une réponse à propos de {{ product.title }}',
    preheader: 'Vous avez posé une question, voici la réponse.',
    heading: 'Voici votre réponse',
    asked: 'Vous avez demandé à propos de {{ product.title }} :\n« {{ question.text }} »',
    owner: '{{ question.owner }}, qui l’a, répond :',
    shop: '{{ shop.name }} répond :',
    button: 'Voir toutes les réponses',
    out: 'Vous pouvez aussi y arrêter les e-mails à ce sujet ou retirer la question. Également si ce n’était pas vous.',
  },
  es: {
    subject: 'Una respuesta sobre {{ product.title }}',
    preheader: 'Preguntaste, y aquí está la respuesta.',
    heading: 'Aquí tienes tu respuesta',
    asked: 'Preguntaste sobre {{ product.title }}:\n«{{ question.text }}»',
    owner: '{{ question.owner }}, que lo tiene, responde:',
    shop: '{{ shop.name }} responde:',
    button: 'Ver todas las respuestas',
    out: 'Allí también puedes dejar de recibir correos sobre esto o retirar la pregunta. También si no fuiste tú quien preguntó.',
  },
};

/** What a new shop begins with. */
export const QUESTION_TEMPLATES: readonly Template[] = Object.entries(WORDS).map(([locale, words]) => ({
  key: QUESTION_ANSWERED,
  locale,
  text: {
    subject: words.subject,
    preheader: words.preheader,
    blocks: [
      { kind: 'heading', text: words.heading },
      { kind: 'paragraph', text: words.asked },
      {
        kind: 'paragraph',
        text: `**{% if question.owner %}${words.owner}{% else %}${words.shop}{% endif %}**\n{{ question.answer }}`,
      },
      { kind: 'button', label: words.button, url: '{{ question.url }}' },
      { kind: 'paragraph', text: words.out },
      { kind: 'signature', text: '{{ shop.signature }}' },
    ],
  },
}));

type Told = Pick<AnswerToTell, 'question' | 'answer' | 'by' | 'name' | 'product' | 'productUrl'>;

/** @param url page of the question for whoever asked; @param locale that the text is in */
export function questionFields(told: Told, shop: Shop, url: string, locale: string): MergeFields {
  const { question, answer, by, name, product, productUrl } = told;
  const { sender, brand } = shop.settings;
  const shopName = sender.name || shop.name || shop.domain;
  const own = {
    name: shopName,
    url: shop.url ?? `https://${shop.domain}`,
    email: sender.replyTo || shop.email,
    signature: brand.signature || shopName,
  };
  const somebody = textFor(QUESTION_TEXTS.somebody, locale, shop.locale);
  return fieldsOfNobody(own, url, {
    product: {
      title: product ?? shopName,
      image: null,
      url: productUrl,
      quantity: 1,
      review_url: null,
      care: null,
    },
    question: { text: question, answer, owner: by === 'merchant' ? null : (name ?? somebody), url },
  });
}
