import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { BlockStack, Modal, Page, Text } from '@shopify/polaris';
import { useState } from 'react';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import {
  deleteMacro,
  deleteTag,
  effectOf,
  inboxSettings,
  macrosOf,
  saveInboxSettings,
  saveMacro,
  saveTag,
  tagsOf,
  type PromiseEffect,
} from '../conversations/conversations.server.ts';
import { MACRO_FIELDS, macroProblem, macroSchema } from '../conversations/macros.ts';
import { isEmptyRule, newKey, tagSchema } from '../conversations/tags.ts';
import type { ShopTx } from '../db.server.ts';
import { fieldsOf, unknownIntent, type Fields } from '../fields.server.ts';
import { listProducts } from '../products/products.server.ts';
import { staffNamesOf } from '../shops/shops.server.ts';
import { FormSaveBar } from '../ui/FormSaveBar.tsx';
import { PromiseForm } from '../ui/inbox/PromiseForm.tsx';
import { formOf, readForm, settingsFormSchema, type SettingsForm } from '../ui/inbox/settingsForm.ts';
import { MacrosPart } from '../ui/inbox/MacrosPart.tsx';
import { TagsPart } from '../ui/inbox/TagsPart.tsx';
import { useFocusOnError } from '../ui/useFocusOnError.ts';
import { useSaved } from '../ui/useSaved.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

/** Products that a rule can be chosen for; nobody reads a longer list. */
const PRODUCTS = 200;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  return app().db.inShop(shop.id, async (tx) => ({
    form: formOf(await inboxSettings(tx), String(userId)),
    tags: (await tagsOf(tx, [shop.id])).get(shop.id) ?? [],
    staff: await staffNamesOf(tx),
    products: (await listProducts(tx, shop.id, { limit: PRODUCTS })).products.map(({ id, title }) => ({
      id: String(id),
      title,
    })),
    macros: await macrosOf(tx),
    fields: [...MACRO_FIELDS],
  }));
}

interface Outcome {
  toast?: string;
  saved?: boolean;
  problem?: string;
  errors?: Record<string, string>;
  /** What saving would do to those that are open; not saved yet. */
  effect?: PromiseEffect;
}

export async function action({ request }: ActionFunctionArgs): Promise<Outcome> {
  const { shop, userId } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const intent = fields.text('intent');
  if (intent === 'look' || intent === 'save') {
    const form = settingsFormSchema.safeParse(fields.json('form'));
    if (!form.success) throw new Response('The form is not whole', { status: 400 });
    const before = await app().db.inShop(shop.id, inboxSettings);
    const read = readForm(form.data, before, String(userId));
    if ('errors' in read) return { errors: read.errors };
    const effect = await app().db.inShop(shop.id, (tx) => effectOf(tx, read.settings, now()));
    if (intent === 'look' && effect.moved > 0) return { effect };
    await saveInboxSettings(app().db, shop, read.settings, now());
    return { toast: 'Saved', saved: true };
  }
  return (await app().db.inShop(shop.id, (tx) => changeWords(tx, fields, intent))) ?? unknownIntent();
}

const SAME_NAME = 'There is one of this name already: change that one, or find another name';

