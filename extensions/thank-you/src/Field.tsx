/** One question of the follow-up. */
import type { BlockQuestion } from '../../../app/feedback/block.ts';
import { elementOf, type Buyer } from '../../shared/buyer.ts';
import type { Value } from './answers.ts';

interface FieldProps {
  question: BlockQuestion;
  value: Value | undefined;
  /** Required, and left empty at Send. */
  missing: boolean;
  t: Buyer['i18n']['translate'];
  onChange: (value: Value) => void;
}

export function Field({ question, value, missing, t, onChange }: FieldProps) {
  const label = question.required ? question.text : t('optional', { label: question.text });
  if (question.kind === 'text') {
    return (
      <s-text-area
        label={label}
        placeholder={question.placeholder}
        maxLength={question.maxLength}
        rows={2}
        value={String(value ?? '')}
        error={missing ? t('write') : undefined}
        onInput={(event) => onChange(elementOf<'s-text-area'>(event).value ?? '')}
      />
    );
  }
  const multiple = question.kind === 'choice' && question.multiple;
  const values = value === undefined ? [] : [value].flat().map(String);
  return (
    <s-choice-list
      label={label}
      name={question.key}
      variant="inline"
      multiple={multiple}
      values={values}
      error={missing ? t('choose') : undefined}
      onChange={(event) => {
        const chosen = elementOf<'s-choice-list'>(event).values ?? [];
        if (multiple) onChange(chosen);
        else onChange(question.kind === 'scale' ? Number(chosen[0]) : (chosen[0] ?? ''));
      }}
    >
      {question.options.map((option) => (
        <s-choice key={option.value} value={String(option.value)}>
          {option.label}
        </s-choice>
      ))}
    </s-choice-list>
  );
}
