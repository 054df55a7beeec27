import { useFetcher } from '@remix-run/react';
import { BlockStack, Box, Button, Card, Icon, InlineStack, Link, ProgressBar, Text } from '@shopify/polaris';
import { CheckCircleIcon, XIcon } from '@shopify/polaris-icons';

interface SetupGuideProps {
  setup: { sender: boolean; brand: boolean; sequences: boolean; block: boolean };
}

const STEPS = [
  {
    key: 'sender',
    title: 'Say who your mails come from',
    why: 'A name that customers know, and the address that the law wants.',
    url: '/app/settings?section=sender',
  },
  {
    key: 'brand',
    title: 'Make them look like you',
    why: 'Your logo, your colour, and how you sign.',
    url: '/app/settings?section=brand',
  },
  {
    key: 'sequences',
    title: 'Look over the six sequences that run',
    why: 'From the thank-you to the hello after a long while. Switch off what you do not want.',
    url: '/app/sequences',
  },
  {
    key: 'block',
    title: 'Put the question on your thank-you page',
    why: 'Place the block in the checkout editor; it works as it is.',
    url: 'shopify://admin/settings/checkout/editor?page=thank-you',
  },
] as const;

/** What is left to be set up; can be put away for good. */
export function SetupGuide({ setup }: SetupGuideProps) {
  const fetcher = useFetcher();
  const done = STEPS.filter((step) => setup[step.key]).length;
  if (fetcher.state !== 'idle' || fetcher.data) return null;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Setup
          </Text>
          <fetcher.Form method="post">
            <input type="hidden" name="intent" value="dismiss-setup" />
            <Button submit icon={XIcon} variant="tertiary" accessibilityLabel="Put the setup away" />
          </fetcher.Form>
        </InlineStack>
        <Text as="p" id="setup-progress" tone="subdued">{`${done} of ${STEPS.length} steps done`}</Text>
        <ProgressBar
          progress={(done / STEPS.length) * 100}
          size="small"
          tone="primary"
          ariaLabelledBy="setup-progress"
        />
        {STEPS.map((step) => (
          <InlineStack key={step.key} gap="300" blockAlign="start" wrap={false}>
            <Box minWidth="20px">
              {setup[step.key] ? (
                <Icon source={CheckCircleIcon} tone="success" accessibilityLabel="Done" />
              ) : (
                <div
                  aria-hidden="true"
                  style={{ width: 16, height: 16, margin: 2, borderRadius: 8, border: '2px dashed #b5b5b5' }}
                />
              )}
            </Box>
            <BlockStack gap="050">
              <Link
                url={step.url}
                removeUnderline
                monochrome={setup[step.key]}
                {...(step.url.startsWith('shopify:') ? { target: '_top' } : {})}
              >
                {step.title}
              </Link>
              <Text as="p" tone="subdued" variant="bodySm">
                {step.why}
              </Text>
            </BlockStack>
          </InlineStack>
        ))}
      </BlockStack>
    </Card>
  );
}
