import {
  BlockStack,
  Button,
  Card,
  DataTable,
  DropZone,
  FormLayout,
  InlineError,
  InlineStack,
  Select,
  Text,
} from '@shopify/polaris';
import { useMemo, useState } from 'react';
import { guessColumn, readCsv, type PeopleBy } from '../sequences/csv-people.ts';

export interface CsvChoice {
  name: string;
  text: string;
  column: number;
  by: PeopleBy;
}

interface CsvColumnsProps {
  choice: CsvChoice | null;
  busy: boolean;
  error: string | null;
  onChange: (choice: CsvChoice) => void;
  onCheck: () => void;
}

const BY: { label: string; value: PeopleBy }[] = [
  { label: 'E-mail address', value: 'email' },
  { label: 'Id of the customer at Shopify', value: 'shopify-id' },
  { label: 'Id of the customer here', value: 'id' },
];

/** A form takes a megabyte. */
const MOST_BYTES = 900_000;
const SHOWN = 5;

/** A file, and which of its columns says who the people are. */
export function CsvColumns({ choice, busy, error, onChange, onCheck }: CsvColumnsProps) {
  const [refused, setRefused] = useState<string | null>(null);
  const file = useMemo(() => (choice ? readCsv(choice.text) : null), [choice]);
  const read = async (chosen: File | undefined) => {
    setRefused(null);
    if (!chosen) return setRefused('This is no CSV file.');
    if (chosen.size > MOST_BYTES) return setRefused('The file is larger than 900 KB. Split it.');
    const text = await chosen.text();
    const parsed = readCsv(text);
    const guess = 'unclosed' in parsed ? { column: 0, by: 'email' as const } : guessColumn(parsed);
    onChange({ name: chosen.name, text, ...guess });
  };
  const table = file && !('unclosed' in file) ? file : null;
  return (
    <Card>
      <BlockStack gap="300">
        <DropZone
          accept=".csv,text/csv,text/plain"
          type="file"
          allowMultiple={false}
          label="A CSV file with one customer a row, its first row the names of the columns"
          onDrop={(_all, accepted) => void read(accepted[0])}
        >
          {choice ? (
            <div style={{ padding: 16 }}>
              <Text as="p">{choice.name}</Text>
            </div>
          ) : (
            <DropZone.FileUpload actionTitle="Choose a file" />
          )}
        </DropZone>
        {choice && table ? (
          <>
            <FormLayout>
              <FormLayout.Group condensed>
                <Select
                  label="The column that says who they are"
                  options={table.head.map((name, index) => ({
                    label: name || `Column ${index + 1}`,
                    value: String(index),
                  }))}
                  value={String(choice.column)}
                  onChange={(column) => onChange({ ...choice, column: Number(column) })}
                />
                <Select
                  label="It holds"
                  options={BY}
                  value={choice.by}
                  onChange={(by) => onChange({ ...choice, by: by as PeopleBy })}
                />
              </FormLayout.Group>
            </FormLayout>
            <DataTable
              columnContentTypes={table.head.map(() => 'text' as const)}
              headings={table.head}
              rows={table.rows.slice(0, SHOWN).map((row) => table.head.map((_, index) => row[index] ?? ''))}
            />
          </>
        ) : null}
        {choice ? (
          <InlineStack>
            <Button onClick={onCheck} loading={busy}>
              Look who would come in
            </Button>
          </InlineStack>
        ) : null}
        {(refused ?? error) ? <InlineError fieldID="csv" message={refused ?? error ?? ''} /> : null}
      </BlockStack>
    </Card>
  );
}
