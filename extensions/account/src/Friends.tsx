import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AdvocateView } from '../../../app/referrals/advocate.ts';
import { callApp } from '../../shared/app.ts';
import { localeOf, type Buyer } from '../../shared/buyer.ts';
import { delayMs, pause } from '../../shared/patience.ts';
import { Invitation } from './Invitation.tsx';
import { FriendList, GivenList } from './Lists.tsx';

export default async () => {
  render(<Friends buyer={shopify as unknown as Buyer} />, document.body);
};

/** nothing: the app knows no such customer yet. */
type Showing = AdvocateView | 'loading' | 'nothing' | 'unreachable';

/** How often the app is asked before the page says that it cannot be reached. */
const TRIES = 4;

function Friends({ buyer }: { buyer: Buyer }) {
  const [shown, setShown] = useState<Showing>('loading');
  useEffect(() => {
    let isThere = true;
    void ask(buyer).then((answer) => {
      if (isThere) setShown(answer);
    });
    return () => {
      isThere = false;
    };
  }, [buyer]);
  const t = buyer.i18n.translate;
  if (shown === 'loading') {
    return (
      <s-page heading={t('heading')}>
        <s-section>
          <s-skeleton-paragraph content={t('loading')} />
        </s-section>
      </s-page>
    );
  }
  if (typeof shown === 'string') {
    return (
      <s-page heading={t('heading')}>
        <s-section>
          <s-text>{t(shown)}</s-text>
        </s-section>
      </s-page>
    );
  }
  return (
    <s-page heading={shown.title}>
      <s-stack gap="large">
        <s-section heading={shown.invitation ? shown.words.code : undefined}>
          {shown.invitation ? (
            <Invitation invitation={shown.invitation} words={shown.words} t={t} />
          ) : (
            <s-text>{shown.without}</s-text>
          )}
        </s-section>
        <FriendList view={shown} />
        <GivenList view={shown} />
        <s-text color="subdued">{shown.disclosure}</s-text>
        {shown.storyUrl && (
          <s-section>
            <s-link href={shown.storyUrl} target="_blank">
              {t('story')}
            </s-link>
          </s-section>
        )}
      </s-stack>
    </s-page>
  );
}

async function ask(buyer: Buyer): Promise<Showing> {
  const path = `/api/friends?${new URLSearchParams({ locale: localeOf(buyer) })}`;
  for (let tries = 1; ; tries++) {
    const outcome = await callApp<AdvocateView | null>(buyer, path);
    if (outcome.kind === 'answered') return outcome.value ?? 'nothing';
    if (outcome.kind === 'refused' || tries === TRIES) return 'unreachable';
    await pause(delayMs(tries, outcome.retryAfterMs));
  }
}
