/** The first question and what follows from its answer. */
import { useEffect, useState } from 'preact/hooks';
import type { Buyer } from '../../shared/buyer.ts';
import { byOnePress, followUps, missing, toSend, type Answers, type AskView, type Value } from './answers.ts';
import { Choices } from './Choices.tsx';
import { Field } from './Field.tsx';
import type { Visit } from './visit.ts';

interface AskProps {
  view: AskView;
  draft: Answers;
  busy: boolean;
  t: Buyer['i18n']['translate'];
  visit: Visit;
}

export function Ask({ view, draft, busy, t, visit }: AskProps) {
  const [answers, setAnswers] = useState<Answers>(draft);
  const [unanswered, setUnanswered] = useState<string[]>([]);
  const { question } = view;
  const more = followUps(view, answers);
  const fields = byOnePress(question) ? more : [question, ...more];

  useEffect(() => {
    if (answers !== draft) visit.note(answers);
  }, [answers, draft, visit]);

  function fill(key: string, value: Value) {
    setAnswers((others) => ({ ...others, [key]: value }));
    setUnanswered((others) => others.filter((other) => other !== key));
  }

  function choose(value: number | string) {
    if (busy) return;
    // All choices again: what was sent stands until another one is pressed.
    if (value === answers[question.key]) return setAnswers({});
    const chosen = { [question.key]: value };
    setAnswers(chosen);
    if (followUps(view, chosen).length === 0) visit.answer(toSend([question], chosen));
    else visit.begin(toSend([question], chosen));
  }

  function submit() {
    const asked = [question, ...more];
    const open = missing(asked, answers);
    setUnanswered(open);
    if (open.length === 0 && !busy) visit.answer(toSend(asked, answers));
  }

  return (
    <s-stack gap="base">
      {byOnePress(question) && (
        <>
          <s-heading>{question.text}</s-heading>
          <Choices
            choices={question.kind === 'text' ? [] : question.options}
            chosen={answers[question.key] as number | string | undefined}
            busy={busy}
            onChoose={choose}
          />
        </>
      )}
      {fields.length > 0 && (
        <s-form onSubmit={submit}>
          <s-stack gap="base">
            {fields.map((field) => (
              <Field
                key={field.key}
                question={field}
                value={answers[field.key]}
                missing={unanswered.includes(field.key)}
                t={t}
                onChange={(value) => fill(field.key, value)}
              />
            ))}
            <s-stack direction="inline">
              <s-button type="submit" variant="primary" loading={busy}>
                {t('send')}
              </s-button>
            </s-stack>
          </s-stack>
        </s-form>
      )}
    </s-stack>
  );
}
