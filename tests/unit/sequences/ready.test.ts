import { expect, test } from 'vitest';
import { checkText } from '../../../app/messages/checks.ts';
import { parsePlan } from '../../../app/sequences/plan.ts';
import { policyProblems } from '../../../app/sequences/policy.ts';
import { READY_SEQUENCES, templatesFor } from '../../../app/sequences/ready/ready.ts';
import { READY_WORDS } from '../../../app/ui/readyWords.ts';
import { MAIL_LOCALES } from '../../../app/shops/settings.ts';

test('there are thirteen, each with a key and a name of its own', () => {
  expect(new Set(READY_SEQUENCES.map(({ key }) => key)).size).toBe(13);
  expect(new Set(READY_SEQUENCES.map(({ name }) => name)).size).toBe(13);
});

test.each(READY_SEQUENCES.map((ready) => [ready.key, ready] as const))(
  '%s could be published as it is, in every language',
  (_, ready) => {
    const parsed = parsePlan(ready.plan);
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
    const texts = templatesFor(ready);
    expect(policyProblems(parsed.plan, texts)).toEqual([]);
    const sent = new Set(
      parsed.plan.steps.flatMap((step) => (step.kind === 'message' ? [step.template] : [])),
    );
    expect(texts.map(({ key, locale }) => `${key} ${locale}`).sort()).toEqual(
      [...sent].flatMap((key) => MAIL_LOCALES.map((locale) => `${key} ${locale}`)).sort(),
    );
    for (const { text } of texts) expect(checkText(text)).toEqual([]);
  },
);

test('what is offered is what there is, under the same names and each with its promise', () => {
  expect(READY_WORDS.map(({ key, name }) => [key, name])).toEqual(
    READY_SEQUENCES.map(({ key, name }) => [key, name]),
  );
  for (const { promise } of READY_WORDS) expect(promise).not.toBe('');
});
