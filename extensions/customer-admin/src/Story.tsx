import type { CustomerBlock } from '../../../app/customer-block.ts';

/** How close they are and why, what they said, what is open, and what is owed to them. */
export function Story({ block }: { block: CustomerBlock }) {
  const { translate } = shopify.i18n;
  const { customerId, stage, sentence, words, conversation, code, friends, owed, gestures } = block;
  return (
    <>
      <s-stack direction="inline" gap="small" alignItems="center">
        <s-badge tone={stage === 'Family' || stage === 'Friend' ? 'success' : 'neutral'}>{stage}</s-badge>
        <s-link href={`app:app/customers/${customerId}`}>{translate('page')}</s-link>
      </s-stack>
      <s-paragraph>{sentence}</s-paragraph>
      {conversation ? (
        <s-banner tone="warning">
          <s-link href={`app:app/conversations?open=${conversation.id}`}>{conversation.subject}</s-link>
          <s-text>{` ${translate('open', { since: conversation.since })}`}</s-text>
        </s-banner>
      ) : null}
      {words.map(({ text, on }) => (
        <s-paragraph key={text} color="subdued">{`“${text}” (${on})`}</s-paragraph>
      ))}
      <s-divider />
      {/* One friend or several: code.one, code.other */}
      <s-text>{code === null ? translate('noCode') : translate('code', { code, count: friends })}</s-text>
      {owed.length > 0 ? (
        <s-stack gap="none">
          <s-text type="strong">{translate('owed')}</s-text>
          {owed.map((one) => (
            <s-text key={one}>{one}</s-text>
          ))}
        </s-stack>
      ) : null}
      <s-stack gap="none">
        <s-text type="strong">{translate('gestures')}</s-text>
        {gestures.length === 0 ? <s-text color="subdued">{translate('noGestures')}</s-text> : null}
        {gestures.map(({ what, why, state, on }) => (
          <s-text key={what + on}>{`${what}: ${why}. ${state}, ${on}`}</s-text>
        ))}
      </s-stack>
    </>
  );
}
