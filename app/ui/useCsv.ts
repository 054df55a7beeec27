import { useSearchParams } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { saveFile } from './saveFile.ts';

/**
 * The button that saves a list as a file: what the filters of the address leave, every page of it.
 * @param more what the address does not say
 */
export function useCsv(list: string, more: Record<string, string> = {}) {
  const shopify = useAppBridge();
  const [params] = useSearchParams();
  const save = async () => {
    const query = new URLSearchParams([...params, ...Object.entries(more)]);
    await saveFile(`/app/csv/${list}?${query}`, `${list}.csv`);
    shopify.toast.show(`Saved as ${list}.csv`);
  };
  return { content: 'Export as CSV', onAction: () => void save() };
}
