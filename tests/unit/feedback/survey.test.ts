import { describe, expect, test } from 'vitest';
import { cleanText } from '../../../app/clean-text.ts';
import { DEFAULT_SURVEYS, HEARD, POST_PURCHASE } from '../../../app/feedback/defaults.ts';
import { readSurvey } from '../../../app/feedback/old-survey.ts';
import { problemsOf, textsOf } from '../../../app/feedback/problems.ts';
import type { Of } from '../../../app/feedback/question.ts';
import { readSaid } from '../../../app/feedback/said.ts';
import { askedAfter, scoreOf, surveySchema, toneOf } from '../../../app/feedback/survey.ts';
import { labelOf, questionFor, saidFor, thanksFor } from '../../../app/feedback/survey-view.ts';

const LOCALES = ['en', 'de', 'fr', 'es', 'pt-BR', 'ja'];
const survey = DEFAULT_SURVEYS[POST_PURCHASE]!;
const [buying, better, best, words] = survey.questions;
const reader = (locale: string) => ({ locale, shopLocale: 'en' });

describe('the surveys of every shop', () => {
  test.each(Object.entries(DEFAULT_SURVEYS))('%s is whole in six languages', (_key, each) => {
    for (const locale of LOCALES) expect(problemsOf(each, locale)).toEqual([]);
    const texts = [...each.questions.flatMap(textsOf), ...Object.values(each.thanks)];
    for (const text of texts) expect(Object.keys(text)).toEqual(LOCALES);
  });

  test('the first one asks for five words from Difficult to Lovely', () => {
    const question = questionFor(buying!, reader('en'));
    expect(question.kind === 'scale' && question.options.map(({ label }) => label)).toEqual([
      'Difficult',
      'Bumpy',
      'All right',
      'Good',
      'Lovely',
    ]);
    expect(questionFor(buying!, reader('de-AT')).text).toBe('Wie war es, bei uns einzukaufen?');
    expect(questionFor(buying!, reader('pt-PT')).text).toBe('Como foi comprar com a gente?');
    expect(questionFor(buying!, { locale: 'nl', shopLocale: 'fr' }).text).toMatch(/^Comment/);
  });

  test('a sorry sentence asks no favour and celebrates nothing', () => {
    for (const locale of LOCALES) {
      const text = thanksFor(survey, 'sorry', reader(locale));
      expect(text).not.toMatch(/!|friend|code|Freund|ami|amig|友/i);
    }
  });
});

describe('a survey as it was stored before questions had kinds and rules', () => {
  const label = { en: 'x' };
  const text = {
    kind: 'text',
    key: 'words',
    text: label,
    required: false,
    placeholder: label,
    maxLength: 1000,
  };
  const old = {
    name: 'After buying',
    question: {
      kind: 'scale',
      key: 'buying',
      text: label,
      required: true,
      options: [1, 2, 3, 4, 5].map((value) => ({ value, label })),
    },
    followUps: [
      { from: 1, to: 3, questions: [text] },
      { from: 5, to: 5, questions: [text] },
    ],
    thanks: { glad: label, neutral: label, sorry: label },
  };

  test('is read as what it was: asked in the same places, after the same answers', () => {
    const read = readSurvey('post-purchase', old);
    expect(problemsOf(read, 'en')).toEqual([]);
    expect(read).toMatchObject({ places: ['thank-you', 'order-status'], again: 'order', trial: null });
    const keys = (value: number) => askedAfter(read, { buying: value }).map(({ key }) => key);
    expect([keys(1), keys(3), keys(4), keys(5)]).toEqual([
      ['buying', 'words'],
      ['buying', 'words'],
      ['buying'],
      ['buying', 'words'],
    ]);
    expect(readSurvey('heard', old)).toMatchObject({ places: ['checkout'], again: null });
    expect(readSurvey('how-is-it-going', old)).toMatchObject({ places: ['mail'] });
    expect(() => readSurvey('post-purchase', { name: 'No survey' })).toThrow();
  });

  test('read twice it is the same', () => {
    const read = readSurvey('post-purchase', old);
    expect(readSurvey('post-purchase', JSON.parse(JSON.stringify(read)))).toEqual(read);
  });
});

describe('scores', () => {
  test.each([
    [5, 1, 1],
    [5, 4, 4],
    [7, 2, 2],
    [7, 6, 4],
    [11, 6, 3],
    [11, 11, 5],
    [2, 1, 1],
    [2, 2, 5],
    [3, 2, 3],
  ])('on a scale of %i, %i is %i of five', (length, value, score) => {
    const options = Array.from({ length }, (_, i) => ({ value: i + 1, label: { en: String(i) } }));
    expect(scoreOf({ ...(buying as Of<'scale'>), options }, value)).toBe(score);
  });

  test('of 0 to 10 detractors are sorry, passives neutral, promoters glad', () => {
    const nps = { ...buying!, kind: 'nps', low: {}, high: {} } as Of<'nps'>;
    const tones = Array.from({ length: 11 }, (_, value) => toneOf(scoreOf(nps, value)));
    expect(tones).toEqual([...Array(7).fill('sorry'), 'neutral', 'neutral', 'glad', 'glad']);
  });

  test('tones', () => {
    expect([1, 2, 3, 4, 5, null].map(toneOf)).toEqual([
      'sorry',
      'sorry',
      'neutral',
      'glad',
      'glad',
      'neutral',
    ]);
  });
});

