/** Words of the surveys that every shop starts with, in the languages of the block. */
import { inSixLanguages as t, type Texts } from '../shops/translations.ts';

export const ASK = {
  buying: t(
    'How was it to buy from us?',
    'Wie war es, bei uns einzukaufen?',
    'Comment s’est passé votre achat chez nous ?',
    '¿Qué tal fue comprar con nosotros?',
    'Como foi comprar com a gente?',
    'お買い物はいかがでしたか？',
  ),
  going: t(
    'How is it going with what you bought?',
    'Wie läuft es mit Ihrem Einkauf?',
    'Comment ça se passe avec votre achat ?',
    '¿Qué tal te va con lo que compraste?',
    'Como está sendo com o que você comprou?',
    'お使い心地はいかがですか？',
  ),
  heard: t(
    'How did you hear about us?',
    'Wie sind Sie auf uns gekommen?',
    'Comment nous avez-vous connus ?',
    '¿Cómo nos conociste?',
    'Como você nos conheceu?',
    '当店をどこでお知りになりましたか？',
  ),
  better: t(
    'What could be better?',
    'Was könnte besser sein?',
    'Qu’est-ce qui pourrait être mieux ?',
    '¿Qué podría mejorar?',
    'O que poderia ser melhor?',
    'どこを良くできるでしょうか？',
  ),
  best: t(
    'What did you like best?',
    'Was hat Ihnen am besten gefallen?',
    'Qu’avez-vous préféré ?',
    '¿Qué te gustó más?',
    'Do que você mais gostou?',
    '一番良かったのはどこですか？',
  ),
  own: t(
    'In your own words',
    'In Ihren eigenen Worten',
    'Avec vos propres mots',
    'Con tus propias palabras',
    'Com as suas palavras',
    'ご自由にお書きください',
  ),
  ownHint: t(
    'One sentence is plenty',
    'Ein Satz genügt',
    'Une phrase suffit',
    'Con una frase basta',
    'Uma frase já basta',
    'ひとことで構いません',
  ),
};

/** Worst first. */
export const BUYING_WORDS: Texts[] = [
  t('Difficult', 'Mühsam', 'Difficile', 'Difícil', 'Difícil', '大変だった'),
  t('Bumpy', 'Holprig', 'Laborieux', 'Complicado', 'Complicado', '少し不便'),
  t('All right', 'In Ordnung', 'Correct', 'Normal', 'Normal', 'ふつう'),
  t('Good', 'Gut', 'Bien', 'Bien', 'Bom', '良かった'),
  t('Lovely', 'Wunderbar', 'Parfait', 'Estupendo', 'Ótimo', 'とても良かった'),
];

export const GOING_WORDS: Texts[] = [
  t('Badly', 'Schlecht', 'Mal', 'Mal', 'Mal', '困っている'),
  t('Not so well', 'Nicht so gut', 'Pas très bien', 'No muy bien', 'Não muito bem', 'いまひとつ'),
  t('All right', 'In Ordnung', 'Ça va', 'Regular', 'Mais ou menos', 'まあまあ'),
  t('Well', 'Gut', 'Bien', 'Bien', 'Bem', '良い'),
  t('Wonderfully', 'Großartig', 'À merveille', 'De maravilla', 'Maravilhosamente', 'とても良い'),
];

/** Choices by value, in the order in which they are shown. */
export const BUYING_TROUBLE: Record<string, Texts> = {
  finding: t('Finding it', 'Das Finden', 'La recherche', 'Encontrarlo', 'Encontrar', '商品探し'),
  details: t('Details', 'Angaben', 'Les détails', 'Los detalles', 'Os detalhes', '商品説明'),
  price: t('Price', 'Preis', 'Le prix', 'El precio', 'O preço', '価格'),
  delivery: t('Delivery', 'Lieferung', 'La livraison', 'El envío', 'A entrega', '配送'),
  payment: t('Payment', 'Bezahlen', 'Le paiement', 'El pago', 'O pagamento', '支払い'),
  other: t('Something else', 'Etwas anderes', 'Autre chose', 'Otra cosa', 'Outra coisa', 'その他'),
};
export const BUYING_JOY: Record<string, Texts> = {
  products: t('The products', 'Die Produkte', 'Les produits', 'Los productos', 'Os produtos', '商品'),
  ease: t(
    'How easy it was',
    'Wie leicht es ging',
    'La simplicité',
    'Lo fácil que fue',
    'A facilidade',
    '手軽さ',
  ),
  price: t('Price', 'Preis', 'Le prix', 'El precio', 'O preço', '価格'),
  advice: t('Advice', 'Beratung', 'Les conseils', 'Los consejos', 'As dicas', 'アドバイス'),
  look: t('The shop itself', 'Der Shop selbst', 'La boutique', 'La tienda', 'A loja', 'お店の雰囲気'),
};
export const GOING_TROUBLE: Record<string, Texts> = {
  quality: t('Quality', 'Qualität', 'La qualité', 'La calidad', 'A qualidade', '品質'),
  fit: t('Size or fit', 'Größe oder Passform', 'La taille', 'La talla', 'O tamanho', 'サイズ'),
  use: t('Using it', 'Die Benutzung', 'L’utilisation', 'El uso', 'O uso', '使い方'),
  arrival: t(
    'How it arrived',
    'Wie es ankam',
    'L’état à l’arrivée',
    'Cómo llegó',
    'Como chegou',
    '届いた状態',
  ),
  other: t('Something else', 'Etwas anderes', 'Autre chose', 'Otra cosa', 'Outra coisa', 'その他'),
};
export const GOING_JOY: Record<string, Texts> = {
  quality: t('Quality', 'Qualität', 'La qualité', 'La calidad', 'A qualidade', '品質'),
  look: t('How it looks', 'Das Aussehen', 'Son allure', 'Cómo se ve', 'A aparência', '見た目'),
  use: t('Using it', 'Die Benutzung', 'L’utilisation', 'El uso', 'O uso', '使い心地'),
  fit: t('Size or fit', 'Größe oder Passform', 'La taille', 'La talla', 'O tamanho', 'サイズ'),
};

