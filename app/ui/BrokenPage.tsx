import { useRevalidator } from '@remix-run/react';
import { BlockStack, Button, Card, InlineStack, Page, Text } from '@shopify/polaris';

interface BrokenPageProps {
  isMissing: boolean;
  /** The frame around it is there, so that the page alone can be asked for again. */
  hasFrame: boolean;
}

/** A page that cannot be shown: what happened, what is safe, what to do. */
export function BrokenPage({ isMissing, hasFrame }: BrokenPageProps) {
  const revalidator = useRevalidator();
  return (
    <Page title={isMissing ? 'There is nothing here' : 'This page can’t be shown just now'}>
      <Card>
        <BlockStack gap="400">
          <Text as="p">
            {isMissing
              ? 'What you were looking for was erased, or its address has a slip in it.'
              : 'Something on our side did not answer. Nothing is lost: orders, answers and mails wait and go on by themselves.'}
          </Text>
          <InlineStack gap="200">
            {isMissing ? null : (
              <Button
                variant="primary"
                loading={revalidator.state !== 'idle'}
                onClick={() => (hasFrame ? revalidator.revalidate() : window.location.reload())}
              >
                Try again
              </Button>
            )}
            <Button url="/app">Go to Home</Button>
          </InlineStack>
        </BlockStack>
      </Card>
    </Page>
  );
}
