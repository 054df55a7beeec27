import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData, useRevalidator } from '@remix-run/react';
import { Banner, BlockStack, Card, Page, ProgressBar, Text } from '@shopify/polaris';
import { useEffect } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing, unknownIntent } from '../fields.server.ts';
import { mappingSchema } from '../reviews/import/columns.ts';
import {
  firstPiece,
  importById,
  previewOf,
  problemsOf,
  startImport,
  undoImport,
} from '../reviews/reviews.server.ts';
import { ImportMapping } from '../ui/ImportMapping.tsx';
import { IMPORT_STATES } from '../ui/importFile.ts';
import { countOf, FIELD_WORDS, ROW_WORDS } from '../ui/reviewWords.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], 'There is no such file');
  return app().db.inShop(shop.id, async (tx) => {
    const file = await importById(tx, shop.id, id);
    if (!file) throw new Response('There is no such file', { status: 404 });
    const isOpen = file.state === 'received' || file.state === 'failed';
    const preview = isOpen ? previewOf(await firstPiece(tx, shop.id, id), file.mapping, now()) : null;
    return { file, preview: plain(preview), problems: await problemsOf(tx, shop.id, id) };
  });
}

/** Without ids that JSON cannot carry. */
const plain = (preview: ReturnType<typeof previewOf> | null) =>
  preview === null || 'problem' in preview
    ? preview
    : {
        ...preview,
        rows: preview.rows.map((row) =>
          'why' in row ? row : { ...row, productId: row.productId === null ? null : String(row.productId) },
        ),
      };

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], 'There is no such file');
  const fields = await fieldsOf(request);
  const { db, queue } = app();
  switch (fields.text('intent')) {
    case 'undo': {
      const undone = await db.inShop(shop.id, (tx) => undoImport(tx, shop.id, id, now()));
      return undone ? redirect('/app/reviews/import') : { toast: 'There is nothing to take out' };
    }
    case 'look': {
      const mapping = mappingSchema.safeParse(fields.json('mapping'));
      if (!mapping.success) throw new Response('The columns make no sense', { status: 400 });
      const bytes = await db.inShop(shop.id, (tx) => firstPiece(tx, shop.id, id));
      return { preview: plain(previewOf(bytes, mapping.data, now())) };
    }
    case 'start': {
      const mapping = mappingSchema.safeParse(fields.json('mapping'));
      if (
        !mapping.success ||
        mapping.data.columns.rating === undefined ||
        mapping.data.columns.date === undefined
      )
        throw new Response('Stars and day have to have a column', { status: 400 });
      await db.inShop(shop.id, async (tx) => {
        if (await startImport(tx, id, mapping.data))
          await queue.enqueue(tx, 'reviews.import', { shopId: String(shop.id), importId: id }, id);
      });
      return { toast: 'On its way' };
    }
    default:
      return unknownIntent();
  }
}

/** Milliseconds between two looks at a file that is being taken in. */
const LOOK_EVERY = 1500;

/** One file: what its columns mean and what its rows would become; then how far it is, and what was not taken. */
export default function ReviewImportPage() {
  const { file, preview, problems } = useLoaderData<typeof loader>();
  const fetcher = useFetcher<{ toast?: string }>();
  const { revalidate } = useRevalidator();
  useToast(fetcher.data?.toast);
  const isRunning = file.state === 'waiting';
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => revalidate(), LOOK_EVERY);
    return () => clearInterval(timer);
  }, [isRunning, revalidate]);
  const undo =
    file.state === 'done'
      ? [
          {
            content: 'Take it all out again',
            destructive: true,
            onAction: () => fetcher.submit({ intent: 'undo' }, { method: 'post' }),
          },
        ]
      : [];
  return (
    <Page
      title={file.name || 'A file'}
      subtitle={IMPORT_STATES[file.state]}
      backAction={{ content: 'Bring reviews in', url: '/app/reviews/import' }}
      secondaryActions={undo}
    >
      <BlockStack gap="400">
        {file.error ? (
          <Banner tone="critical" title="It could not be taken in">
            <p>{file.error}</p>
          </Banner>
        ) : null}
        {preview && 'problem' in preview ? (
          <Banner tone="critical" title="This file cannot be read">
            <p>{preview.problem}</p>
          </Banner>
        ) : null}
        {preview && !('problem' in preview) ? <ImportMapping preview={preview} /> : null}
        {isRunning || file.state === 'done' ? <Progress file={file} /> : null}
        {problems.length > 0 ? <Problems problems={problems} broken={file.broken} /> : null}
      </BlockStack>
    </Page>
  );
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

function Progress({ file }: Pick<Data, 'file'>) {
  const parts = [
    `${countOf(file.saved, 'review')} saved`,
    file.known > 0 ? `${file.known} were here already` : null,
    file.broken > 0 ? `${countOf(file.broken, 'row')} not taken` : null,
    file.held > 0 ? `${file.held} held by a rule` : null,
    file.photos > 0 ? `${countOf(file.photos, 'picture')} to be fetched` : null,
  ];
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="p" id="progress">{`Row ${file.rows}: ${parts.filter(Boolean).join(', ')}.`}</Text>
        {file.state === 'waiting' ? <ProgressBar progress={50} animated ariaLabelledBy="progress" /> : null}
      </BlockStack>
    </Card>
  );
}

function Problems({ problems, broken }: Pick<Data, 'problems'> & { broken: number }) {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          Rows that were not taken
        </Text>
        {problems.map(({ row, field, why }) => (
          <Text as="p" key={row} breakWord>
            {`Row ${row}: ${FIELD_WORDS[field] ?? field} ${ROW_WORDS[why]}.`}
          </Text>
        ))}
        {broken > problems.length ? (
          <Text as="p" tone="subdued">{`And ${broken - problems.length} more.`}</Text>
        ) : null}
      </BlockStack>
    </Card>
  );
}
