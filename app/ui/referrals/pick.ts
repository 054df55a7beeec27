import { useAppBridge } from '@shopify/app-bridge-react';

export interface Picked {
  /** Shopify's id, in digits */
  id: string;
  title: string;
}

/** Shopify's own dialog for products and collections; null where it was closed. */
export function usePick(): (type: 'product' | 'collection', several: boolean) => Promise<Picked[] | null> {
  const shopify = useAppBridge();
  return async (type, several) => {
    const picked = (await shopify.resourcePicker({ type, multiple: several })) as
      { id: string; title: string }[] | undefined;
    return picked?.map(({ id, title }) => ({ id: id.split('/').at(-1)!, title })) ?? null;
  };
}
