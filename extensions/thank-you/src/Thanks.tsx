/** What follows the message, after the answer and for those who come back. A sorry one never celebrates and is never asked for a favour. */
import type { Buyer } from '../../shared/buyer.ts';
import type { ThanksView } from './answers.ts';
import { CareGuides } from './CareGuides.tsx';
import { Offer, OfferToCome } from './Offer.tsx';
import type { Visit } from './visit.ts';

interface ThanksProps {
  view: ThanksView;
  fresh: boolean;
  buyer: Buyer;
  visit: Visit;
}

export function Thanks({ view, fresh, buyer, visit }: ThanksProps) {
  const t = buyer.i18n.translate;
  const { tone, said, referral, referralPending, stage, preferencesUrl, careGuides } = view;
  const repeated = fresh ? null : said;
  const closeness = tone === 'sorry' ? null : stage;
  return (
    <s-stack gap="base" paddingBlockStart={repeated || closeness ? 'small-300' : 'base'}>
      {(repeated || closeness) && (
        <s-stack gap="small-300">
          {repeated && (
            <s-text color="subdued">
              {t('said', { label: repeated.label })}
              {repeated.comment && ` · ${t('words', { text: repeated.comment })}`}
            </s-text>
          )}
          {closeness && <s-text color="subdued">{closeness}</s-text>}
        </s-stack>
      )}
      {tone !== 'sorry' && referral && (
        <Offer referral={referral} buyer={buyer} onShared={(how) => visit.shared(how)} />
      )}
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
