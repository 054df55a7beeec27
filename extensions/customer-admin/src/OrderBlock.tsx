import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { OrderBlock } from '../../../app/order-block.ts';
import { askAboutOrder, type Asked } from './ask.ts';

export default async () => {
  render(<Block />, document.body);
};

/** Who brought this order, how, and what has come of it. */
function Block() {
  const order = shopify.data.selected[0]?.id ?? '';
  const { translate } = shopify.i18n;
  // Undefined while the app is asked.
  const [asked, setAsked] = useState<Asked<OrderBlock> | undefined>();
  const load = useCallback(async () => setAsked(await askAboutOrder(order)), [order]);
  useEffect(() => void load(), [load]);
  const referral = asked?.kind === 'answered' ? asked.value.referral : null;
  const isNobodys = asked !== undefined && asked !== null && referral === null;
  return (
    <s-admin-block heading={translate('order.heading')} collapsedSummary={referral ? referral.standing : ''}>
      {asked === undefined ? <s-spinner accessibilityLabel={translate('loading')} /> : null}
      {asked === null ? (
        <s-stack gap="base">
          <s-text>{translate('unavailable')}</s-text>
          <s-button
            onClick={() => {
              setAsked(undefined);
              void load();
            }}
          >
            {translate('again')}
          </s-button>
        </s-stack>
      ) : null}
      {isNobodys ? <s-text>{translate('order.nobody')}</s-text> : null}
      {referral ? <Referral referral={referral} /> : null}
    </s-admin-block>
  );
}

function Referral({ referral }: { referral: NonNullable<OrderBlock['referral']> }) {
  const { translate } = shopify.i18n;
  const { id, advocateId, advocate, how, standing, tone, why, due } = referral;
  return (
    <s-stack gap="base">
      <s-stack direction="inline" gap="small" alignItems="center">
        <s-badge tone={tone}>{standing}</s-badge>
        <s-link href={`app:app/customers/${advocateId}`}>{advocate}</s-link>
        <s-text>{how}</s-text>
      </s-stack>
      {why.map((sentence) => (
        <s-paragraph key={sentence}>{sentence}</s-paragraph>
      ))}
      {due ? <s-text color="subdued">{due}</s-text> : null}
      <s-link href={`app:app/referrals/orders/${id}`}>{translate('order.page')}</s-link>
    </s-stack>
  );
}
