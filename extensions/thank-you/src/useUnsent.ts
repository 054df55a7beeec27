/** What an earlier visit could not send goes on, unless something newer was pressed before it was found. */
import { useCallback, useEffect, useRef } from 'preact/hooks';
import type { Buyer } from '../../shared/buyer.ts';
import { readKept, type Kept } from '../../shared/outbox.ts';

/**
 * Looks once for what is kept under `key` and hands it to `resend`.
 * @returns to be called at a press: what is found from then on is that very press, which is on its way already
 */
export function useUnsent(buyer: Buyer, key: string, resend: (kept: Kept) => Promise<void>): () => void {
  const pressedRef = useRef(false);
  useEffect(() => {
    void readKept(buyer, key).then(async (kept) => {
      if (kept && !pressedRef.current) await resend(kept);
    });
  }, [buyer, key, resend]);
  return useCallback(() => {
    pressedRef.current = true;
  }, []);
}
