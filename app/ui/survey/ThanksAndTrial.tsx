import { BlockStack, Card, Checkbox, Select, Text } from '@shopify/polaris';
import { LENGTHS } from '../../feedback/question.ts';
import type { Survey, Tone } from '../../feedback/survey.ts';
import { sayFor } from '../../feedback/survey-view.ts';
import { TextsField } from './TextsField.tsx';

interface PartProps {
  survey: Survey;
  language: string;
  onChange: (survey: Survey, about: string) => void;
}

const TONES: Record<Tone, string> = {
  glad: 'After a good answer',
  neutral: 'After an answer in between, or without a score',
  sorry: 'After a poor answer: celebrate nothing, ask no favour',
};

/** What is said at the end, by how it was answered. */
export function ThanksCard({ survey, language, onChange }: PartProps) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Thanks
        </Text>
        {(Object.keys(TONES) as Tone[]).map((tone) => (
          <TextsField
            key={tone}
            label={TONES[tone]}
            texts={survey.thanks[tone]}
            language={language}
            most={LENGTHS.thanks}
            lines={2}
            onChange={(texts) =>
              onChange(
                { ...survey, thanks: { ...survey.thanks, [tone]: texts } },
                `thanks ${tone} ${language}`,
              )
            }
          />
        ))}
      </BlockStack>
    </Card>
  );
}

/** Another wording of one question, tried beside the first. */
export function TrialCard({ survey, language, onChange }: PartProps) {
  const { trial, questions } = survey;
  const [first] = questions;
  const say = sayFor({ locale: language, shopLocale: language });
  if (!first) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Try another wording
        </Text>
        <Checkbox
          label="Show half of the customers another wording of one question"
          helpText="Each customer keeps the wording they have seen. What came of it stands on the Feedback page."
          checked={trial !== null}
          onChange={(on) =>
            onChange({ ...survey, trial: on ? { question: first.key, text: {} } : null }, 'trial')
          }
        />
        {trial ? (
          <>
            <Select
              label="Which question"
              options={questions.map(({ key, text }) => ({ label: say(text) || key, value: key }))}
              value={trial.question}
              onChange={(question) => onChange({ ...survey, trial: { ...trial, question } }, 'trial')}
            />
            <TextsField
              label="The other wording"
              texts={trial.text}
              language={language}
              most={LENGTHS.question}
              onChange={(text) => onChange({ ...survey, trial: { ...trial, text } }, `trial ${language}`)}
            />
          </>
        ) : null}
      </BlockStack>
    </Card>
  );
}
