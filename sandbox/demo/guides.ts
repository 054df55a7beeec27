/** What the merchant of the demo shop knows of some of the products, by handle. */

interface Guide {
  title: string;
  text: string;
}
/** As the app's page of a product posts it: days after delivery, null where nothing is said. */
export interface ProductLife {
  firstUseDays: number | null;
  readyToJudgeDays: number | null;
  usefulLifeDays: number | null;
  careGuide: Partial<Record<'en' | 'de' | 'fr' | 'es', Guide & { url: '' }>>;
}

const guides = (texts: Record<'en' | 'de' | 'fr' | 'es', [title: string, text: string]>) =>
  Object.fromEntries(
    Object.entries(texts).map(([locale, [title, text]]) => [locale, { title, text, url: '' }]),
  );

const unknown = { firstUseDays: null, readyToJudgeDays: null, usefulLifeDays: null, careGuide: {} };

export const LIVES: Record<string, ProductLife> = {
  'carbon-steel-pan': {
    ...unknown,
    firstUseDays: 1,
    readyToJudgeDays: 21,
    careGuide: guides({
      en: [
        'The first seasoning',
        'Wash off the wax, dry it, rub in a drop of oil and heat it until it smokes. No soap after that.',
      ],
      de: [
        'Das erste Einbrennen',
        'Das Wachs abwaschen, trocknen, einen Tropfen Öl einreiben und erhitzen, bis es raucht. Danach keine Seife mehr.',
      ],
      fr: [
        'Le premier culottage',
        'Lavez la cire, séchez, frottez d’une goutte d’huile et chauffez jusqu’à ce qu’elle fume. Ensuite, plus de savon.',
      ],
      es: [
        'El primer curado',
        'Lava la cera, sécala, frota una gota de aceite y caliéntala hasta que humee. Después, nada de jabón.',
      ],
    }),
  },
  'chefs-knife': {
    ...unknown,
    careGuide: guides({
      en: [
        'Keep it sharp',
        'Rinse it by hand and dry it at once. A few strokes on the steel every week keep its edge.',
      ],
      de: [
        'Scharf bleiben',
        'Von Hand abspülen und gleich abtrocknen. Ein paar Züge am Wetzstahl jede Woche erhalten die Schneide.',
      ],
      fr: [
        'Garder le fil',
        'Rincez-le à la main et séchez-le aussitôt. Quelques passages au fusil chaque semaine gardent le fil.',
      ],
      es: [
        'Que siga afilado',
        'Acláralo a mano y sécalo enseguida. Unas pasadas por la chaira cada semana mantienen el filo.',
      ],
    }),
  },
  'oak-chopping-board': {
    ...unknown,
    careGuide: guides({
      en: [
        'Oil it now and then',
        'Wipe it, never soak it. A spoon of linseed oil once a month keeps the oak from cracking.',
      ],
      de: [
        'Ab und zu ölen',
        'Abwischen, nie einweichen. Ein Löffel Leinöl im Monat bewahrt die Eiche vor Rissen.',
      ],
      fr: [
        'L’huiler de temps en temps',
        'Essuyez-la, ne la trempez jamais. Une cuillère d’huile de lin par mois évite les fentes.',
      ],
      es: [
        'Aceite de vez en cuando',
        'Límpiala con un paño, no la remojes. Una cucharada de aceite de linaza al mes evita las grietas.',
      ],
    }),
  },
  'olive-oil': { ...unknown, firstUseDays: 1, readyToJudgeDays: 10, usefulLifeDays: 60 },
  'heather-honey': { ...unknown, firstUseDays: 1, readyToJudgeDays: 10, usefulLifeDays: 75 },
};
