import { useSearchParams } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Button, ButtonGroup } from '@shopify/polaris';

/** Narrows a list to one product, by `product` in the address. @param title of the one it is narrowed to; null: none */
export function ProductFilter({ title }: { title: string | null }) {
  const shopify = useAppBridge();
  const [, setParams] = useSearchParams();
  const choose = (id: string | null) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (id) after.set('product', id);
        else after.delete('product');
        after.delete('after');
        return after;
      },
      { preventScrollReset: true },
    );
  const pick = async () => {
    const picked = await shopify.resourcePicker({
      type: 'product',
      action: 'select',
      filter: { variants: false },
    });
    const [product] = picked ?? [];
    if (product) choose(product.id.split('/').at(-1)!);
  };
  return (
    <ButtonGroup gap="tight">
      <Button onClick={() => void pick()}>{title === null ? 'Of any product' : `Of ${title}`}</Button>
      {title === null ? null : <Button onClick={() => choose(null)}>Of all products</Button>}
    </ButtonGroup>
  );
}
