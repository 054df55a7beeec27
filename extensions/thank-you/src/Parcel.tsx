/** "It has not arrived yet": one press, thanks, and, for those who come back, "it is here now". */
import { useCallback, useState } from 'preact/hooks';
import type { BlockView, ParcelInput } from '../../../app/feedback/block.ts';
import { localeOf, type Buyer } from '../../shared/buyer.ts';
import { send, type Kept } from '../../shared/outbox.ts';
import { useUnsent } from './useUnsent.ts';
import type { Subject } from './visit.ts';

type Word = ParcelInput['parcel'];

interface ParcelProps {
  buyer: Buyer;
  subject: Subject;
  /** As the app said last. */
  parcel: NonNullable<BlockView['parcel']>;
}

export function Parcel({ buyer, subject, parcel }: ParcelProps) {
  const t = buyer.i18n.translate;
  const [said, setSaid] = useState<Word | null>(null);
  /** The app knows better by now: a carrier has scanned it at the door. */
  const [isOver, end] = useState(false);
  const key = `parcel:${subject.order ?? subject.checkoutToken}`;

  const tell = useCallback(
    async (kept: Kept) => {
      const word = (kept as KeptWord).body.parcel;
      setSaid(word);
      const sent = await send<BlockView>(buyer, key, kept, () => {});
      const isHeard = sent.kind === 'answered' && (word === 'arrived' || sent.value.parcel === 'missing');
      if (!isHeard) end(true);
    },
    [buyer, key],
  );
  const hold = useUnsent(buyer, key, tell);

  function say(word: Word): void {
    hold();
    const country = buyer.localization?.country?.value?.isoCode ?? null;
    const body: ParcelInput = { ...subject, locale: localeOf(buyer), country, parcel: word };
    void tell({ path: '/api/block', body });
  }

  if (isOver) return null;
  const next: Word = parcel === 'missing' ? 'arrived' : 'missing';
  return (
    <s-box paddingBlockStart="base">
      <s-grid gridTemplateColumns={COLUMNS} gap="small-200" alignItems="center">
        <s-box accessibilityRole="status">
          <s-text>{t(wordsFor(parcel, said))}</s-text>
        </s-box>
        {/* Its place is kept, so that what stands below does not move when it was pressed. */}
        <s-box minBlockSize="48px">
          {said === null && (
            <s-button variant="secondary" inlineSize="fill" onClick={() => say(next)}>
              {t(next === 'missing' ? 'parcel.missing' : 'parcel.arrived')}
            </s-button>
          )}
        </s-box>
      </s-grid>
    </s-box>
  );
}

interface KeptWord extends Kept {
  body: ParcelInput;
}

const COLUMNS = '@container (inline-size > 480px) 1fr auto, 1fr';

function wordsFor(parcel: ParcelProps['parcel'], said: Word | null): string {
  if (said === 'arrived') return 'parcel.good';
  return said === 'missing' || parcel === 'missing' ? 'parcel.told' : 'parcel.late';
}
