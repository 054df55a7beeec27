import { BlockStack, Text, TextField } from '@shopify/polaris';
import type { Block } from '../messages/blocks.ts';

interface BlockFieldsProps {
  block: Block;
  onChange: (block: Block) => void;
}

interface LineProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: string;
  lines?: number;
}

const Line = ({ label, value, onChange, help, lines }: LineProps) => (
  <TextField
    label={label}
    value={value}
    onChange={onChange}
    autoComplete="off"
    helpText={help}
    multiline={lines ?? false}
  />
);

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
      return (
        <BlockStack gap="200">
          {block.options.map((option, at) => (
            <Line
              key={at}
              label={at === 0 ? 'Worst' : at === block.options.length - 1 ? 'Best' : `Answer ${at + 1}`}
              value={option}
              onChange={(value) =>
                onChange({ ...block, options: block.options.map((old, i) => (i === at ? value : old)) })
              }
            />
          ))}
        </BlockStack>
      );
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
    case 'divider':
      return (
        <Text as="p" tone="subdued">
          A thin line.
        </Text>
      );
  }
}
