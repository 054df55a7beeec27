import { BlockStack, Button, ButtonGroup, Card, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { CustomerPicker } from './CustomerPicker.tsx';
import type { ShownMail } from './useShownMail.ts';

export interface Reader {
  id: string;
  name: string | null;
  locale: string | null;
}

interface MailPreviewProps {
  shown: ShownMail;
  /** What is shown is not yet what has been written. */
  isBehind: boolean;
  locale: string;
  /** Whose data is shown; null: an invented customer's. */
  person: Reader | null;
  onPerson: (id: string) => void;
}

const languages = new Intl.DisplayNames('en', { type: 'language' });

/** Whose eyes the mail is seen with, and in which language. */
function asSeenBy(person: Reader | null, locale: string): string {
  if (!person) return 'As Ana sees it, who ordered an apron and two spoons. Both are invented.';
  const own = person.locale?.split('-')[0];
  const theirs = own && own !== locale ? ` Their own language is ${languages.of(own)}.` : '';
  return `As ${person.name ?? 'a customer without a name'} sees it, in ${languages.of(locale)}.${theirs} What is not known of them yet, such as a code, is invented.`;
}

const VIEWS = [
  { name: 'phone', label: 'Phone', width: 375 },
  { name: 'desk', label: 'Desk', width: 640 },
  { name: 'text', label: 'Plain text', width: 0 },
] as const;

/** The mail as the customer will see it: on a phone, at a desk, and where no pictures and no HTML are shown. */
export function MailPreview({ shown, isBehind, locale, person, onPerson }: MailPreviewProps) {
  const [view, setView] = useState<(typeof VIEWS)[number]>(VIEWS[0]);
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingSm">
            {shown.subject}
          </Text>
          <ButtonGroup variant="segmented">
            {VIEWS.map((each) => (
              <Button key={each.name} pressed={each === view} onClick={() => setView(each)}>
                {each.label}
              </Button>
            ))}
          </ButtonGroup>
        </InlineStack>
        {person ? (
          <CustomerPicker
            label="Shown with the data of"
            person={{ id: person.id, name: person.name ?? 'No name' }}
            onPick={({ id }) => onPerson(id)}
          />
        ) : null}
        <Text as="p" tone="subdued">
          {asSeenBy(person, locale)}
        </Text>
        <div aria-busy={isBehind} style={isBehind ? BEHIND : undefined}>
          {shown.html && view.name === 'text' ? <PlainText text={shown.text} /> : null}
          {shown.html && view.name !== 'text' ? <Drawn html={shown.html} width={view.width} /> : null}
        </div>
      </BlockStack>
    </Card>
  );
}

/** Paler, once it takes longer than anybody waits for. */
const BEHIND = { opacity: 0.5, transition: 'opacity 200ms 800ms' };

function Drawn({ html, width }: { html: string; width: number }) {
  return (
    <div style={{ overflow: 'auto', background: 'var(--p-color-bg-surface-secondary)', borderRadius: 8 }}>
      <iframe
        title="The mail as the customer sees it"
        sandbox=""
        srcDoc={html}
        style={{
          display: 'block',
          width,
          maxWidth: '100%',
          height: 720,
          margin: '0 auto',
          border: 0,
          background: '#fff',
        }}
      />
    </div>
  );
}

function PlainText({ text }: { text: string }) {
  return (
    <pre
      style={{
        margin: 0,
        padding: 16,
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
        fontFamily: 'var(--p-font-family-mono)',
        fontSize: 13,
        lineHeight: '20px',
        background: 'var(--p-color-bg-surface-secondary)',
        borderRadius: 8,
      }}
    >
      {text}
    </pre>
  );
}
