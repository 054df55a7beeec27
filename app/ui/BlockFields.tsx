import { BlockStack, Button, InlineGrid, InlineStack, Select, Text } from '@shopify/polaris';
import type { Block } from '../messages/blocks.ts';
import { LiquidField as Line } from './LiquidField.tsx';
import { PictureField } from './PictureField.tsx';

interface BlockFieldsProps {
  block: Block;
  onChange: (block: Block) => void;
}

const WIDTHS = [
  { label: 'As wide as the mail', value: '100' },
  { label: 'Three quarters', value: '75' },
  { label: 'Half', value: '50' },
  { label: 'A quarter', value: '25' },
];

/** What can be changed of a block. */
export function BlockFields({ block, onChange }: BlockFieldsProps) {
  switch (block.kind) {
    case 'heading':
    case 'signature':
      return <Line label="Text" value={block.text} onChange={(text) => onChange({ ...block, text })} />;
    case 'paragraph':
      return (
        <Line
          label="Text"
          lines={3}
          value={block.text}
          help="**bold** and [label](address) work; an empty line begins a new paragraph."
          onChange={(text) => onChange({ ...block, text })}
        />
      );
    case 'button':
      return (
        <BlockStack gap="200">
          <Line label="Label" value={block.label} onChange={(label) => onChange({ ...block, label })} />
          <Line label="Address" value={block.url} onChange={(url) => onChange({ ...block, url })} />
        </BlockStack>
      );
    case 'image':
      return (
        <BlockStack gap="200">
          <PictureField src={block.src} onUploaded={(src) => onChange({ ...block, src })} />
          <Line
            label="Address of the picture"
            value={block.src}
            onChange={(src) => onChange({ ...block, src })}
          />
          <Line
            label="What it shows"
            help="Read aloud, and shown while pictures are off."
            value={block.alt}
            onChange={(alt) => onChange({ ...block, alt })}
          />
          <Select
            label="Width"
            options={WIDTHS}
            value={String(block.width ?? 100)}
            onChange={(width) => onChange({ ...block, width: Number(width) })}
          />
        </BlockStack>
      );
    case 'products':
      return block.link ? (
        <Line
          label="Link under each product"
          value={block.link.label}
          onChange={(label) => onChange({ ...block, link: { ...block.link!, label } })}
        />
      ) : (
        <Text as="p" tone="subdued">
          Picture, name and quantity of what was bought.
        </Text>
      );
    case 'care-guides':
      return (
        <Line
          label="Link to the whole guide"
          value={block.more}
          onChange={(more) => onChange({ ...block, more })}
        />
      );
    case 'rating':
      return <Answers block={block} onChange={onChange} />;
    case 'survey':
      return <SurveyNote />;
    case 'code':
      return (
        <BlockStack gap="200">
          <Line
            label="Above the code"
            value={block.label}
            onChange={(label) => onChange({ ...block, label })}
          />
          <Line
            label="Under the code"
            value={block.note ?? ''}
            onChange={(note) => onChange({ ...block, note })}
          />
        </BlockStack>
      );
    case 'stars':
      return (
        <Line
          label="Above the stars"
          value={block.label}
          help="Each star leads to the form for reviews, with that many chosen. Nothing is said before it is sent there."
          onChange={(label) => onChange({ ...block, label })}
        />
      );
    case 'referral':
      return (
        <BlockStack gap="200">
          <Line
            label="Above the code"
            value={block.label}
            help="The code and what it is worth are the customer’s own. Who has no code does not get the mail."
            onChange={(label) => onChange({ ...block, label })}
          />
          <Line
            label="Link to pass it on"
            value={block.share}
            onChange={(share) => onChange({ ...block, share })}
          />
        </BlockStack>
      );
    case 'social':
      return <Places block={block} onChange={onChange} />;
    case 'divider':
      return (
        <Text as="p" tone="subdued">
          A thin line.
        </Text>
      );
  }
}

type Social = Extract<Block, { kind: 'social' }>;
const MOST_PLACES = 6;

function Places({ block, onChange }: { block: Social; onChange: (block: Block) => void }) {
  const { links } = block;
  const put = (at: number, change: Partial<Social['links'][number]>) =>
    onChange({ ...block, links: links.map((link, index) => (index === at ? { ...link, ...change } : link)) });
  return (
    <BlockStack gap="300">
      {links.map((link, at) => (
        // A place's name is being typed.
        // oxlint-disable-next-line react/no-array-index-key
        <BlockStack key={at} gap="100">
          <InlineGrid columns={{ xs: 1, sm: 2 }} gap="200">
            <Line label="Name" value={link.label} most={30} onChange={(label) => put(at, { label })} />
            <Line label="Address" value={link.url} onChange={(url) => put(at, { url })} />
          </InlineGrid>
          {links.length > 1 ? (
            <InlineStack>
              <Button
                variant="plain"
                tone="critical"
                onClick={() => onChange({ ...block, links: links.filter((_, index) => index !== at) })}
              >
                {`Take out ${link.label || 'this place'}`}
              </Button>
            </InlineStack>
          ) : null}
        </BlockStack>
      ))}
      {links.length < MOST_PLACES ? (
        <InlineStack>
          <Button onClick={() => onChange({ ...block, links: [...links, { label: '', url: 'https://' }] })}>
            Add a place
          </Button>
        </InlineStack>
      ) : null}
    </BlockStack>
  );
}

type Rating = Extract<Block, { kind: 'rating' }>;

function Answers({ block, onChange }: { block: Rating; onChange: (block: Block) => void }) {
  const { options } = block;
  const nameOf = (at: number) =>
    at === 0 ? 'Worst' : at === options.length - 1 ? 'Best' : `Answer ${at + 1}`;
  return (
    <BlockStack gap="200">
      {options.map((option, at) => (
        <Line
          // oxlint-disable-next-line react/no-array-index-key
          key={at}
          label={nameOf(at)}
          value={option}
          onChange={(value) =>
            onChange({ ...block, options: options.map((old, i) => (i === at ? value : old)) })
          }
        />
      ))}
    </BlockStack>
  );
}

function SurveyNote() {
  return (
    <Text as="p" tone="subdued">
      The first question of the survey that the step asks, in the language of the reader, answered by one
      click. Its words are written with the survey.
    </Text>
  );
}
