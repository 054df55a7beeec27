/** What merchants see in Shopify's editor when the app cannot be asked: nothing of it is ever sent. */
import type { Buyer } from '../../shared/buyer.ts';
import type { AskView, ThanksView } from './answers.ts';

export function sampleQuestion({ i18n: { translate } }: Buyer): AskView {
  return {
    state: 'ask',
    survey: { id: 'sample', version: 0 },
    questions: [
      {
        key: 'sample',
        kind: 'scale',
        look: 'words',
        text: translate('sample.question'),
        help: '',
        required: true,
        when: [],
        options: [1, 2, 3, 4, 5].map((value) => ({ value, label: translate(`sample.options.${value}`) })),
        low: '',
        high: '',
      },
    ],
  };
}

export function sampleThanks({ i18n: { translate } }: Buyer): ThanksView {
  return {
    state: 'thanks',
    tone: 'glad',
    message: translate('sample.thanks'),
    said: null,
    referral: {
      code: 'FRIEND-123',
      shareUrl: 'https://example.com',
      shareText: translate('sample.offer'),
      offer: translate('sample.offer'),
      progress: '',
    },
    referralPending: false,
    stage: null,
    preferencesUrl: null,
    careGuides: [],
  };
}
