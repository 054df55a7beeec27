import {
  BlockStack,
  Box,
  Button,
  ButtonGroup,
  Card,
  InlineStack,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import type { Block, BlockKind, TemplateText } from '../messages/blocks.ts';
import { BlockFields } from './BlockFields.tsx';

const BLOCK_NAMES: Record<BlockKind, string> = {
  heading: 'Heading',
  paragraph: 'Text',
  button: 'Button',
  image: 'Picture',
  products: 'What was bought',
  'care-guides': 'Care guides',
  rating: 'One-click answers',
  code: 'Code',
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
  code: { kind: 'code', label: 'Your code', code: '{{ referral.code }}' },
  divider: { kind: 'divider' },
  signature: { kind: 'signature', text: '{{ shop.signature }}' },
};

interface BlockEditorProps {
  text: TemplateText;
  onChange: (text: TemplateText) => void;
}

/** A mail in blocks: subject, preheader, and what follows, each moved, changed or taken out. */
export function BlockEditor({ text, onChange }: BlockEditorProps) {
  const [kind, setKind] = useState<BlockKind>('paragraph');
  const setBlocks = (blocks: Block[]) => onChange({ ...text, blocks });
  const replace = (at: number, block: Block) =>
    setBlocks(text.blocks.map((old, i) => (i === at ? block : old)));
  const swap = (at: number, other: number) => {
    const blocks = [...text.blocks];
    [blocks[at], blocks[other]] = [blocks[other]!, blocks[at]!];
    setBlocks(blocks);
  };
  return (
    <BlockStack gap="300">
      <Card>
        <BlockStack gap="300">
          <TextField
            label="Subject"
            value={text.subject}
            maxLength={200}
            autoComplete="off"
            onChange={(subject) => onChange({ ...text, subject })}
          />
          <TextField
            label="Beside the subject"
            helpText="Inboxes show it after the subject."
            value={text.preheader}
            maxLength={200}
            autoComplete="off"
            onChange={(preheader) => onChange({ ...text, preheader })}
          />
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
                  icon={DeleteIcon}
                  variant="tertiary"
                  accessibilityLabel={`Take out: ${BLOCK_NAMES[block.kind]}`}
                  disabled={text.blocks.length === 1}
                  onClick={() => setBlocks(text.blocks.filter((_, i) => i !== at))}
                />
              </ButtonGroup>
            </InlineStack>
            <BlockFields block={block} onChange={(changed) => replace(at, changed)} />
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
          <Button onClick={() => setBlocks([...text.blocks, FRESH[kind]])}>Add it</Button>
        </InlineStack>
      </Box>
    </BlockStack>
  );
}
