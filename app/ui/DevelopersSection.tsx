import { useFetcher } from '@remix-run/react';
import {
  Badge,
  Banner,
  BlockStack,
  Button,
  Card,
  InlineStack,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { memo, useState } from 'react';
import type { TokenScope } from '../shops/api-token.ts';
import { moment } from './format.ts';
import { SettingsPart } from './SettingsPart.tsx';
import { useToast } from './useToast.ts';

interface Token {
  id: string;
  name: string;
  scope: TokenScope;
  createdAt: string | Date;
  lastUsedAt: string | Date | null;
}

interface DevelopersSectionProps {
  tokens: readonly Token[];
  zone: string;
  now: string;
}

const SCOPES = [
  { label: 'Read: check, compare, pull, simulate', value: 'read' },
  { label: 'Read and write: push as well', value: 'write' },
];

/** Tokens by which the merchant's own programs ask: made, shown once, revoked. */
export const DevelopersSection = memo(function DevelopersSection({
  tokens,
  zone,
  now,
}: DevelopersSectionProps) {
  const { submit, state, data } = useFetcher<{ token?: string; error?: string; toast?: string }>();
  const [name, setName] = useState('');
  const [scope, setScope] = useState<TokenScope>('read');
  useToast(data?.toast);
  const busy = state !== 'idle';
  const post = (fields: Record<string, string>) => submit(fields, { method: 'post', action: '/app/tokens' });
  return (
    <SettingsPart
      id="developers"
      title="Developers"
      description="Your own programs, such as “npm run sequences”, ask with a token. Every use is kept in the access log."
    >
      <Card>
        <BlockStack gap="400">
          <Tokens
            tokens={tokens}
            zone={zone}
            now={now}
            busy={busy}
            onRevoke={(id) => post({ intent: 'revoke', id })}
          />
          {data?.token && !busy ? <Shown token={data.token} /> : null}
          <TextField
            label="What a new token is for"
            placeholder="Continuous integration"
            autoComplete="off"
            maxLength={60}
            value={name}
            onChange={setName}
            error={busy ? undefined : data?.error}
          />
          <Select
            label="What it may do"
            options={SCOPES}
            value={scope}
            onChange={(value) => setScope(value as TokenScope)}
          />
          <InlineStack>
            <Button loading={busy} onClick={() => post({ intent: 'make', name, scope })}>
              Make a token
            </Button>
          </InlineStack>
        </BlockStack>
      </Card>
    </SettingsPart>
  );
});

function Shown({ token }: { token: string }) {
  return (
    <BlockStack gap="200">
      <Banner tone="warning" title="Copy it now: it is not shown again" />
      <TextField
        label="Token"
        labelHidden
        readOnly
        selectTextOnFocus
        monospaced
        autoComplete="off"
        value={token}
      />
    </BlockStack>
  );
}

interface TokensProps extends DevelopersSectionProps {
  busy: boolean;
  onRevoke: (id: string) => void;
}

function Tokens({ tokens, zone, now, busy, onRevoke }: TokensProps) {
  const at = (date: string | Date) => moment(date, { locale: 'en', timeZone: zone, now });
  if (tokens.length === 0)
    return (
      <Text as="p" tone="subdued">
        There are no tokens.
      </Text>
    );
  return tokens.map(({ id, name, scope, createdAt, lastUsedAt }) => (
    <InlineStack key={id} align="space-between" blockAlign="center" gap="400" wrap={false}>
      <BlockStack gap="050">
        <InlineStack gap="200" blockAlign="center">
          <Text as="p" breakWord>
            {name}
          </Text>
          <Badge>{scope === 'write' ? 'Reads and writes' : 'Reads'}</Badge>
        </InlineStack>
        <Text as="p" tone="subdued">
          {`Made ${at(createdAt)}. ${lastUsedAt ? `Last used ${at(lastUsedAt)}.` : 'Never used.'}`}
        </Text>
      </BlockStack>
      <Button
        tone="critical"
        disabled={busy}
        accessibilityLabel={`Revoke ${name}`}
        onClick={() => onRevoke(id)}
      >
        Revoke
      </Button>
    </InlineStack>
  ));
}
