import { useAppBridge } from '@shopify/app-bridge-react';
import { Badge, Banner, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { PixelProblem, PixelStanding } from '../../referrals/pixel.ts';

/** Needed for a web pixel; see optional_scopes in shopify.app.toml. */
const SCOPES = ['write_pixels', 'read_customer_events'];

const STATES: Record<PixelStanding['state'], { label: string; tone?: 'success' | 'attention' }> = {
  off: { label: 'Off' },
  on: { label: 'On', tone: 'success' },
  'going-on': { label: 'Being switched on', tone: 'attention' },
  'going-off': { label: 'Being switched off', tone: 'attention' },
};

const PROBLEMS: Record<PixelProblem, string> = {
  'no-leave': 'Shopify says that the app may not: allow it, and try again.',
  'no-extension': 'Shopify has no pixel of this app yet. It comes with the next version of the app.',
  refused: 'Shopify did not take it. Try again; if it stays so, write to us.',
};

interface RememberLinksProps {
  pixel: PixelStanding;
  busy: boolean;
  onSwitch: (on: boolean) => void;
}

/** The switch of the web pixel, with what it does and what it leaves alone. */
export function RememberLinks({ pixel, busy, onSwitch }: RememberLinksProps) {
  const shopify = useAppBridge();
  const [isDeclined, setDeclined] = useState(false);
  const { label, tone } = STATES[pixel.state];
  const isOn = pixel.state === 'on' || pixel.state === 'going-on';
  const ask = async () => {
    const { detail } = await shopify.scopes.request(SCOPES);
    const isAllowed = SCOPES.every((scope) => detail.granted.includes(scope));
    setDeclined(!isAllowed);
    if (isAllowed) onSwitch(true);
  };
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="400">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd">
              Remember a friend’s link for 30 days
            </Text>
            <Badge {...(tone ? { tone } : {})}>{label}</Badge>
          </InlineStack>
          {isOn && pixel.problem === null ? (
            <Button disabled={busy} onClick={() => onSwitch(false)}>
              Switch off
            </Button>
          ) : (
            <Button variant="primary" disabled={busy} onClick={() => void ask()}>
              {isOn ? 'Try again' : 'Switch on'}
            </Button>
          )}
        </InlineStack>
        {isDeclined ? (
          <Banner tone="warning">
            <p>Without this leave of yours links are not remembered. Nothing was changed.</p>
          </Banner>
        ) : null}
        {pixel.problem ? (
          <Banner tone="critical">
            <p>{PROBLEMS[pixel.problem]}</p>
          </Banner>
        ) : null}
        <Text as="p">
          A friend opens the link, thinks it over and comes back in a fortnight without the code. With this
          their order still counts: a web pixel of Shopify’s keeps the link in their browser, and tells us by
          which one an order came.
        </Text>
        <Text as="p" tone="subdued">
          Only with your visitor’s consent to analytics and marketing: without it Shopify does not run the
          pixel. It is told nothing about the person, and some browsers forget after a week.
        </Text>
      </BlockStack>
    </Card>
  );
}