/** Subjects and texts are kept at once, each by itself. */
async function changeWords(tx: ShopTx, fields: Fields, intent: string): Promise<Outcome | null> {
  switch (intent) {
    case 'save-tag': {
      const name = fields.text('name');
      const known = (await tagsOf(tx, [tx.shopId])).get(tx.shopId) ?? [];
      const others = known.map((tag) => ({ key: tag.code, name: tag.name }));
      const code = fields.text('code') || newKey(name, others);
      if (code === null) return { problem: SAME_NAME };
      const tag = tagSchema.safeParse({
        code,
        name,
        complaint: fields.text('complaint') === '1',
        rules: rulesIn(fields),
      });
      if (!tag.success)
        return { problem: 'A name of at most 60 letters, and at most 20 rules with words of at most 500' };
      await saveTag(tx, tx.shopId, tag.data, now());
      return { toast: 'Kept', saved: true };
    }
    case 'delete-tag':
      await deleteTag(tx, tx.shopId, fields.text('code'));
      return { toast: 'Deleted' };
    case 'save-macro': {
      const [name, locale] = [fields.text('name'), fields.text('locale')];
      const others = (await macrosOf(tx)).filter((each) => each.locale === locale);
      const key = fields.text('key') || newKey(name, others);
      if (key === null) return { problem: SAME_NAME };
      const macro = macroSchema.safeParse({
        key,
        locale,
        name,
        body: fields.text('body'),
      });
      const problem = macro.success ? macroProblem(macro.data.body) : 'A name, and at most 10,000 letters';
      if (!macro.success || problem) return { problem: problem ?? '' };
      await saveMacro(tx, macro.data, now());
      return { toast: 'Kept', saved: true };
    }
    case 'delete-macro':
      await deleteMacro(tx, fields.text('key'), fields.text('locale'));
      return { toast: 'Deleted' };
    default:
      return null;
  }
}

/** A rule that says nothing is none: the form always shows one. */
function rulesIn(fields: Fields): unknown {
  const rules = fields.json('rules');
  return Array.isArray(rules) ? rules.filter((rule) => !isEmptyRule(rule)) : [];
}

const NO_ERRORS: Record<string, string> = {};

export default function InboxSettingsPage() {
  const { form, tags, products, staff, macros, fields } = useLoaderData<typeof loader>();
  const fetcher = useFetcher<Outcome>();
  const [draft, setDraft] = useState<Partial<SettingsForm> | null>(null);
  const outcome = fetcher.data;
  const shown = { ...form, ...draft };
  const [closed, setClosed] = useState<PromiseEffect | null>(null);
  useToast(outcome?.toast);
  useFocusOnError(outcome);
  useSaved(outcome, () => setDraft(null));
  const busy = fetcher.state !== 'idle';
  const submit = (intent: string) =>
    fetcher.submit({ intent, form: JSON.stringify(shown) }, { method: 'post' });
  const effect = outcome?.effect && outcome.effect !== closed ? outcome.effect : null;
  return (
    <Page title="Promises and texts" backAction={{ content: 'Conversations', url: '/app/conversations' }}>
      <FormSaveBar
        open={draft !== null}
        busy={busy}
        onSave={() => submit('look')}
        onDiscard={() => setDraft(null)}
      />
      <Modal
        open={effect !== null}
        title="What becomes of those that are open"
        onClose={() => setClosed(outcome?.effect ?? null)}
        primaryAction={{ content: 'Save', loading: busy, onAction: () => submit('save') }}
        secondaryActions={[{ content: 'Not yet', onAction: () => setClosed(outcome?.effect ?? null) }]}
      >
        <Modal.Section>
          <Text as="p">{effect ? effectInWords(effect) : ''}</Text>
        </Modal.Section>
      </Modal>
      <BlockStack gap={{ xs: '800', md: '400' }}>
        <PromiseForm
          staff={staff}
          form={shown}
          errors={(draft && outcome?.errors) || NO_ERRORS}
          change={(changed) => setDraft((before) => ({ ...before, ...changed }))}
        />
        <TagsPart tags={tags} products={products} />
        <MacrosPart macros={macros} fields={fields} />
      </BlockStack>
    </Page>
  );
}

/** "Of 40 that are open, 12 get another moment; 3 are late at once; 1 has time again." */
function effectInWords({ open, moved, late, saved }: PromiseEffect): string {
  const parts = [`Of ${open} that are open, ${moved} get another moment by which they are promised`];
  if (late > 0) parts.push(`${late} ${late === 1 ? 'is' : 'are'} late at once`);
  if (saved > 0)
    parts.push(
      `${saved} that ${saved === 1 ? 'was' : 'were'} late ${saved === 1 ? 'has' : 'have'} time again`,
    );
  return `${parts.join('; ')}.`;
}
