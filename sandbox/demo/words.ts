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

/** A sentence for a score from 1 to 5. */
export function wordsFor(locale: string, score: number, chance: number): string {
  const mood: Mood = score >= 4 ? 'glad' : score === 3 ? 'neutral' : 'sorry';
  const sentences = (WORDS[locale] ?? WORDS.en)?.[mood] ?? [];
  return sentences[Math.floor(chance * sentences.length)] ?? '';
}
