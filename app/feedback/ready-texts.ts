/** Words of the surveys to begin with. */
import { inSixLanguages as t } from '../shops/translations.ts';
import { BUYING_THANKS } from './default-texts.ts';

export const READY_TEXTS = {
  thanks: BUYING_THANKS,
  recommend: t(
    'How likely are you to recommend us to a friend?',
    'Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?',
    'Quelle est la probabilité que vous nous recommandiez à un proche ?',
    '¿Qué probabilidad hay de que nos recomiendes a un amigo?',
    'Qual a chance de você nos recomendar a um amigo?',
    '当店をお友だちにすすめる可能性はどのくらいですか？',
  ),
  notLikely: t('Not likely', 'Unwahrscheinlich', 'Peu probable', 'Poco probable', 'Pouco provável', '低い'),
  veryLikely: t(
    'Very likely',
    'Sehr wahrscheinlich',
    'Très probable',
    'Muy probable',
    'Muito provável',
    '高い',
  ),
  why: t(
    'What is the reason?',
    'Was ist der Grund?',
    'Quelle en est la raison ?',
    '¿Cuál es el motivo?',
    'Qual é o motivo?',
    '理由をお聞かせください',
  ),
  whyHint: t(
    'One sentence is plenty',
    'Ein Satz genügt',
    'Une phrase suffit',
    'Con una frase basta',
    'Uma frase já basta',
    'ひとことで構いません',
  ),
  delivery: t(
    'How satisfied are you with the delivery?',
    'Wie zufrieden sind Sie mit der Lieferung?',
    'Êtes-vous satisfait de la livraison ?',
    '¿Qué tan satisfecho estás con la entrega?',
    'Qual a sua satisfação com a entrega?',
    '配送にどのくらい満足されていますか？',
  ),
  parts: t('And with…', 'Und womit…', 'Et de…', 'Y con…', 'E com…', '項目ごとには'),
  easy: t(
    'It was easy to buy what I wanted.',
    'Es war leicht, zu kaufen, was ich wollte.',
    'Il a été facile d’acheter ce que je voulais.',
    'Fue fácil comprar lo que quería.',
    'Foi fácil comprar o que eu queria.',
    '欲しいものを簡単に買うことができた。',
  ),
  like: t(
    'How do you like what you bought?',
    'Wie gefällt Ihnen, was Sie gekauft haben?',
    'Votre achat vous plaît-il ?',
    '¿Qué te parece lo que compraste?',
    'O que achou do que comprou?',
    'お買い上げの品はいかがですか？',
  ),
  mattered: t(
    'What mattered most when you chose it?',
    'Was war bei der Wahl am wichtigsten?',
    'Qu’est-ce qui a le plus compté dans votre choix ?',
    '¿Qué pesó más al elegirlo?',
    'O que mais pesou na escolha?',
    '選ぶ際に何を重視されましたか？',
  ),
  reasons: {
    quality: t('Quality', 'Qualität', 'La qualité', 'La calidad', 'A qualidade', '品質'),
    price: t('Price', 'Preis', 'Le prix', 'El precio', 'O preço', '価格'),
    look: t('How it looks', 'Das Aussehen', 'Son allure', 'Cómo se ve', 'A aparência', '見た目'),
    values: t(
      'How it is made',
      'Wie es gemacht ist',
      'Sa fabrication',
      'Cómo está hecho',
      'Como é feito',
      '作り方',
    ),
  },
  heard: t(
    'How did you hear of us?',
    'Wie haben Sie von uns erfahren?',
    'Comment nous avez-vous connus ?',
    '¿Cómo nos conociste?',
    'Como você nos conheceu?',
    '当店をどこでお知りになりましたか？',
  ),
  where: t('Where was it?', 'Wo war das?', 'Où était-ce ?', '¿Dónde fue?', 'Onde foi?', 'どちらでしたか？'),
  contact: t(
    'How and when may we write to you?',
    'Wie und wann dürfen wir Ihnen schreiben?',
    'Comment et quand pouvons-nous vous écrire ?',
    '¿Cómo y cuándo podemos escribirte?',
    'Como e quando podemos escrever para você?',
    'ご連絡の方法と時間帯をお選びください',
  ),
};

/** Worst first. */
export const SATISFACTION = [
  t(
    'Very dissatisfied',
    'Sehr unzufrieden',
    'Très insatisfait',
    'Muy insatisfecho',
    'Muito insatisfeito',
    'とても不満',
  ),
  t('Dissatisfied', 'Unzufrieden', 'Insatisfait', 'Insatisfecho', 'Insatisfeito', '不満'),
  t('In between', 'Teils, teils', 'Entre les deux', 'Ni una cosa ni otra', 'Mais ou menos', 'ふつう'),
  t('Satisfied', 'Zufrieden', 'Satisfait', 'Satisfecho', 'Satisfeito', '満足'),
  t('Very satisfied', 'Sehr zufrieden', 'Très satisfait', 'Muy satisfecho', 'Muito satisfeito', 'とても満足'),
];

/** Worst first, seven as the measure of effort has them. */
export const AGREEMENT = [
  t('Not at all', 'Gar nicht', 'Pas du tout', 'En absoluto', 'De jeito nenhum', 'まったく違う'),
  t('No', 'Nein', 'Non', 'No', 'Não', '違う'),
  t('Rather not', 'Eher nicht', 'Plutôt non', 'Más bien no', 'Mais para não', 'やや違う'),
  t('In between', 'Teils, teils', 'Entre les deux', 'Ni una cosa ni otra', 'Mais ou menos', 'どちらとも'),
  t('Rather', 'Eher ja', 'Plutôt oui', 'Más bien sí', 'Mais para sim', 'ややそう'),
  t('Yes', 'Ja', 'Oui', 'Sí', 'Sim', 'そう思う'),
  t('Entirely', 'Ganz und gar', 'Tout à fait', 'Totalmente', 'Totalmente', '強くそう思う'),
];

export const DELIVERY_PARTS = {
  speed: t('Speed', 'Schnelligkeit', 'La rapidité', 'La rapidez', 'A rapidez', '速さ'),
  packing: t('Packing', 'Verpackung', 'L’emballage', 'El embalaje', 'A embalagem', '梱包'),
  news: t(
    'News on the way',
    'Nachrichten unterwegs',
    'Le suivi',
    'Los avisos',
    'Os avisos',
    '途中のお知らせ',
  ),
};
