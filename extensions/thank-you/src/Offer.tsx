/** The friend's offer: a code to copy, to send and to scan. */
import { useState } from 'preact/hooks';
import type { BlockReferral, SharedInput } from '../../../app/feedback/block.ts';
import type { Buyer } from '../../shared/buyer.ts';

interface OfferProps {
  referral: BlockReferral;
  buyer: Buyer;
  onShared: (how: SharedInput['shared']) => void;
}

/** The worker cannot open the phone's own share sheet: links open the programs that people share with. */
export function Offer({ referral, buyer, onShared }: OfferProps) {
  const t = buyer.i18n.translate;
  const settings = buyer.settings.value;
  const withQr = settings.show_qr !== false;
  return (
    <s-box padding="base" border="base" borderRadius="base" background="subdued" minBlockSize={OFFER_HEIGHT}>
      <s-grid gridTemplateColumns={withQr ? WITH_QR : '1fr'} gap="base" alignItems="center">
        <s-stack gap="small">
          <s-text>{referral.offer}</s-text>
          <Code code={referral.code} t={t} onCopied={() => onShared('copy')} />
          <ShareLinks referral={referral} buyer={buyer} onShared={onShared} />
          {referral.progress && <s-text color="subdued">{referral.progress}</s-text>}
          {referral.pageUrl && (
            <s-link href={referral.pageUrl} target="_blank">
              {t('friendsPage')}
            </s-link>
          )}
        </s-stack>
        {withQr && (
          <s-box display={ONLY_WIDE}>
            <s-qr-code
              content={referral.shareUrl}
              size="fill"
              accessibilityLabel={t('qr', { code: referral.code })}
            />
          </s-box>
        )}
      </s-grid>
    </s-box>
  );
}

/** Holds the offer's place while the code is being made. */
export function OfferToCome({ t }: { t: Buyer['i18n']['translate'] }) {
  return (
    <s-box padding="base" border="base" borderRadius="base" background="subdued" minBlockSize={OFFER_HEIGHT}>
      <s-text color="subdued">{t('codeToCome')}</s-text>
    </s-box>
  );
}

const OFFER_HEIGHT = '@container (inline-size > 480px) 162px, 230px';
const WITH_QR = '@container (inline-size > 480px) 1fr 128px, 1fr';
/** On a phone the code has a line of its own: it must not break. */
const BESIDE = '@container (inline-size > 480px) 1fr auto, 1fr';
const ONLY_WIDE = '@container (inline-size > 480px) auto, none';
const ONLY_NARROW = '@container (inline-size > 480px) none, auto';

interface CodeProps {
  code: string;
  t: Buyer['i18n']['translate'];
  onCopied: () => void;
}

function Code({ code, t, onCopied }: CodeProps) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  return (
    <s-stack gap="small-300">
      <s-grid gridTemplateColumns={BESIDE} gap="small-200" alignItems="center">
        <s-box padding="small-200 small" border="base base dashed" borderRadius="base" background="base">
          <s-heading accessibilityRole="presentation">{code}</s-heading>
        </s-box>
        <s-button
          command="--copy"
          commandFor="everafter-code"
          accessibilityLabel={copied === 'yes' ? t('copied') : t('copyCode', { code })}
        >
          {t(copied === 'yes' ? 'copied' : 'copy')}
        </s-button>
      </s-grid>
      <s-clipboard-item
        id="everafter-code"
        text={code}
        onCopy={() => {
          setCopied('yes');
          onCopied();
        }}
        onCopyError={() => setCopied('failed')}
      />
      {copied === 'failed' && <s-text>{t('copyFailed')}</s-text>}
    </s-stack>
  );
}

function ShareLinks({ referral, buyer, onShared }: OfferProps) {
  const t = buyer.i18n.translate;
  const message = encodeURIComponent(`${referral.shareText} ${referral.shareUrl}`);
  const subject = encodeURIComponent(t('subject', { shop: buyer.shop?.name ?? '' }));
  return (
    <s-stack direction="inline" gap="small-200 small">
      <s-text color="subdued">{t('share')}</s-text>
      <s-link href={`https://wa.me/?text=${message}`} target="_blank" onClick={() => onShared('share')}>
        {t('whatsapp')}
      </s-link>
      <s-link href={`mailto:?subject=${subject}&body=${message}`} onClick={() => onShared('share')}>
        {t('mail')}
      </s-link>
      <s-box display={ONLY_NARROW}>
        <s-link href={`sms:?&body=${message}`} onClick={() => onShared('share')}>
          {t('text')}
        </s-link>
      </s-box>
    </s-stack>
  );
}
