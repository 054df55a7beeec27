import { BlockStack, Checkbox, InlineGrid, Select, TextField } from '@shopify/polaris';
import { LENGTHS, type Of, type Question, type QuestionKind } from '../../feedback/question.ts';
import { OptionRows } from './OptionRows.tsx';
import { TextsField } from './TextsField.tsx';

interface QuestionFieldsProps {
  question: Question;
  language: string;
  onChange: (question: Question, about: string) => void;
}

type FieldsOf<Kind extends QuestionKind> = Omit<QuestionFieldsProps, 'question'> & { question: Of<Kind> };

/** What a question says, and what its kind needs. */
export function QuestionFields({ question, language, onChange }: QuestionFieldsProps) {
  const about = (field: string) => `${question.key} ${field} ${language}`;
  return (
    <BlockStack gap="300">
      <TextsField
        label="Question"
        texts={question.text}
        language={language}
        most={LENGTHS.question}
        onChange={(text) => onChange({ ...question, text }, about('text'))}
      />
      <TextsField
        label="A sentence under it"
        texts={question.help}
        language={language}
        most={LENGTHS.help}
        onChange={(help) => onChange({ ...question, help }, about('help'))}
      />
      <KindFields question={question} language={language} onChange={onChange} />
      <Checkbox
        label="Has to be answered"
        checked={question.required}
        onChange={(required) => onChange({ ...question, required }, about('required'))}
      />
    </BlockStack>
  );
}

function KindFields({ question, language, onChange }: QuestionFieldsProps) {
  const about = (field: string) => `${question.key} ${field} ${language}`;
  switch (question.kind) {
    case 'scale':
      return (
        <>
          <Select
            label="What it measures"
            options={[
              { label: 'Something of your own', value: 'words' },
              { label: 'Satisfaction (CSAT)', value: 'csat' },
              { label: 'Effort (CES)', value: 'ces' },
            ]}
            value={question.as}
            onChange={(as) => onChange({ ...question, as: as as typeof question.as }, about('as'))}
          />
          <OptionRows
            label="Steps, the worst first"
            kind="step"
            options={question.options}
            language={language}
            most={11}
            onChange={(options) => onChange({ ...question, options }, about('options'))}
          />
        </>
      );
    case 'nps':
      return (
        <InlineGrid columns={2} gap="300">
          <TextsField
            label="What 0 means"
            texts={question.low}
            language={language}
            most={LENGTHS.label}
            onChange={(low) => onChange({ ...question, low }, about('low'))}
          />
          <TextsField
            label="What 10 means"
            texts={question.high}
            language={language}
            most={LENGTHS.label}
            onChange={(high) => onChange({ ...question, high }, about('high'))}
          />
        </InlineGrid>
      );
    case 'choice':
      return (
        <>
          <OptionRows
            label="Choices"
            kind="choice"
            options={question.options}
            language={language}
            most={20}
            onChange={(options) => onChange({ ...question, options }, about('options'))}
          />
          <Checkbox
            label="Several may be chosen"
            checked={question.multiple}
            onChange={(multiple) => onChange({ ...question, multiple }, about('multiple'))}
          />
          <Checkbox
            label="It asks how they heard of you"
            checked={question.as === 'attribution'}
            onChange={(is) => onChange({ ...question, as: is ? 'attribution' : 'plain' }, about('as'))}
          />
        </>
      );
    case 'ranking':
      return (
        <OptionRows
          label="What is put in order"
          kind="choice"
          options={question.options}
          language={language}
          most={8}
          onChange={(options) => onChange({ ...question, options }, about('options'))}
        />
      );
    case 'matrix':
      return <MatrixFields question={question} language={language} onChange={onChange} />;
    case 'text':
      return <WordsFields question={question} language={language} onChange={onChange} />;
    case 'stars':
    case 'date':
    case 'contact':
      return null;
  }
}

function MatrixFields({ question, language, onChange }: FieldsOf<'matrix'>) {
  const about = (field: string) => `${question.key} ${field} ${language}`;
  return (
    <>
      <OptionRows
        label="Rows: what is asked about"
        kind="row"
        options={question.rows}
        language={language}
        most={8}
        onChange={(rows) => onChange({ ...question, rows }, about('rows'))}
      />
      <OptionRows
        label="Steps of each row, the worst first"
        kind="step"
        options={question.columns}
        language={language}
        most={7}
        onChange={(columns) => onChange({ ...question, columns }, about('columns'))}
      />
    </>
  );
}

function WordsFields({ question, language, onChange }: FieldsOf<'text'>) {
  const about = (field: string) => `${question.key} ${field} ${language}`;
  return (
    <InlineGrid columns={2} gap="300">
      <TextsField
        label="In the empty field"
        texts={question.placeholder}
        language={language}
        most={80}
        onChange={(placeholder) => onChange({ ...question, placeholder }, about('placeholder'))}
      />
      <TextField
        label="Letters at most"
        type="number"
        min={1}
        max={LENGTHS.words}
        autoComplete="off"
        value={String(question.maxLength)}
        onChange={(text) => {
          const maxLength = Math.min(Math.max(1, Math.round(Number(text) || 1)), LENGTHS.words);
          onChange({ ...question, maxLength }, about('maxLength'));
        }}
      />
    </InlineGrid>
  );
}
