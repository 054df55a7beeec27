/** One question as a field, whatever its kind. */
import type { BlockQuestion } from '../../../app/feedback/block.ts';
import { elementOf, type Buyer } from '../../shared/buyer.ts';
import type { Value } from './answers.ts';
import { Ranking } from './Ranking.tsx';

export interface FieldProps<Question = BlockQuestion> {
  question: Question;
  value: Value | undefined;
  /** Required, and left empty at Send. */
  missing: boolean;
  t: Buyer['i18n']['translate'];
  onChange: (value: Value) => void;
}

export function Field(props: FieldProps) {
  const { question, value, missing, t, onChange } = props;
  const label = question.required ? question.text : t('optional', { label: question.text });
  const error = missing ? t('choose') : undefined;
  const record = typeof value === 'object' && !Array.isArray(value) ? value : {};
  switch (question.kind) {
    case 'text':
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
    case 'date':
      return (
        <s-date-field
          label={label}
          value={String(value ?? '')}
          error={missing ? t('write') : undefined}
          onChange={(event) => onChange(elementOf<'s-date-field'>(event).value ?? '')}
        />
      );
    case 'ranking':
      return <Ranking {...props} question={question} label={label} />;
    case 'matrix':
      return (
        <Named label={label} error={error}>
          {question.rows.map((row) => (
            <List
              key={row.value}
              label={row.label}
              options={question.columns}
              values={chosenIn(record[row.value])}
              onChange={([column]) => onChange({ ...record, [row.value]: Number(column) })}
            />
          ))}
        </Named>
      );
    case 'contact':
      return (
        <Named label={label} error={error}>
          {question.parts.map(({ part, label: title, options }) => (
            <List
              key={part}
              label={title}
              options={options.map((option) => ({ ...option, value: option.value || ANY }))}
              values={record[part] === undefined ? [] : [String(record[part]) || ANY]}
              onChange={([wish = '']) => onChange({ ...record, [part]: wish === ANY ? '' : wish })}
            />
          ))}
        </Named>
      );
    case 'scale':
    case 'choice': {
      const multiple = question.kind === 'choice' && question.multiple;
      return (
        <List
          label={label}
          name={question.key}
          multiple={multiple}
          options={question.options}
          values={value === undefined ? [] : [value].flat().map(String)}
          error={error}
          onChange={(chosen) => {
            if (multiple) onChange(chosen);
            else onChange(question.kind === 'scale' ? Number(chosen[0]) : (chosen[0] ?? ''));
          }}
        />
      );
    }
  }
}

/** No element has an empty value. */
const ANY = 'any';

const chosenIn = (value: number | string | undefined) => (value === undefined ? [] : [String(value)]);

interface ListProps {
  label: string;
  name?: string;
  options: { value: number | string; label: string }[];
  values: string[];
  multiple?: boolean;
  error?: string | undefined;
  onChange: (values: string[]) => void;
}

function List({ label, name, options, values, multiple = false, error, onChange }: ListProps) {
  return (
    <s-choice-list
      label={label}
      {...(name && { name })}
      variant="inline"
      multiple={multiple}
      values={values}
      error={error}
      onChange={(event) => onChange(elementOf<'s-choice-list'>(event).values ?? [])}
    >
      {options.map((option) => (
        <s-choice key={option.value} value={String(option.value)}>
          {option.label}
        </s-choice>
      ))}
    </s-choice-list>
  );
}

/** Several fields that are one question. */
function Named({
  label,
  error,
  children,
}: {
  label: string;
  error: string | undefined;
  children: preact.ComponentChildren;
}) {
  return (
    <s-stack gap="small">
      <s-text type="strong">{label}</s-text>
      {children}
      {error && (
        <s-box accessibilityRole="alert">
          <s-text tone="critical">{error}</s-text>
        </s-box>
      )}
    </s-stack>
  );
}
