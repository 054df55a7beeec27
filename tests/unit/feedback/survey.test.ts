import { describe, expect, test } from 'vitest';
import { DEFAULT_SURVEYS, HEARD, POST_PURCHASE } from '../../../app/feedback/defaults.ts';
import { cleanText } from '../../../app/clean-text.ts';
import { readSaid } from '../../../app/feedback/said.ts';
import {
  followUpsAfter,
  questionsOf,
  scoreOf,
  surveySchema,
  toneOf,
  type Survey,
} from '../../../app/feedback/survey.ts';
import { followUpsFor, labelOf, questionFor, saidFor, thanksFor } from '../../../app/feedback/survey-view.ts';

const LOCALES = ['en', 'de', 'fr', 'es', 'pt-BR', 'ja'];
const survey = DEFAULT_SURVEYS[POST_PURCHASE]!;
const reader = (locale: string) => ({ locale, shopLocale: 'en' });

describe('the surveys of every shop', () => {
  test.each(Object.entries(DEFAULT_SURVEYS))('%s is whole in six languages', (_key, each) => {
    expect(surveySchema.safeParse(each).success).toBe(true);
    const texts = [
      ...questionsOf(each).flatMap((question) => [
        question.text,
        ...(question.kind === 'text' ? [question.placeholder] : question.options.map(({ label }) => label)),
      ]),
      ...Object.values(each.thanks),
    ];
    for (const text of texts) expect(Object.keys(text)).toEqual(LOCALES);
  });

  test('the first one asks for five words from Difficult to Lovely', () => {
    const question = questionFor(survey.question, reader('en'));
    expect(question.kind === 'scale' && question.options.map(({ label }) => label)).toEqual([
      'Difficult',
      'Bumpy',
      'All right',
      'Good',
      'Lovely',
    ]);
    expect(questionFor(survey.question, reader('de-AT')).text).toBe('Wie war es, bei uns einzukaufen?');
    expect(questionFor(survey.question, reader('pt-PT')).text).toBe('Como foi comprar com a gente?');
    expect(questionFor(survey.question, { locale: 'nl', shopLocale: 'fr' }).text).toMatch(/^Comment/);
  });

  test('a sorry sentence asks no favour and celebrates nothing', () => {
    for (const locale of LOCALES) {
      const text = thanksFor(survey, 'sorry', reader(locale));
      expect(text).not.toMatch(/!|friend|code|Freund|ami|amig|友/i);
    }
  });
});

describe('what a survey may look like', () => {
  const broken = (change: object) => surveySchema.safeParse({ ...structuredClone(survey), ...change });

  test('a question may be shared by ranges that do not meet, and by no others', () => {
    const text = survey.followUps[0]!.questions[1]!;
    const at = (from: number, to: number) => ({ from, to, questions: [text] });
    expect(broken({ followUps: [at(1, 2), at(3, 5)] }).success).toBe(true);
    expect(broken({ followUps: [at(1, 3), at(3, 5)] }).success).toBe(false);
    expect(broken({ followUps: [{ ...at(1, 3), questions: [text, text] }] }).success).toBe(false);
    expect(broken({ followUps: [{ ...at(1, 3), questions: [survey.question] }] }).success).toBe(false);
  });

  test('a scale counts 1, 2, 3 and every text has a language', () => {
    const question = {
      ...survey.question,
      options: [
        { value: 2, label: { en: 'x' } },
        { value: 1, label: { en: 'y' } },
      ],
    };
    expect(broken({ question }).success).toBe(false);
    expect(broken({ question: { ...survey.question, text: {} } }).success).toBe(false);
    expect(broken({ question: { ...survey.question, text: { 'no language': 'x' } } }).success).toBe(false);
  });

  test.each([
    [5, 1, 1],
    [5, 4, 4],
    [11, 1, 1],
    [11, 6, 3],
    [11, 11, 5],
    [2, 1, 1],
    [2, 2, 5],
    [3, 2, 3],
  ])('on a scale of %i, %i is %i of five', (length, value, score) => {
    const options = Array.from({ length }, (_, i) => ({ value: i + 1, label: { en: String(i) } }));
    expect(scoreOf({ ...survey.question, kind: 'scale', options }, value)).toBe(score);
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
    expect(read(['buying', 5], ['best', 'ease'], ['words', ' Very nice.\r\nThanks '])).toEqual({
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

test('follow-ups depend on the first answer', () => {
  const keys = (value: number | null) => followUpsAfter(survey, value).map(({ key }) => key);
  expect([keys(1), keys(3), keys(4), keys(null)]).toEqual([
    ['better', 'words'],
    ['better', 'words'],
    ['best', 'words'],
    [],
  ]);
  expect(followUpsFor(survey, reader('ja')).map(({ from, to }) => [from, to])).toEqual([
    [1, 3],
    [4, 5],
  ]);
});

test('what was said is told in words, in any language', () => {
  const said = { values: { buying: 5 }, comment: 'so' };
  expect(saidFor(survey, said, reader('fr'))).toEqual({ label: 'Parfait', comment: 'so' });
  const best = followUpsAfter(survey, 5)[0]!;
  expect(labelOf(best, ['ease', 'price'], reader('es'))).toBe('Lo fácil que fue, El precio');
  const old: Survey = { ...survey, question: { ...survey.question, key: 'other' } };
  expect(saidFor(old, { values: {}, comment: null }, reader('en'))).toBeNull();
});
