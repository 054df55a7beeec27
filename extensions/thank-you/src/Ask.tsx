/** A survey, one question at a time. What one press answers goes on at once, the rest with Send. */
import { useEffect, useState } from 'preact/hooks';
import type { BlockQuestion } from '../../../app/feedback/block.ts';
import type { Buyer } from '../../shared/buyer.ts';
import {
  asked,
  byOnePress,
  missing,
  screens,
  toSend,
  type Answers,
  type AskView,
  type Value,
} from './answers.ts';
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
  const [at, setAt] = useState(() => firstOpen(view, draft));
  const [unanswered, setUnanswered] = useState<string[]>([]);
  const all = screens(view, answers);
  const index = Math.min(at, all.length - 1);
  const shown = all[index] ?? [];
  const lead = index <= 1 && view.questions[0] && byOnePress(view.questions[0]) ? view.questions[0] : null;

  useEffect(() => {
    if (answers !== draft) visit.note(answers);
  }, [answers, draft, visit]);

  function fill(key: string, value: Value) {
    setAnswers((others) => ({ ...others, [key]: value }));
    setUnanswered((others) => others.filter((other) => other !== key));
  }

  /** Sends what is there, and shows what comes after screen `from`, if anything does. */
  function goOn(given: Answers, from: number) {
    const said = toSend(asked(view, given), given);
    const hasMore = from + 1 < screens(view, given).length;
    if (!hasMore) return visit.answer(said);
    visit.begin(said);
    setAt(from + 1);
  }

  function choose(question: BlockQuestion, value: number | string, from: number) {
    if (busy) return;
    // The first one again: what was sent stands until another one is pressed.
    if (from === 0 && value === answers[question.key]) {
      setAnswers({});
      return setAt(0);
    }
    // Another first answer leads elsewhere: what was said after the old one is not said of it.
    const chosen = from === 0 ? { [question.key]: value } : { ...answers, [question.key]: value };
    setAnswers(chosen);
    goOn(chosen, from);
  }

  function submit() {
    const open = missing(shown, answers);
    setUnanswered(open);
    if (open.length === 0 && !busy) goOn(answers, index);
  }

  const [only] = shown;
  const isPress = index > 1 && shown.length === 1 && only !== undefined && byOnePress(only) && only.required;
  const fields = isPress || (lead && index === 0) ? [] : shown;
  return (
    <s-stack gap="base">
      {lead && (
        <Pressed question={lead} answers={answers} busy={busy} onChoose={(value) => choose(lead, value, 0)} />
      )}
      {isPress && (
        <Pressed
          question={only}
          answers={answers}
          busy={busy}
          onChoose={(value) => choose(only, value, index)}
        />
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
            <s-stack direction="inline" gap="base">
              <s-button type="submit" variant="primary" loading={busy}>
                {t('send')}
              </s-button>
              {index > 1 && <Back t={t} onBack={() => setAt(index - 1)} />}
            </s-stack>
          </s-stack>
        </s-form>
      )}
      {isPress && <Back t={t} onBack={() => setAt(index - 1)} />}
    </s-stack>
  );
}

function Back({ t, onBack }: { t: Buyer['i18n']['translate']; onBack: () => void }) {
  return <s-link onClick={onBack}>{t('back')}</s-link>;
}

/** Where whoever comes back goes on: the first screen that is not answered. */
function firstOpen(view: AskView, draft: Answers): number {
  const all = screens(view, draft);
  const open = all.findIndex((screen) => screen.every(({ key }) => draft[key] === undefined));
  return open < 0 ? Math.max(0, all.length - 1) : Math.max(0, hasDraftAt(all, draft, open) ? open - 1 : open);
}

/** What was filled in and not sent stands on the screen before the first empty one; the first screen is sent at once. */
const hasDraftAt = (all: BlockQuestion[][], draft: Answers, open: number): boolean =>
  open > 1 && all[open - 1]!.some(({ key }) => draft[key] !== undefined);

interface PressedProps {
  question: BlockQuestion;
  answers: Answers;
  busy: boolean;
  onChoose: (value: number | string) => void;
}

/** A question that is answered by one press. */
function Pressed({ question, answers, busy, onChoose }: PressedProps) {
  if (question.kind !== 'scale' && question.kind !== 'choice') return null;
  return (
    <>
      <s-heading>{question.text}</s-heading>
      {question.help && <s-text color="subdued">{question.help}</s-text>}
      <Choices
        choices={question.options}
        look={question.kind === 'scale' ? question.look : 'words'}
        chosen={answers[question.key] as number | string | undefined}
        busy={busy}
        onChoose={onChoose}
      />
      {question.kind === 'scale' && question.look === 'numbers' && (
        <s-stack direction="inline" justifyContent="space-between">
          <s-text color="subdued">{question.low}</s-text>
          <s-text color="subdued">{question.high}</s-text>
        </s-stack>
      )}
    </>
  );
}
