import { useFetcher } from '@remix-run/react';
import {
  Banner,
  BlockStack,
  Button,
  Card,
  FormLayout,
  InlineStack,
  Link,
  Text,
  TextField,
} from '@shopify/polaris';
import { memo, useState } from 'react';
import type { SocialAccountView } from '../correspondence/correspondence.server.ts';
import { troubleInWords } from './channelWords.ts';
import { moment } from './format.ts';
import { SettingsPart } from './SettingsPart.tsx';
import { useSaved } from './useSaved.ts';
import { useToast } from './useToast.ts';

type Dated = 'connectedAt' | 'troubleAt';
/** As the browser gets it: dates are texts. */
type Account = Omit<SocialAccountView, Dated> & Record<Dated, string | Date | null>;

interface ChannelsSectionProps {
  accounts: readonly Account[];
  zone: string;
  now: string;
}

/** The shop's own accounts where people speak of it: read every minute, and answered from the inbox. */
export const ChannelsSection = memo(function ChannelsSection({ accounts, zone, now }: ChannelsSectionProps) {
  const { submit, state, data } = useFetcher<{ toast?: string; error?: string; saved?: boolean }>();
  useToast(data?.toast);
  const busy = state !== 'idle';
  const post = (fields: Record<string, string>) =>
    submit({ network: 'mastodon', ...fields }, { method: 'post', action: '/app/channels' });
  const mastodon = accounts.find(({ network }) => network === 'mastodon');
  return (
    <SettingsPart
      id="channels"
      title="Channels"
      description="Where people speak of you. Mentions come into Conversations; your answers stand under them. Other networks can be told of by a program of yours."
    >
      <Card>
        <BlockStack gap="400">
          <Text as="h3" variant="headingSm">
            Mastodon
          </Text>
          {mastodon ? (
            <Connection
              account={mastodon}
              zone={zone}
              now={now}
              busy={busy}
              onDisconnect={() => post({ intent: 'disconnect' })}
            />
          ) : null}
          {!mastodon || mastodon.trouble === 'signed-out' || mastodon.trouble === 'may-not' ? (
            <Connect
              host={mastodon?.host ?? ''}
              busy={busy}
              error={busy ? undefined : data?.error}
              outcome={data}
              onConnect={(host, token) => post({ intent: 'connect', host, token })}
            />
          ) : null}
        </BlockStack>
      </Card>
    </SettingsPart>
  );
});

interface ConnectionProps extends Omit<ChannelsSectionProps, 'accounts'> {
  account: Account;
  busy: boolean;
  onDisconnect: () => void;
}

function Connection({ account, zone, now, busy, onDisconnect }: ConnectionProps) {
  const at = (date: string | Date) => moment(date, { locale: 'en', timeZone: zone, now });
  return (
    <BlockStack gap="300">
      {account.trouble ? (
        <Banner tone="warning" title={`Not read since ${at(account.troubleAt ?? account.connectedAt!)}`}>
          {troubleInWords(account.trouble)}
        </Banner>
      ) : null}
      <InlineStack align="space-between" blockAlign="center" gap="400" wrap={false}>
        <BlockStack gap="050">
          <Text as="p" breakWord>
            <Link url={account.url} target="_blank">
              {account.handle}
            </Link>
          </Text>
          <Text as="p" tone="subdued">
            {`Mentions since ${at(account.connectedAt!)} are in Conversations.`}
          </Text>
        </BlockStack>
        <Button disabled={busy} onClick={onDisconnect}>
          Disconnect
        </Button>
      </InlineStack>
    </BlockStack>
  );
}

interface ConnectProps {
  host: string;
  busy: boolean;
  error: string | undefined;
  outcome: { saved?: boolean } | undefined;
  onConnect: (host: string, token: string) => void;
}

function Connect({ host: known, busy, error, outcome, onConnect }: ConnectProps) {
  const [host, setHost] = useState(known);
  const [token, setToken] = useState('');
  useSaved(outcome, () => setToken(''));
  return (
    <FormLayout>
      <TextField
        label="Your server"
        placeholder="mastodon.social"
        autoComplete="off"
        maxLength={200}
        value={host}
        onChange={setHost}
        error={error}
      />
      <TextField
        label="Access token"
        type="password"
        autoComplete="off"
        maxLength={500}
        value={token}
        onChange={setToken}
        helpText="On your server under Preferences, Development, New application. Tick read:accounts, read:notifications, read:statuses and write:statuses. It is kept sealed."
      />
      <InlineStack>
        <Button
          loading={busy}
          disabled={host.trim() === '' || token.trim() === ''}
          onClick={() => onConnect(host, token)}
        >
          Connect
        </Button>
      </InlineStack>
    </FormLayout>
  );
}
