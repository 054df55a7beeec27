/** The code, the link, the QR code and the ways to send them. */
import { useState } from 'preact/hooks';
import type { AdvocateView } from '../../../app/referrals/advocate.ts';
import type { Buyer } from '../../shared/buyer.ts';

interface InvitationProps {
  invitation: NonNullable<AdvocateView['invitation']>;
  words: AdvocateView['words'];
  t: Buyer['i18n']['translate'];
}

const WITH_QR = '@container (inline-size > 480px) 1fr 160px, 1fr';

export function Invitation({ invitation, words, t }: InvitationProps) {
  const { code, link, offer, share, copy, next, opened } = invitation;
  return (
    <s-grid gridTemplateColumns={WITH_QR} gap="base" alignItems="center">
      <s-stack gap="base">
        <s-text>{offer}</s-text>
        {next && <s-text>{next}</s-text>}
        <s-box padding="small-200 small" border="base base dashed" borderRadius="base">
          <s-heading accessibilityRole="presentation">{code}</s-heading>
        </s-box>
        <s-stack direction="inline" gap="small">
          <Copy id="code" text={code} label={t('copyCode')} t={t} />
          <Copy id="link" text={link} label={t('copyLink')} t={t} />
          <Copy id="words" text={copy} label={t('copyWords')} t={t} />
        </s-stack>
        {opened && <s-text color="subdued">{opened}</s-text>}
        <s-stack direction="inline" gap="small">
          <s-text color="subdued">{words.share}</s-text>
          <s-link href={share.whatsapp} target="_blank">
            {t('whatsapp')}
          </s-link>
          <s-link href={share.email}>{t('mail')}</s-link>
          <s-link href={share.text}>{t('text')}</s-link>
        </s-stack>
      </s-stack>
      <s-qr-code content={link} size="fill" accessibilityLabel={t('qr', { code })} />
    </s-grid>
  );
}

interface CopyProps {
  id: string;
  text: string;
  label: string;
  t: InvitationProps['t'];
}

function Copy({ id, text, label, t }: CopyProps) {
  const [state, setState] = useState<'no' | 'yes' | 'failed'>('no');
  const name = `friends-${id}`;
  return (
    <>
      <s-button command="--copy" commandFor={name} variant="secondary">
        {state === 'yes' ? t('copied') : label}
      </s-button>
      <s-clipboard-item
        id={name}
        text={text}
        onCopy={() => setState('yes')}
        onCopyError={() => setState('failed')}
      />
      {state === 'failed' && <s-text>{t('copyFailed')}</s-text>}
    </>
  );
}
