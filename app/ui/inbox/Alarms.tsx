import { useFetcher } from '@remix-run/react';
import { Banner, Link, Text } from '@shopify/polaris';
import { useToast } from '../useToast.ts';

interface Alarm {
  id: string;
  productId: string;
  product: string | null;
  tag: string;
  tagName: string;
  count: number;
}

/** Products about which the same complaint came too often. */
export function Alarms({ alarms }: { alarms: readonly Alarm[] }) {
  const fetcher = useFetcher<{ toast?: string }>();
  useToast(fetcher.data?.toast);
  return alarms.map((alarm) => (
    <Banner
      key={alarm.id}
      tone="warning"
      title={`${alarm.product ?? 'A product'}: ${alarm.count} complaints of one kind (${alarm.tagName.toLowerCase()})`}
      action={{
        content: 'I have seen to it',
        loading: fetcher.state !== 'idle',
        onAction: () => fetcher.submit({ intent: 'end-alarm', id: alarm.id }, { method: 'post' }),
      }}
    >
      <Text as="p">
        {'Nobody is asked about it until somebody has seen to it. '}
        <Link url={`/app/conversations?view=all&tag=${alarm.tag}`}>What they said</Link>
        {' · '}
        <Link url={`/app/products/${alarm.productId}`}>The product</Link>
      </Text>
    </Banner>
  ));
}
