import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect } from 'react';

/** Shows a toast for what is done; once for each new message. */
export function useToast(message: string | undefined): void {
  const shopify = useAppBridge();
  useEffect(() => {
    if (message) shopify.toast.show(message);
  }, [message, shopify]);
}
