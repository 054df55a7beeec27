import { useFetcher } from '@remix-run/react';
import { BlockStack, Button, InlineStack, Link, Text } from '@shopify/polaris';
import { relative } from './format.ts';
import { useToast } from './useToast.ts';

export interface AlarmTask {
  id: string;
  productId: string;
  product: string | null;
  tag: string;
  tagName: string;
  count: number;
  raisedAt: string | Date;
}

/** Products about which the same complaint came too often: somebody has to look into each. Done, asks about it go on. */
export function AlarmTasks({ alarms, now }: { alarms: readonly AlarmTask[]; now: string }) {
  return alarms.map((alarm) => <AlarmItem key={alarm.id} alarm={alarm} now={now} />);
}

function AlarmItem({ alarm, now }: { alarm: AlarmTask; now: string }) {
  const fetcher = useFetcher<{ toast?: string }>();
  useToast(fetcher.data?.toast);
  const product = alarm.product ?? 'a product';
  const title = `Look into ${product}: ${alarm.tagName.toLowerCase()}`;
  return (
    <InlineStack align="space-between" blockAlign="center" wrap={false} gap="400">
      <BlockStack gap="050">
        <Text as="p" breakWord>
          {title}
        </Text>
        <Text as="p" tone="subdued" breakWord>
          {`${alarm.count} customers complained, ${relative(alarm.raisedAt, now, 'en')}. Nobody is asked about it until this is done. `}
          <Link url={`/app/conversations?view=all&tag=${encodeURIComponent(alarm.tag)}`} removeUnderline>
            What they said
          </Link>
          {', '}
          <Link url={`/app/products/${alarm.productId}`} removeUnderline>
            the product
          </Link>
        </Text>
      </BlockStack>
      <div style={{ flexShrink: 0 }}>
        <Button
          loading={fetcher.state !== 'idle'}
          accessibilityLabel={`Done: ${title}`}
          onClick={() => fetcher.submit({ intent: 'alarm-done', id: alarm.id }, { method: 'post' })}
        >
          Done
        </Button>
      </div>
    </InlineStack>
  );
}
