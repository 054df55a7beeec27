import { Link } from '@shopify/polaris';

interface CustomerLinkProps {
  id: string | null;
  name: string | null;
  /** Said where there is nobody. */
  nobody?: string;
}

/** A customer in a table: their name leads to their story. */
export function CustomerLink({ id, name, nobody = '–' }: CustomerLinkProps) {
  if (id === null) return nobody;
  return (
    <Link url={`/app/customers/${id}`} removeUnderline>
      {name ?? 'No name'}
    </Link>
  );
}
