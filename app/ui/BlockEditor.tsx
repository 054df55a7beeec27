import {
  Banner,
  BlockStack,
  Box,
  Button,
  ButtonGroup,
  Card,
  InlineStack,
  Select,
  Text,
} from '@shopify/polaris';
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon, DuplicateIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import type { Block, BlockKind, TemplateText } from '../messages/blocks.ts';
import { BlockFields } from './BlockFields.tsx';
import { checkInWords } from './checkWords.ts';
import { LiquidField } from './LiquidField.tsx';
import type { ShownMail } from './useShownMail.ts';

/** What a mail may hold. */
const MOST_BLOCKS = 40;
/** Of those that belong to no block: what is about the words above them. */
const OF_SUBJECT = new Set([
  ...(['liquid', 'unknown-field', 'no-fallback', 'empty', 'long-subject', 'no-preheader'] as const),
  ...(['shouting', 'wary-words', 'exclamations'] as const),
]) as ReadonlySet<string>;

/** What is wrong with a block, or worth a second look, beside it. */
function Said({ checks }: { checks: ShownMail['checks'] }) {
  if (checks.length === 0) return null;
  const isError = checks.some(({ level }) => level === 'error');
  return (
    <Banner tone={isError ? 'critical' : 'warning'}>
      {[...new Set(checks.map(checkInWords))].map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Banner>
  );
}

const BLOCK_NAMES: Record<BlockKind, string> = {
  heading: 'Heading',
  paragraph: 'Text',
  button: 'Button',
  image: 'Picture',
  products: 'What was bought',
  'care-guides': 'Care guides',
  rating: 'One-click answers',
  survey: 'The question of a survey',
  stars: 'Stars for a review',
  code: 'Code',
  referral: 'Code for friends',
  social: 'Where else to find you',
  divider: 'Line',
  signature: 'Signature',
};

/** A block as it begins. */
const FRESH: Record<BlockKind, Block> = {
  heading: { kind: 'heading', text: 'A heading' },
  paragraph: { kind: 'paragraph', text: 'A few words.' },
  button: { kind: 'button', label: 'Have a look', url: '{{ shop.url }}' },
  image: { kind: 'image', src: '', alt: '' },
  products: { kind: 'products' },
  'care-guides': { kind: 'care-guides', more: 'The whole guide' },
  rating: { kind: 'rating', options: ['Poor', 'Fair', 'Good', 'Very good', 'Lovely'] },
  survey: { kind: 'survey' },
  stars: { kind: 'stars', label: 'How many stars would you give it?' },
  referral: { kind: 'referral', label: 'Your code for friends', share: 'Pass it on' },
  social: { kind: 'social', links: [{ label: 'Instagram', url: 'https://instagram.com/' }] },
  code: { kind: 'code', label: 'Your code', code: '{{ referral.code }}' },
  divider: { kind: 'divider' },
  signature: { kind: 'signature', text: '{{ shop.signature }}' },
};

interface BlockEditorProps {
  text: TemplateText;
  /** Each is said where it belongs. */
  checks: ShownMail['checks'];
  onChange: (text: TemplateText) => void;
}

/** A mail in blocks: subject, preheader, and what follows, each moved, changed or taken out. */
export function BlockEditor({ text, checks, onChange }: BlockEditorProps) {
  const [kind, setKind] = useState<BlockKind>('paragraph');
  const setBlocks = (blocks: Block[]) => onChange({ ...text, blocks });
  const replace = (at: number, block: Block) =>
    setBlocks(text.blocks.map((old, i) => (i === at ? block : old)));
  const saidOf = (block: number | null) => checks.filter((check) => check.block === block);
  const copy = (at: number) => {
    const { id: _, ...block } = text.blocks[at]!;
    setBlocks([...text.blocks.slice(0, at + 1), block, ...text.blocks.slice(at + 1)]);
  };
  const swap = (at: number, other: number) => {
    const blocks = [...text.blocks];
    [blocks[at], blocks[other]] = [blocks[other]!, blocks[at]!];
    setBlocks(blocks);
  };
  return (
    <BlockStack gap="300">
      <Card>
        <BlockStack gap="300">
          <LiquidField
            label="Subject"
            value={text.subject}
            most={200}
            onChange={(subject) => onChange({ ...text, subject })}
          />
          <LiquidField
            label="Beside the subject"
            help="Inboxes show it after the subject."
            value={text.preheader}
            most={200}
            onChange={(preheader) => onChange({ ...text, preheader })}
          />
          <Said checks={saidOf(null).filter(({ code }) => OF_SUBJECT.has(code))} />
        </BlockStack>
      </Card>
      {text.blocks.map((block, at) => (
        <Card key={block.id ?? `${at}-${block.kind}`}>
          <BlockStack gap="300">
            <InlineStack align="space-between" blockAlign="center">
              <Text as="h2" variant="headingSm">
                {BLOCK_NAMES[block.kind]}
              </Text>
              <ButtonGroup gap="tight">
                <Button
                  icon={ArrowUpIcon}
                  variant="tertiary"
                  accessibilityLabel="Move up"
                  disabled={at === 0}
                  onClick={() => swap(at, at - 1)}
                />
                <Button
                  icon={ArrowDownIcon}
                  variant="tertiary"
                  accessibilityLabel="Move down"
                  disabled={at === text.blocks.length - 1}
                  onClick={() => swap(at, at + 1)}
                />
                <Button
                  icon={DuplicateIcon}
                  variant="tertiary"
                  accessibilityLabel={`Copy: ${BLOCK_NAMES[block.kind]}`}
                  disabled={text.blocks.length >= MOST_BLOCKS}
                  onClick={() => copy(at)}
                />
                <Button
                  icon={DeleteIcon}
                  variant="tertiary"
                  accessibilityLabel={`Take out: ${BLOCK_NAMES[block.kind]}`}
                  disabled={text.blocks.length === 1}
                  onClick={() => setBlocks(text.blocks.filter((_, i) => i !== at))}
                />
              </ButtonGroup>
            </InlineStack>
            <BlockFields block={block} onChange={(changed) => replace(at, changed)} />
            <Said checks={saidOf(at)} />
          </BlockStack>
        </Card>
      ))}
      <Box paddingInline={{ xs: '400', sm: '0' }}>
        <InlineStack gap="200" blockAlign="end">
          <Select
            label="Another block"
            options={Object.entries(BLOCK_NAMES).map(([value, label]) => ({ value, label }))}
            value={kind}
            onChange={(value) => setKind(value as BlockKind)}
          />
          <Button
            disabled={text.blocks.length >= MOST_BLOCKS}
            onClick={() => setBlocks([...text.blocks, FRESH[kind]])}
          >
            Add it
          </Button>
        </InlineStack>
      </Box>
    </BlockStack>
  );
}
