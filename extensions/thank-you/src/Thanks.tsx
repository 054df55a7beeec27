/** After the answer, and for those who come back. A sorry one never celebrates and is never asked for a favour. */
import type { Buyer } from '../../shared/buyer.ts';
import type { ThanksView } from './answers.ts';
import { CareGuides } from './CareGuides.tsx';
import { Offer, OfferToCome } from './Offer.tsx';

export function Thanks({ view, fresh, buyer }: { view: ThanksView; fresh: boolean; buyer: Buyer }) {
  const t = buyer.i18n.translate;
  const { message, tone, said, referral, referralPending, stage, preferencesUrl, careGuides } = view;
  return (
    <s-stack gap="base">
      <s-stack gap="small-300">
        <s-heading>{message}</s-heading>
        {said && !fresh && (
          <s-text color="subdued">
            {t('said', { label: said.label })}
            {said.comment && ` · “${said.comment}”`}
          </s-text>
        )}
        {stage && tone !== 'sorry' && <s-text color="subdued">{stage}</s-text>}
      </s-stack>
      {tone !== 'sorry' && referral && <Offer referral={referral} buyer={buyer} />}
      {tone !== 'sorry' && !referral && referralPending && <OfferToCome t={t} />}
      {careGuides.length > 0 && <CareGuides guides={careGuides} t={t} />}
      {preferencesUrl && (
        <s-text>
          <s-link href={preferencesUrl} target="_blank">
            {t('preferences')}
          </s-link>
        </s-text>
      )}
    </s-stack>
  );
}
