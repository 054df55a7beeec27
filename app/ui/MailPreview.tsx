import { useFetcher } from '@remix-run/react';
import { BlockStack, Button, ButtonGroup, Card, InlineStack, Text } from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';
import type { TemplateText } from '../messages/blocks.ts';
import type { Check } from '../messages/checks.ts';
import { CustomerPicker } from './CustomerPicker.tsx';
import { MailChecks } from './MailChecks.tsx';

interface Shown {
  subject: string;
  /** Empty when it cannot be drawn; the checks say why. */
  html: string;
  checks: readonly Pick<Check, 'level' | 'code' | 'detail'>[];
}

interface Reader {
  id: string;
  name: string | null;
  locale: string | null;
}

interface MailPreviewProps {
  saved: { text: TemplateText; shown: Shown };
  /** What is being edited. */
  text: TemplateText;
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

/** Milliseconds after the last change before the mail is drawn anew. */
const PAUSE = 400;
const WIDTHS = { phone: 375, desk: 640 } as const;

/** The mail as the customer will see it, a moment after every change. */
export function MailPreview({ saved, text, locale, person, onPerson }: MailPreviewProps) {
  const [width, setWidth] = useState<keyof typeof WIDTHS>('phone');
  const fetcher = useFetcher<{ shown?: Shown }>();
  const { submit } = fetcher;
  const drawn = useRef(saved.text);
  const customer = person?.id ?? '';
  useEffect(() => {
    if (drawn.current === text) return undefined;
    const timer = setTimeout(() => {
      drawn.current = text;
      submit({ intent: 'preview', locale, customer, text: JSON.stringify(text) }, { method: 'post' });
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [text, locale, customer, submit]);
  const shown = fetcher.data?.shown ?? saved.shown;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingSm">
            {shown.subject}
          </Text>
          <ButtonGroup variant="segmented">
            <Button pressed={width === 'phone'} onClick={() => setWidth('phone')}>
              Phone
            </Button>
            <Button pressed={width === 'desk'} onClick={() => setWidth('desk')}>
              Desk
            </Button>
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
        <MailChecks checks={shown.checks} />
        {shown.html ? (
          <div
            style={{ overflow: 'auto', background: 'var(--p-color-bg-surface-secondary)', borderRadius: 8 }}
          >
            <iframe
              title="The mail as the customer sees it"
              sandbox=""
              srcDoc={shown.html}
              style={{
                display: 'block',
                width: WIDTHS[width],
                maxWidth: '100%',
                height: 720,
                margin: '0 auto',
                border: 0,
                background: '#fff',
              }}
            />
          </div>
        ) : null}
      </BlockStack>
    </Card>
  );
}
