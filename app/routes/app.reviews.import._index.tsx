import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate } from '@remix-run/react';
import {
  BlockStack,
  Card,
  DataTable,
  DropZone,
  InlineError,
  Link,
  Page,
  ProgressBar,
  Text,
} from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { listImports } from '../reviews/reviews.server.ts';
import { moment } from '../ui/format.ts';
import { IMPORT_STATES, sendFile } from '../ui/importFile.ts';
import { countOf } from '../ui/reviewWords.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const imports = await app().db.inShop(shop.id, (tx) => listImports(tx, shop.id));
  return { imports, zone: shop.timeZone, now: now().toISOString() };
}

/** A file of another app: chosen here, sent in pieces, looked at on a page of its own. */
export default function ReviewImports() {
  const data = useLoaderData<typeof loader>();
  const navigate = useNavigate();
  const [sent, setSent] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const choose = async (file: File | undefined) => {
    setProblem(null);
    if (!file) return setProblem('This is no CSV file.');
    setSent(0);
    const result = await sendFile(file, setSent);
    setSent(null);
    if ('problem' in result) return setProblem(result.problem);
    navigate(`/app/reviews/import/${result.id}`);
  };
  return (
    <Page title="Bring reviews in" backAction={{ content: 'Reviews', url: '/app/reviews' }}>
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="300">
            <Text as="p">
              Export your reviews as CSV in Judge.me, Okendo, Yotpo, Loox, Stamped or Shopify Product Reviews,
              and put the file here. You see what becomes of it before anything is saved, and can take it all
              out again.
            </Text>
            {sent === null ? (
              <DropZone
                accept=".csv,text/csv,text/plain,application/vnd.ms-excel"
                type="file"
                allowMultiple={false}
                label="A CSV file with one review a row"
                onDrop={(_all, accepted) => void choose(accepted[0])}
              >
                <DropZone.FileUpload actionTitle="Choose a file" actionHint="Up to 250 MB" />
              </DropZone>
            ) : (
              <BlockStack gap="200">
                <Text as="p" id="sending">{`Sending it: ${Math.round(sent * 100)}%`}</Text>
                <ProgressBar progress={sent * 100} ariaLabelledBy="sending" />
              </BlockStack>
            )}
            {problem ? <InlineError fieldID="file" message={problem} /> : null}
          </BlockStack>
        </Card>
        {data.imports.length > 0 ? (
          <Card>
            <DataTable
              columnContentTypes={['text', 'text', 'text', 'text']}
              headings={['File', 'State', 'Reviews', 'When']}
              rows={data.imports.map(({ id, name, state, saved, createdAt }) => [
                <Link key={id} url={`/app/reviews/import/${id}`}>
                  {name || 'A file'}
                </Link>,
                IMPORT_STATES[state],
                countOf(saved, 'review'),
                moment(createdAt, { locale: 'en', timeZone: data.zone, now: data.now }),
              ])}
            />
          </Card>
        ) : null}
      </BlockStack>
    </Page>
  );
}
