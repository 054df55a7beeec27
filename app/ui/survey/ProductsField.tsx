import { BlockStack, Button, InlineStack, Tag, Text } from '@shopify/polaris';
import { useState } from 'react';
import { usePick } from '../referrals/pick.ts';

interface ProductsFieldProps {
  /** Shopify's ids, in digits. */
  ids: readonly string[];
  titles: Readonly<Record<string, string>>;
  onChange: (ids: string[]) => void;
}

/** At most; app/feedback/audience.ts says so too. */
const MOST = 50;

/** Products, chosen in Shopify's own dialog: an order of one of them is enough. */
export function ProductsField({ ids, titles, onChange }: ProductsFieldProps) {
  const pick = usePick();
  const [picked, setPicked] = useState<Record<string, string>>({});
  const choose = async () => {
    const found = await pick('product', true);
    if (!found) return;
    setPicked({ ...picked, ...Object.fromEntries(found.map(({ id, title }) => [id, title])) });
    onChange([...new Set([...ids, ...found.map(({ id }) => id)])].slice(0, MOST));
  };
  return (
    <BlockStack gap="200">
      <Text as="p">Products; one of them is enough, none chosen: all</Text>
      {ids.length > 0 ? (
        <InlineStack gap="200">
          {ids.map((id) => (
            <Tag key={id} onRemove={() => onChange(ids.filter((each) => each !== id))}>
              {picked[id] ?? titles[id] ?? 'A product that is gone'}
            </Tag>
          ))}
        </InlineStack>
      ) : null}
      <InlineStack>
        <Button disabled={ids.length >= MOST} onClick={() => void choose()}>
          Choose products
        </Button>
      </InlineStack>
    </BlockStack>
  );
}