describe('reading what was said', () => {
  const read = (...answers: [string, number | string | string[]][]) =>
    readSaid(
      survey,
      answers.map(([question, value]) => ({ question, value })),
    );

  test('a score with a follow-up and a sentence', () => {
    expect(read(['words', ' Very nice.\r\nThanks '], ['buying', 5], ['best', 'ease'])).toEqual({
      isWhole: true,
      score: 5,
      comment: 'Very nice.\nThanks',
      values: { buying: 5, best: 'ease', words: 'Very nice.\nThanks' },
    });
  });

  test.each<[string, [string, number | string | string[]][], string]>([
    ['an unknown question', [['nope', 1]], 'answers[0].question: "nope" was not asked'],
    [
      'a follow-up of another answer',
      [
        ['buying', 5],
        ['better', 'price'],
      ],
      'answers[1].question: "better" was not asked',
    ],
    ['a value off the scale', [['buying', 6]], 'answers[0].value: has to be one of 1…5'],
    ['half a value', [['buying', 1.5]], 'answers[0].value: has to be one of 1…5'],
    ['a number as text', [['buying', '5']], 'answers[0].value: has to be one of 1…5'],
    [
      'an unknown choice',
      [
        ['buying', 5],
        ['best', 'gold'],
      ],
      'answers[1].value: "gold" is none of its choices',
    ],
    [
      'two choices where one is asked',
      [
        ['buying', 5],
        ['best', ['ease', 'price']],
      ],
      'answers[1].value: takes one choice only',
    ],
    [
      'a question answered twice',
      [
        ['buying', 5],
        ['buying', 4],
      ],
      'answers[1].question: "buying" is answered twice',
    ],
    ['no first answer', [['words', 'hello']], 'answers[0].question: "words" was not asked'],
    [
      'a number as words',
      [
        ['buying', 5],
        ['words', 7],
      ],
      'answers[1].value: has to be a text',
    ],
    [
      'too many words',
      [
        ['buying', 5],
        ['words', 'x'.repeat(1001)],
      ],
      'answers[1].value: has more than 1000 characters',
    ],
    [
      'a prototype',
      [
        ['buying', 5],
        ['__proto__', 'x'],
      ],
      'answers[1].question: "__proto__" was not asked',
    ],
    ['nothing', [], 'answers: "buying" has to be answered'],
  ])('%s is refused with what and where', (_name, answers, problem) => {
    expect(read(...answers)).toEqual({ problem });
  });

  test('length is counted in characters, not in halves of them', () => {
    expect(read(['buying', 5], ['words', '🫶'.repeat(1000)])).toMatchObject({ score: 5 });
  });

  test('an empty text is no answer', () => {
    expect(read(['buying', 5], ['words', ' \u0000\n '])).toEqual({
      isWhole: true,
      score: 5,
      comment: null,
      values: { buying: 5 },
    });
  });

  test('markup and formulas stay as typed; what no keyboard types is taken out', () => {
    expect(cleanText('<b>=1+1</b>\u0000\u0007\u009f\ud800 é\tß')).toBe('<b>=1+1</b> é\tß');
  });

  test('a choice alone has no score', () => {
    const heard = DEFAULT_SURVEYS[HEARD]!;
    expect(readSaid(heard, [{ question: 'heard', value: 'friend' }])).toMatchObject({
      score: null,
      comment: null,
    });
  });
});

test('questions depend on what was answered before them', () => {
  const keys = (answers: Record<string, number>) => askedAfter(survey, answers).map(({ key }) => key);
  expect([keys({ buying: 1 }), keys({ buying: 3 }), keys({ buying: 4 }), keys({})]).toEqual([
    ['buying', 'better', 'words'],
    ['buying', 'better', 'words'],
    ['buying', 'best', 'words'],
    ['buying'],
  ]);
});

test('what was said is told in words, in any language', () => {
  const said = { values: { buying: 5 }, comment: 'so' };
  expect(saidFor(survey, said, reader('fr'))).toEqual({ label: 'Parfait', comment: 'so' });
  expect(labelOf(best!, ['ease', 'price'], reader('es'))).toBe('Lo fácil que fue, El precio');
  const old = surveySchema.parse({ ...survey, questions: [{ ...buying!, key: 'other' }] });
  expect(saidFor(old, { values: {}, comment: null }, reader('en'))).toBeNull();
  expect([better!.kind, words!.kind]).toEqual(['choice', 'text']);
});
