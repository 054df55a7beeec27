import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import type { OrderBlock } from '../../../app/order-block.ts';
import { askAboutOrder } from './ask.ts';
import { useAsked } from './useAsked.tsx';

export default async () => {
  render(<Block />, document.body);
};

/** Who brought this order, how, and what has come of it. */
function Block() {
  const { translate } = shopify.i18n;
  const { asked, pending } = useAsked(askAboutOrder);
  const referral = asked?.kind === 'answered' ? asked.value.referral : null;
  const isNobodys = asked !== undefined && asked !== null && referral === null;
  return (
    <s-admin-block heading={translate('order.heading')} collapsedSummary={referral ? referral.standing : ''}>
      {pending}
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
