import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import { BlockStack, Page } from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing } from '../fields.server.ts';
import { MOST_ROWS, PEOPLE_BY, readCsv, type CsvFile } from '../sequences/csv-people.ts';
import { beginFromCsv, sequenceOf, type CsvVerdict } from '../sequences/sequences.server.ts';
import { CsvColumns, type CsvChoice } from '../ui/CsvColumns.tsx';
import { CsvVerdictCard } from '../ui/CsvVerdictCard.tsx';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

const MISSING = 'There is no such sequence';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], MISSING);
  const sequence = await app().db.inShop(shop.id, (tx) => sequenceOf(tx, id));
  if (!sequence) throw new Response(MISSING, { status: 404 });
  return { sequence: { id, name: sequence.name, on: sequence.on } };
}

type Answer = { error: string } | (CsvVerdict & { toast?: string });

export async function action({ request, params }: ActionFunctionArgs): Promise<Answer> {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], MISSING);
  const fields = await fieldsOf(request);
  const file = fileIn(fields.text('csv'));
  if ('error' in file) return file;
  const by = PEOPLE_BY.find((one) => one === fields.text('by')) ?? 'email';
  const column = Math.trunc(Number(fields.text('column')));
  if (!(column >= 0 && column < file.head.length))
    return { error: 'Choose the column that says who they are.' };
  const begin = (['good', 'all'] as const).find((one) => one === fields.text('intent')) ?? 'no';
  const verdict = await app().db.inShop(shop.id, async (tx) => {
    const sequence = await sequenceOf(tx, id);
    if (!sequence) throw new Response(MISSING, { status: 404 });
    return beginFromCsv(tx, { sequence: sequence.key, file, column, by }, begin, now());
  });
  return verdict.begun ? { ...verdict, toast: `It begins for ${verdict.good} in a moment` } : verdict;
}

function fileIn(text: string): CsvFile | { error: string } {
  const file = readCsv(text);
  if ('unclosed' in file)
    return { error: `Row ${file.unclosed}: a quotation mark opens and never closes. Nothing was read.` };
  if (file.rows.length === 0) return { error: 'The file has a head at most, and nobody below it.' };
  if (file.rows.length > MOST_ROWS)
    return { error: `The file has ${file.rows.length} rows; ${MOST_ROWS} are taken at once. Split it.` };
  return file;
}

export default function CsvPage() {
  const { sequence } = useLoaderData<typeof loader>();
  const answer = useActionData<Answer>();
  const submit = useSubmit();
  const busy = useNavigation().state === 'submitting';
  const [choice, setChoice] = useState<CsvChoice | null>(null);
  /** What the verdict is about: another file or column has none yet. */
  const [asked, setAsked] = useState<CsvChoice | null>(null);
  useToast(answer && 'toast' in answer ? answer.toast : undefined);
  const post = (intent: 'check' | 'good' | 'all') => {
    if (!choice) return;
    setAsked(choice);
    const { text, column, by } = choice;
    submit({ intent, csv: text, column: String(column), by }, { method: 'post' });
  };
  const isAnswered = answer !== undefined && choice !== null && asked === choice;
  return (
    <Page
      title={`Begin “${sequence.name}” for the people in a file`}
      subtitle={sequence.on ? '' : 'It is switched off: nobody can come in.'}
      backAction={{ content: sequence.name, url: `/app/sequences/${sequence.id}` }}
    >
      <BlockStack gap="400">
        <CsvColumns
          choice={choice}
          busy={busy}
          error={isAnswered && 'error' in answer ? answer.error : null}
          onChange={setChoice}
          onCheck={() => post('check')}
        />
        {isAnswered && !('error' in answer) ? (
          <CsvVerdictCard verdict={answer as CsvVerdict} busy={busy} onBegin={post} />
        ) : null}
      </BlockStack>
    </Page>
  );
}
