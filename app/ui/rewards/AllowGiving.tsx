import { useAppBridge } from '@shopify/app-bridge-react';
import { Button } from '@shopify/polaris';

/** What giving each kind needs of Shopify; see optional_scopes in shopify.app.toml. */
const NEEDS: Record<string, string[]> = {
  'store-credit': [
    'read_store_credit_account_transactions',
    'read_store_credit_accounts',
    'write_store_credit_account_transactions',
  ],
  'gift-card': ['read_gift_cards', 'write_gift_cards'],
};

/** Leave to write is leave to read. */
export const writesFor = (kind: string): string[] =>
  (NEEDS[kind] ?? []).filter((scope) => scope.startsWith('write_'));

interface AllowGivingProps {
  kind: string;
  /** Once the merchant has said yes. */
  onAllowed: () => void;
}

/** Asks the merchant for what this kind needs; nothing for kinds that need nothing more. */
export function AllowGiving({ kind, onAllowed }: AllowGivingProps) {
  const shopify = useAppBridge();
  const scopes = NEEDS[kind];
  if (!scopes) return null;
  const ask = async () => {
    const { detail } = await shopify.scopes.request(scopes);
    if (writesFor(kind).every((scope) => detail.granted.includes(scope))) onAllowed();
  };
  return (
    <Button variant="primary" onClick={() => void ask()}>
      Allow it at Shopify
    </Button>
  );
}
