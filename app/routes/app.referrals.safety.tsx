import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import { BlockStack, Card, ChoiceList, Page, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf } from '../fields.server.ts';
import { staffIn } from '../referrals/employees.ts';
import { SENSITIVITIES, type Sensitivity } from '../referrals/signals.ts';
import { saveSettings } from '../shops/shops.server.ts';
import { FormSaveBar } from '../ui/FormSaveBar.tsx';
import { SettingsPart } from '../ui/SettingsPart.tsx';
import { useFocusOnError } from '../ui/useFocusOnError.ts';
import { useSaved } from '../ui/useSaved.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  return shop.settings.friends;
}

interface Outcome {
  toast?: string;
  saved?: boolean;
  errors?: { staff: string };
}

export async function action({ request }: ActionFunctionArgs): Promise<Outcome> {
  const { shop } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const levels = Object.keys(SENSITIVITIES) as Sensitivity[];
  const sensitivity = levels.find((level) => level === fields.text('sensitivity')) ?? 'usual';
  const read = staffIn(fields.text('staff'));
  if ('problem' in read) return { errors: { staff: read.problem } };
  const friends = { sensitivity, staff: read.staff };
  await app().db.inShop(shop.id, (tx) => saveSettings(tx, { friends }, now()));
  return { toast: 'Saved. Orders are looked at like this from now on', saved: true };
}

const LEVELS: { label: string; value: Sensitivity; helpText: string }[] = [
  {
    label: 'Calm',
    value: 'calm',
    helpText: 'Holds what one strong sign speaks against. For shops that know their customers.',
  },
  {
    label: 'As usual',
    value: 'usual',
    helpText: 'Holds two small signs together too: the same line and the same family name.',
  },
  {
    label: 'Careful',
    value: 'careful',
    helpText: 'Holds every small sign: an office, a block of flats. More waits for you.',
  },
];

export default function Safety() {
  const saved = useLoaderData<typeof loader>();
  const outcome = useActionData<typeof action>();
  const submit = useSubmit();
  const busy = useNavigation().state === 'submitting';
  const [draft, setDraft] = useState<{ sensitivity?: Sensitivity; staff?: string } | null>(null);
  useToast(outcome?.toast);
  useFocusOnError(outcome);
  useSaved(outcome, () => setDraft(null));
  const sensitivity = draft?.sensitivity ?? saved.sensitivity;
  const staff = draft?.staff ?? saved.staff.join('\n');
  return (
    <Page title="Fair and safe" backAction={{ content: 'Referrals', url: '/app/referrals' }}>
      <FormSaveBar
        open={draft !== null}
        busy={busy}
        onSave={() => submit({ sensitivity, staff }, { method: 'post' })}
        onDiscard={() => setDraft(null)}
      />
      <BlockStack gap="400">
        <SettingsPart
          id="doubts"
          title="Doubts"
          description="When a friend’s order waits for you. Doubts never refuse an order: households and offices are held at most."
        >
          <Card>
            <BlockStack gap="300">
              <ChoiceList
                title="How soon doubts hold an order"
                choices={LEVELS}
                selected={[sensitivity]}
                onChange={([level]) => setDraft({ ...draft, sensitivity: level as Sensitivity })}
              />
              <Text as="p" tone="subdued">
                Whatever you choose: the same person twice, your own staff and customers from before do not
                count, and what could not be looked up waits until it can be.
              </Text>
            </BlockStack>
          </Card>
        </SettingsPart>
        <SettingsPart
          id="staff"
          title="Your people"
          description="Whoever works here cannot earn by inviting. Addresses at your own site’s domain and customers with the tag “staff” are known already."
        >
          <Card>
            <TextField
              label="Their e-mail addresses, or whole domains"
              value={staff}
              onChange={(text) => setDraft({ ...draft, staff: text })}
              multiline={4}
              autoComplete="off"
              placeholder={'rosa@gmail.com\n@agency.example'}
              helpText="One a line."
              error={draft ? outcome?.errors?.staff : undefined}
            />
          </Card>
        </SettingsPart>
      </BlockStack>
    </Page>
  );
}
