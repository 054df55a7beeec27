import { Banner, List } from '@shopify/polaris';
import type { Check } from '../messages/checks.ts';
import { checkInWords } from './checkWords.ts';

interface MailChecksProps {
  checks: readonly Pick<Check, 'level' | 'code' | 'detail'>[];
}

/** What keeps a mail from being sent, and what is worth a second look. */
export function MailChecks({ checks }: MailChecksProps) {
  const said = (level: Check['level']) => [
    ...new Set(checks.filter((check) => check.level === level).map(checkInWords)),
  ];
  const [errors, warnings] = [said('error'), said('warning')];
  return (
    <>
      <Sentences tone="critical" title="This mail could not be sent as it is" sentences={errors} />
      <Sentences tone="warning" title="Worth a second look" sentences={warnings} />
    </>
  );
}

interface SentencesProps {
  tone: 'critical' | 'warning';
  title: string;
  sentences: readonly string[];
}

/** A notice with a list; nothing without sentences. */
export function Sentences({ tone, title, sentences }: SentencesProps) {
  if (sentences.length === 0) return null;
  return (
    <Banner tone={tone} title={title}>
      <List>
        {sentences.map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
    </Banner>
  );
}
