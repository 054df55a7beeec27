/** What the demo shop's customers say, each in their own language: glad, so-so and sorry. */

type Mood = 'glad' | 'neutral' | 'sorry';

const WORDS: Record<string, Record<Mood, string[]>> = {
  en: {
    glad: [
      'The knife is a joy. My onions fear me now.',
      'Packed with such care, I kept the box.',
      'Second order, just as good as the first.',
    ],
    neutral: [
      'Lovely things, but I had to search for the delivery date.',
      'Good quality, the colour is a little darker than the picture.',
    ],
    sorry: ['One of the bowls came with a chip.', 'It took two weeks and nobody wrote to me.'],
  },
  de: {
    glad: [
      'Die Pfanne ist wunderbar, und die Karte war so nett.',
      'Schnell da, schön verpackt, gern wieder.',
    ],
    neutral: ['Alles gut, nur die Anleitung zum Einbrennen habe ich vermisst.'],
    sorry: ['Der Karton war nass und ein Glas zerbrochen.'],
  },
  fr: {
    glad: ['Un miel comme chez ma grand-mère.', 'Très belle planche, on sent le travail bien fait.'],
    neutral: ['Jolis bols, mais la livraison est un peu chère.'],
    sorry: ['Le moulin grince depuis le premier jour.'],
  },
  es: {
    glad: ['El aceite es una maravilla, ya solo queda media botella.', 'Todo perfecto y muy bien envuelto.'],
    neutral: ['Bonito, pero tardó más de lo que decía la web.'],
    sorry: ['El delantal encogió en el primer lavado.'],
  },
  'pt-BR': {
    glad: ['Chegou antes do prazo e é ainda mais bonito ao vivo.', 'As velas perfumam a casa inteira.'],
    neutral: ['Gostei, mas o frete pesou.'],
    sorry: ['A chaleira veio amassada.'],
  },
  ja: {
    glad: ['毎朝コーヒーを挽くのが楽しみになりました。', '丁寧な梱包に感動しました。'],
    neutral: ['品物は良いですが、届くまで少し時間がかかりました。'],
    sorry: ['器のひとつが欠けていました。'],
  },
};

/** What the shop's people answer. */
const ANSWERS: Record<string, Record<Mood, string[]>> = {
  en: {
    glad: [
      'Thank you for telling us. It is on the board in the workshop now.',
      'How kind of you. It made our morning, thank you.',
    ],
    neutral: [
      'Thank you for the honest word. We have passed it on, and it will be better next time.',
      'Thank you, that helps us. We have taken it up with whoever can change it.',
    ],
    sorry: [
      'I am sorry that this reached you so. A new one is on its way to you today, and you need not send the old one back.',
      'I am sorry, that is not how it should be. I have looked into it myself and will write as soon as it is put right.',
    ],
  },
  de: {
    glad: [
      'Danke fürs Erzählen. Es hängt jetzt am Brett in der Werkstatt.',
      'Wie lieb, danke. Das hat uns den Morgen verschönt.',
    ],
    neutral: ['Danke für das offene Wort. Wir haben es weitergegeben, damit es nächstes Mal besser ist.'],
    sorry: [
      'Das tut mir leid. Ein neues Stück geht heute noch an Sie ab, das alte brauchen Sie nicht zurückzuschicken.',
    ],
  },
  fr: {
    glad: [
      'Merci de nous l’avoir raconté. C’est accroché à l’atelier.',
      'Comme c’est gentil, merci. Vous avez embelli notre matinée.',
    ],
    neutral: ['Merci pour votre franchise. Nous en avons parlé, ce sera mieux la prochaine fois.'],
    sorry: ['Je suis désolée. Un nouvel exemplaire part aujourd’hui, inutile de renvoyer l’ancien.'],
  },
  es: {
    glad: [
      'Gracias por contárnoslo. Ya está en el tablón del taller.',
      'Qué amable, gracias. Nos ha alegrado la mañana.',
    ],
    neutral: ['Gracias por la sinceridad. Lo hemos comentado para que la próxima vez salga mejor.'],
    sorry: ['Lo siento mucho. Hoy mismo sale uno nuevo hacia tu casa, no hace falta devolver el otro.'],
  },
  'pt-BR': {
    glad: ['Obrigado por contar. Já está no mural da oficina.'],
    neutral: ['Obrigado pela sinceridade. Já conversamos sobre isso por aqui.'],
    sorry: ['Sinto muito. Um novo sai hoje mesmo para você, não precisa devolver o outro.'],
  },
  ja: {
    glad: ['お便りをありがとうございます。工房の掲示板に貼りました。'],
    neutral: ['率直なお言葉をありがとうございます。次はもっと良くいたします。'],
    sorry: ['申し訳ございません。本日新しい品をお送りします。お手元の品の返送は不要です。'],
  },
};

/** An answer in a language, to a score from 1 to 5; the nth one that is written in one go. */
export function answerTo(locale: string, score: number, nth: number): string {
  const sentences = (ANSWERS[locale] ?? ANSWERS[locale.split('-')[0] ?? ''] ?? ANSWERS['en']!)[moodOf(score)];
  return sentences[nth % sentences.length]!;
}

const moodOf = (score: number): Mood => (score >= 4 ? 'glad' : score === 3 ? 'neutral' : 'sorry');

/** A sentence for a score from 1 to 5. */
export function wordsFor(locale: string, score: number, chance: number): string {
  const sentences = (WORDS[locale] ?? WORDS.en)?.[moodOf(score)] ?? [];
  return sentences[Math.floor(chance * sentences.length)] ?? '';
}
