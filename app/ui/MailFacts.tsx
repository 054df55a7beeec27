import { Badge, BlockStack, Card, InlineStack, Text } from '@shopify/polaris';
import type { TemplateText } from '../messages/blocks.ts';
import { MOST_BYTES, type Check } from '../messages/checks.ts';
import { wordCount } from '../messages/spam-hints.ts';
import { checkInWords } from './checkWords.ts';
import type { ShownMail } from './useShownMail.ts';

interface MailFactsProps {
  shown: ShownMail;
  text: TemplateText;
  /** Class of the message: what is about the order has no link to unsubscribe. */
  kind: string;
}

interface Fact {
  label: string;
  value: string;
  /** Can be said only of a mail that could be drawn. */
  drawn?: boolean;
  codes: readonly Check['code'][];
}

/** What is looked at, each with how it stands: the errors that keep the mail back, then what is worth a second look. */
export function MailFacts({ shown, text, kind }: MailFactsProps) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          Checks
        </Text>
        <BlockStack gap="200" as="ul">
          {factsOf({ shown, text, kind }).map((fact) => (
            <FactLine key={fact.label} fact={fact} shown={shown} />
          ))}
        </BlockStack>
      </BlockStack>
    </Card>
  );
}

function FactLine({ fact: { label, value, codes, drawn }, shown }: { fact: Fact; shown: ShownMail }) {
  const isKnown = !drawn || shown.html !== '';
  const found = shown.checks.filter(({ code }) => codes.includes(code));
  const isError = found.some(({ level }) => level === 'error');
  const said = [...new Set(found.map(checkInWords))];
  return (
    <li style={{ listStyle: 'none' }}>
      <BlockStack gap="050">
        <InlineStack gap="200" align="space-between" blockAlign="center" wrap={false}>
          <Text as="span">
            {label}
            {value ? <Text as="span" tone="subdued">{` · ${value}`}</Text> : null}
          </Text>
          {said.length > 0 ? (
            <Badge tone={isError ? 'critical' : 'warning'}>{isError ? 'Mend it' : 'Look again'}</Badge>
          ) : (
            <Badge {...(isKnown ? { tone: 'success' as const } : {})}>
              {isKnown ? 'Good' : 'Not known yet'}
            </Badge>
          )}
        </InlineStack>
        {said.map((sentence) => (
          <Text key={sentence} as="p" tone={isError ? 'critical' : 'subdued'}>
            {sentence}
          </Text>
        ))}
      </BlockStack>
    </li>
  );
}

/** Words read in a minute. */
const PACE = 200;

function factsOf({ shown, text, kind }: MailFactsProps): Fact[] {
  const words = wordCount(text);
  const weight = Math.ceil(new TextEncoder().encode(shown.html).length / 1024);
  const links = shown.html.match(/<a\s/g)?.length ?? 0;
  const seconds = Math.max(5, Math.round((words / PACE) * 12) * 5);
  return [
    {
      label: 'Languages',
      value: '',
      codes: ['missing-translation'],
    },
    {
      label: 'Subject',
      value: `${shown.subject.length} of 60 letters`,
      codes: ['long-subject', 'no-preheader'],
    },
    {
      label: 'Length',
      value: `${words} words, ${seconds} seconds`,
      codes: ['long-mail', 'only-pictures', 'empty'],
    },
    {
      label: 'Links',
      value: shown.html ? String(links) : '',
      codes: ['missing-link', 'two-buttons'],
      drawn: true,
    },
    { label: 'Pictures', value: '', codes: ['missing-alt'] },
    { label: 'What is filled in', value: '', codes: ['liquid', 'unknown-field', 'no-fallback'] },
    {
      label: 'Way out',
      value: kind === 'service' ? 'preferences, for it is about the order' : 'in the foot and in the header',
      codes: ['no-unsubscribe'],
      drawn: true,
    },
    {
      label: 'Weight',
      value: shown.html ? `${weight} of ${MOST_BYTES / 1024} KB` : '',
      codes: ['too-large'],
    },
    {
      label: 'Spam filters',
      value: '',
      codes: ['shouting', 'wary-words', 'exclamations', 'short-link', 'other-address'],
    },
  ];
}
