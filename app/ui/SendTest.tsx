import { useFetcher } from '@remix-run/react';
import { Button, Card, InlineStack, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { TemplateText } from '../messages/blocks.ts';
import { useToast } from './useToast.ts';

interface SendTestProps {
  template: string;
  /** Class of the message, which decides what stands under it. */
  kind: string;
  locale: string;
  text: TemplateText;
  email: string;
}

/** Sends the mail that is being edited to the merchant. */
export function SendTest({ template, kind, locale, text, email }: SendTestProps) {
  const [to, setTo] = useState(email);
  const fetcher = useFetcher<{ toast?: string; error?: string }>();
  useToast(fetcher.data?.toast);
  const send = () =>
    fetcher.submit(
      { template, class: kind, locale, to, text: JSON.stringify(text) },
      { method: 'post', action: '/app/send-test' },
    );
  return (
    <Card>
      <InlineStack gap="200" blockAlign="end">
        <TextField
          label="Send a test to myself"
          type="email"
          value={to}
          onChange={setTo}
          autoComplete="email"
          error={fetcher.data?.error}
        />
        <Button onClick={send} loading={fetcher.state !== 'idle'}>
          Send
        </Button>
      </InlineStack>
    </Card>
  );
}
