import { useFetcher } from '@remix-run/react';
import { BlockStack, Button, ButtonGroup, Card, InlineStack, Text } from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';
import type { TemplateText } from '../messages/blocks.ts';
import type { Check } from '../messages/checks.ts';
import { MailChecks } from './MailChecks.tsx';

interface Shown {
  subject: string;
  /** Empty when it cannot be drawn; the checks say why. */
  html: string;
  checks: readonly Pick<Check, 'level' | 'code' | 'detail'>[];
}

interface MailPreviewProps {
  /** Of the saved text. */
  saved: Shown;
  /** What is being edited. */
  text: TemplateText;
  locale: string;
}

/** Milliseconds after the last change before the mail is drawn anew. */
const PAUSE = 400;
const WIDTHS = { phone: 375, desk: 640 } as const;

/** The mail as the customer will see it, a moment after every change. */
export function MailPreview({ saved, text, locale }: MailPreviewProps) {
  const [width, setWidth] = useState<keyof typeof WIDTHS>('phone');
  const fetcher = useFetcher<{ shown?: Shown }>();
  const { submit } = fetcher;
  const drawn = useRef(text);
  useEffect(() => {
    if (drawn.current === text) return undefined;
    const timer = setTimeout(() => {
      drawn.current = text;
      submit({ intent: 'preview', locale, text: JSON.stringify(text) }, { method: 'post' });
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [text, locale, submit]);
  const shown = fetcher.data?.shown ?? saved;
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
        <Text as="p" tone="subdued">
          As Ana sees it, who ordered an apron and two spoons. Both are invented.
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