export const HEARD_FROM: Record<string, Texts> = {
  friend: t('A friend', 'Freunde', 'Des proches', 'Un amigo', 'Um amigo', '友人・知人'),
  search: t('Search', 'Suche', 'Une recherche', 'Buscando', 'Busca', '検索'),
  social: t('Social media', 'Soziale Medien', 'Réseaux sociaux', 'Redes sociales', 'Redes sociais', 'SNS'),
  press: t(
    'Press or blog',
    'Presse oder Blog',
    'Presse ou blog',
    'Prensa o blog',
    'Imprensa ou blog',
    '記事・ブログ',
  ),
  other: t('Something else', 'Etwas anderes', 'Autre chose', 'Otra cosa', 'Outra coisa', 'その他'),
};

export const BUYING_THANKS = {
  glad: t(
    'Thank you, that makes our day.',
    'Vielen Dank, das freut uns sehr.',
    'Merci, cela nous fait vraiment plaisir.',
    'Gracias, nos alegras el día.',
    'Obrigado, isso alegra o nosso dia.',
    'ありがとうございます。とても嬉しく思います。',
  ),
  neutral: t(
    'Thank you. We will use that to get better.',
    'Vielen Dank. Das hilft uns, besser zu werden.',
    'Merci. Votre avis nous aide à progresser.',
    'Gracias. Nos ayuda a mejorar.',
    'Obrigado. Isso nos ajuda a melhorar.',
    'ありがとうございます。今後の改善に役立てます。',
  ),
  sorry: t(
    'We are sorry it was not easier. Thank you for telling us: somebody here reads every word.',
    'Es tut uns leid, dass es nicht leichter war. Danke für Ihre Offenheit: Bei uns wird jedes Wort gelesen.',
    'Nous sommes désolés que cela n’ait pas été plus simple. Merci de nous l’avoir dit : ici, chaque mot est lu.',
    'Sentimos que no fuera más fácil. Gracias por contárnoslo: aquí leemos cada palabra.',
    'Sentimos muito que não tenha sido mais fácil. Obrigado por contar: aqui lemos cada palavra.',
    'ご不便をおかけして申し訳ありません。いただいたお言葉は、担当者がすべて読んでおります。',
  ),
};
export const GOING_THANKS = {
  glad: t(
    'That is good to hear. Thank you for telling us.',
    'Das hören wir gern. Danke, dass Sie es uns sagen.',
    'Voilà qui fait plaisir. Merci de nous l’avoir dit.',
    'Nos alegra mucho. Gracias por contárnoslo.',
    'Que bom saber. Obrigado por contar.',
    'それは何よりです。お知らせいただきありがとうございます。',
  ),
  neutral: BUYING_THANKS.neutral,
  sorry: t(
    'We are sorry to hear that. Thank you for telling us: somebody here reads every word.',
    'Das tut uns leid. Danke, dass Sie es uns sagen: Bei uns wird jedes Wort gelesen.',
    'Nous en sommes désolés. Merci de nous l’avoir dit : ici, chaque mot est lu.',
    'Lo sentimos. Gracias por contárnoslo: aquí leemos cada palabra.',
    'Sentimos muito. Obrigado por contar: aqui lemos cada palavra.',
    '申し訳ございません。いただいたお言葉は、担当者がすべて読んでおります。',
  ),
};
