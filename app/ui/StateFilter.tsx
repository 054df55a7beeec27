import { useSearchParams } from '@remix-run/react';
import { Box, Select } from '@shopify/polaris';

interface StateFilterProps {
  /** Name in the address. */
  name: string;
  label: string;
  /** The first one, with an empty value, filters nothing. */
  options: readonly { label: string; value: string }[];
}

/** Narrows a list; begins again at its first page. */
export function StateFilter({ name, label, options }: StateFilterProps) {
  const [params, setParams] = useSearchParams();
  const choose = (value: string) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (value) after.set(name, value);
        else after.delete(name);
        after.delete('after');
        return after;
      },
      { preventScrollReset: true },
    );
  return (
    <Box maxWidth="320px">
      <Select
        label={label}
        labelInline
        options={[...options]}
        value={params.get(name) ?? ''}
        onChange={choose}
      />
    </Box>
  );
}
