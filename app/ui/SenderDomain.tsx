import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Badge, BlockStack, Button, InlineStack, Text, TextField } from '@shopify/polaris';
import type { RecordVerdict } from '../messages/sender-domain.ts';

type Checked =
  | { outcome: 'judged'; domain: string; records: RecordVerdict[] }
  | { outcome: 'free-mail'; domain: string }
  | { outcome: 'no-domain' | 'ours' };

const STATES = {
  good: { tone: 'success', word: 'Good' },
  bad: { tone: 'critical', word: 'To be mended' },
  unknown: { tone: undefined, word: 'Not known' },
} as const;

/** Looks on demand whether mail servers will believe mails from the address that stands in the field. */
export function SenderDomain({ address }: { address: string }) {
  const { load, state, data } = useFetcher<Checked>();
  const check = () => load(`/app/sender-domain?${new URLSearchParams({ address })}`);
  return (
    <BlockStack gap="300">
      <InlineStack>
        <Button loading={state !== 'idle'} onClick={check}>
          Check the domain
        </Button>
      </InlineStack>
      <div aria-live="polite">{data && state === 'idle' ? <Result checked={data} /> : null}</div>
    </BlockStack>
  );
}

function Result({ checked }: { checked: Checked }) {
  switch (checked.outcome) {
    case 'no-domain':
      return <Text as="p">Write the whole address first, such as hello@your-shop.com.</Text>;
    case 'ours':
      return <Text as="p">Your mails come from our domain. There is nothing for you to set up.</Text>;
    case 'free-mail':
      return (
        <Text as="p" tone="critical">
          {`Nobody but ${checked.domain} itself can send as ${checked.domain}: such mails land in spam or nowhere. Use an address of your own domain, or leave the field empty, and let answers go to your ${checked.domain} address.`}
        </Text>
      );
    case 'judged':
      return (
        <BlockStack gap="400">
          {checked.records.map((record) => (
            <OneRecord key={record.kind} record={record} />
          ))}
        </BlockStack>
      );
  }
}

function OneRecord({ record: { kind, name, state, says, copy } }: { record: RecordVerdict }) {
  const shopify = useAppBridge();
  const { tone, word } = STATES[state];
  const label = kind.toUpperCase();
  const take = async (text: string) => {
    await navigator.clipboard.writeText(text);
    shopify.toast.show('Copied');
  };
  return (
    <BlockStack gap="100">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="headingSm">
          {label}
        </Text>
        <Badge {...(tone ? { tone } : {})}>{word}</Badge>
      </InlineStack>
      <Text as="p">{says}</Text>
      {copy === null ? (
        <Text as="p" tone="subdued" breakWord>
          {`TXT record at ${name}`}
        </Text>
      ) : (
        <TextField
          label={`TXT record for ${name}`}
          readOnly
          selectTextOnFocus
          monospaced
          autoComplete="off"
          value={copy}
          connectedRight={
            <Button accessibilityLabel={`Copy the ${label} record`} onClick={() => void take(copy)}>
              Copy
            </Button>
          }
        />
      )}
    </BlockStack>
  );
}
