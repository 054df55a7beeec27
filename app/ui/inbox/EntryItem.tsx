import { Badge, BlockStack, Box, Button, Checkbox, InlineStack, Link, Text } from '@shopify/polaris';
import { useState } from 'react';
import { moment } from '../format.ts';
import { EntryWords } from './EntryWords.tsx';
import { personName, type EntryView, type Person } from './inboxView.ts';
import { happenedInWords, KIND_LABELS, sentInWords } from './inboxWords.ts';

/** As the browser gets it: dates are texts. */
export type ShownEntry = Omit<EntryView, 'at'> & { at: string | Date };

interface EntryItemProps {
  entry: ShownEntry;
  who: string;
  people: readonly Person[];
  zone: string;
  now: string;
  /** Not null while entries are chosen to be parted. */
  chosen: boolean | null;
  onChoose: (chosen: boolean) => void;
  /** Null unless it is an answer that did not go out, and somebody still waits for it. */
  onAgain: (() => void) | null;
}

const LOOKS = {
  voice: 'bg-surface-secondary',
  reply: 'bg-surface-info',
  help: 'bg-surface-info',
  note: 'bg-surface-caution',
} as const;

/** Something that was said, answered, noted or done. */
export function EntryItem({ entry, who, people, zone, now, chosen, onChoose, onAgain }: EntryItemProps) {
  const when = moment(entry.at, { locale: 'en', timeZone: zone, now });
  const by = personName(entry.author, people);
  if (entry.kind === 'happening' || entry.kind === 'notice')
    return (
      <Text as="p" variant="bodySm" tone="subdued" alignment="center" breakWord>
        {`${happenedInWords(entry.data, by)} · ${when}`}
      </Text>
    );
  const title = {
    voice:
      entry.voiceKind && entry.voiceKind !== 'mail'
        ? `${entry.name ?? who}: ${KIND_LABELS[entry.voiceKind]}`
        : (entry.name ?? who),
    reply: by ?? 'The shop',
    help: 'Asked whether it helped',
    note: `Note by ${by ?? 'the shop'}, not seen by the customer`,
  }[entry.kind];
  return (
    <Box background={LOOKS[entry.kind]} padding="300" borderRadius="200">
      <BlockStack gap="150">
        <InlineStack align="space-between" gap="200">
          <InlineStack gap="200" blockAlign="center">
            {chosen === null ? null : (
              <Checkbox label="Part this" labelHidden checked={chosen} onChange={onChoose} />
            )}
            <Text as="h3" variant="headingSm" breakWord>
              {title}
            </Text>
            {entry.score === null ? null : (
              <Badge tone={entry.score <= 2 ? 'critical' : 'info'}>{`${entry.score} of 5`}</Badge>
            )}
            {entry.late ? <Badge tone="warning">late</Badge> : null}
          </InlineStack>
          <Text as="span" variant="bodySm" tone="subdued">
            {when}
          </Text>
        </InlineStack>
        <EntryWords text={entry.text} attachments={entry.attachments} />
        {entry.link ? <WhereItIs link={entry.link} kind={entry.voiceKind} /> : null}
        {entry.state ? (
          <Text as="p" variant="bodySm" tone={entry.state === 'refused' ? 'critical' : 'subdued'}>
            {sentInWords(entry.state, entry.data['problem'] ? String(entry.data['problem']) : null)}
          </Text>
        ) : null}
        {onAgain ? (
          <InlineStack>
            <Button size="slim" onClick={onAgain}>
              Send it again
            </Button>
          </InlineStack>
        ) : null}
        {entry.state === 'by-hand' ? <ByHand text={entry.text} /> : null}
      </BlockStack>
    </Box>
  );
}

/** What no program may post: the words, to be taken where it belongs. */
function ByHand({ text }: { text: string }) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setIsCopied(true);
  };
  return (
    <InlineStack>
      <Button size="slim" onClick={() => void copy()}>
        {isCopied ? 'Copied' : 'Copy the words'}
      </Button>
    </InlineStack>
  );
}

/** A post elsewhere, or a page of ours that it is about. */
function WhereItIs({ link, kind }: { link: string; kind: ShownEntry['voiceKind'] }) {
  if (link.startsWith('/app/'))
    return (
      <Link url={link}>{kind === 'referral-complaint' ? 'The friend’s order' : 'What it is about'}</Link>
    );
  return (
    <Link url={link} target="_blank">
      Where it was posted
    </Link>
  );
}
