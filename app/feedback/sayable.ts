/** What can be said in a survey, as conditions of sequences name it (the fact `customer.said`). */
import { valuesOf } from './question.ts';
import type { Survey } from './survey.ts';
import { labelOf, sayFor } from './survey-view.ts';

const reader = { locale: 'en', shopLocale: 'en' };

/** Each question as answered at all, and with each of its values. */
export function sayable(key: string, { questions }: Survey): { label: string; value: string }[] {
  return questions.flatMap((question) => {
    const text = sayFor(reader)(question.text);
    const name = `${key}.${question.key}`;
    const values = question.kind === 'ranking' ? [] : valuesOf(question);
    return [
      { label: `${text} · answered`, value: name },
      ...values.map((value) => ({
        label: `${text} · ${labelOf(question, value, reader)}`,
        value: `${name}=${value}`,
      })),
    ];
  });
}
