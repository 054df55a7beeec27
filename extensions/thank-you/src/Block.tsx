/** The block of both pages. */
import { useEffect, useState } from 'preact/hooks';
import type { BlockLoyalty, BlockView } from '../../../app/feedback/block.ts';
import type { Buyer } from '../../shared/buyer.ts';
import { Ask } from './Ask.tsx';
import { Loading } from './Loading.tsx';
import { Loyalty } from './Loyalty.tsx';
import { Parcel } from './Parcel.tsx';
import { Thanks } from './Thanks.tsx';
import { Visit, type Showing, type Subject } from './visit.ts';

export function Block({ buyer, ...known }: { buyer: Buyer } & Omit<Subject, 'checkoutToken'>) {
  const { page, order } = known;
  const checkoutToken = buyer.checkoutToken?.value ?? null;
  const [showing, show] = useState<Showing>({ kind: 'loading' });
  const [parcel, setParcel] = useState<Exclude<BlockView['parcel'], undefined> | null>(null);
  const [storyUrl, setStoryUrl] = useState<string | null>(null);
  const [loyalty, setLoyalty] = useState<BlockLoyalty | null>(null);
  // What the page knows of the order does not change while it stands.
  const [visit] = useState(
    () =>
      new Visit(buyer, { ...known, checkoutToken }, show, (view) => {
        setParcel(view.parcel ?? null);
        setStoryUrl(view.storyUrl ?? null);
        setLoyalty(view.loyalty ?? null);
      }),
  );
  useEffect(() => {
    void visit.arrive();
    return () => visit.leave();
  }, [visit]);

  if (showing.kind === 'nothing' && !parcel && !storyUrl && !loyalty) return null;
  const heading = buyer.settings.value.heading;
  const waiting = showing.kind === 'loading' || showing.kind === 'ask';
  const message = messageOf(showing, buyer);
  const content = (
    <s-box minBlockSize={waiting ? RESERVED : '0'}>
      {/* Always there, so that a screen reader says what comes into it. */}
      <s-box accessibilityRole="status">{message && <s-heading>{message}</s-heading>}</s-box>
      <Content buyer={buyer} visit={visit} showing={showing} />
      {parcel && <Parcel buyer={buyer} subject={{ page, order, checkoutToken }} parcel={parcel} />}
      {loyalty && <Loyalty buyer={buyer} subject={{ page, order, checkoutToken }} loyalty={loyalty} />}
      {storyUrl && (
        <s-box paddingBlockStart="base">
          <s-link href={storyUrl} target="_blank">
            {buyer.i18n.translate('story')}
          </s-link>
        </s-box>
      )}
    </s-box>
  );
  return (
    <s-query-container>
      {heading ? <s-section heading={String(heading)}>{content}</s-section> : content}
    </s-query-container>
  );
}

/** Held from the first moment, so that what stands below does not move when the app has answered. */
const RESERVED = '@container (inline-size > 480px) 118px, 342px';

/** The answer to an answer. */
function messageOf(showing: Showing, { i18n }: Buyer): string | null {
  if (showing.kind === 'answered') return i18n.translate(showing.late ? 'late' : 'thanks');
  return showing.kind === 'thanks' ? showing.view.message : null;
}

function Content({ buyer, visit, showing }: { buyer: Buyer; visit: Visit; showing: Showing }) {
  const t = buyer.i18n.translate;
  switch (showing.kind) {
    case 'loading':
      return <Loading label={t('loading')} />;
    case 'ask':
      return (
        <Ask
          key={showing.view.survey.id}
          view={showing.view}
          draft={showing.draft}
          busy={showing.busy}
          t={t}
          visit={visit}
        />
      );
    case 'thanks':
      return <Thanks view={showing.view} fresh={showing.fresh} buyer={buyer} visit={visit} />;
    case 'answered':
    case 'nothing':
      return null;
  }
}
