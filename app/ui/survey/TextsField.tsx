import { TextField } from '@shopify/polaris';
import { inLanguage } from '../../feedback/edit-survey.ts';
import { languageName } from './surveyWords.ts';

interface TextsFieldProps {
  label: string;
  labelHidden?: boolean;
  texts: Record<string, string>;
  /** Which language is written. */
  language: string;
  most: number;
  lines?: number;
  help?: string;
  onChange: (texts: Record<string, string>) => void;
}

/** A text in the language that is written; what another language says stands in its place while it is empty. */
export function TextsField({
  label,
  labelHidden,
  texts,
  language,
  most,
  lines,
  help,
  onChange,
}: TextsFieldProps) {
  const [other] = Object.entries(texts).filter(([tag, text]) => tag !== language && text !== '');
  return (
    <TextField
      label={label}
      labelHidden={labelHidden ?? false}
      value={texts[language] ?? ''}
      onChange={(text) => onChange(inLanguage(texts, language, text))}
      maxLength={most}
      autoComplete="off"
      multiline={lines ?? false}
      {...(other ? { placeholder: `${languageName(other[0])}: ${other[1]}` } : {})}
      {...(help ? { helpText: help } : {})}
    />
  );
}
