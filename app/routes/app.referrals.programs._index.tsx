/** A shop's programmes for friends, in the order in which they are offered. */
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react';
import { BlockStack, Page } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { isUuid } from '../cursor.ts';
import { fieldsOf, unknownIntent } from '../fields.server.ts';
import { standingOf } from '../referrals/audience.ts';
import { BEGINNINGS, beginningOf } from '../referrals/program.ts';
import {
  createProgram,
  listPrograms,
  orderPrograms,
  programFigures,
  todayOf,
} from '../referrals/referrals.server.ts';
import { ProgramsCard } from '../ui/referrals/ProgramsCard.tsx';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  return app().db.inShop(shop.id, async (tx) => {
    const [today, figures] = [todayOf(shop, now()), await programFigures(tx, shop.id)];
    const programs = await listPrograms(tx, shop.id);
    return programs.map(({ id, name, terms, audience, status }) => ({
      id,
      name,
      terms,
      audience,
      standing: standingOf({ terms, status }, today),
      ...(figures.get(id) ?? { codes: 0, waiting: 0, friends: 0 }),
    }));
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop, redirect } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  switch (fields.text('intent')) {
    case 'new': {
      const as = BEGINNINGS.find((each) => each === fields.text('as'));
      if (!as) return unknownIntent();
      const begins = beginningOf(as, shop.currency);
      const made = await app().db.inShop(shop.id, (tx) => createProgram(tx, shop.id, begins, now()));
      if (!made) return { toast: 'There are as many as there can be. Take up one that is off' };
      return redirect(`/app/referrals/programs/${made.id}`);
    }
    case 'order':
      await app().db.inShop(shop.id, (tx) =>
        orderPrograms(tx, shop.id, fields.texts('id').filter(isUuid), now()),
      );
      return { toast: 'Offered in this order from now on' };
    default:
      return unknownIntent();
  }
}

const NEW = [
  { as: 'everybody', content: 'For everybody', helpText: 'Something off for both' },
  { as: 'friends', content: 'For friends', helpText: 'Only for those who are close to you' },
  { as: 'ambassadors', content: 'For ambassadors', helpText: 'By stage or tag, with more to give' },
  { as: 'partners', content: 'For partners', helpText: 'By tag, with a commission that you pay out' },
];

export default function Programs() {
  const programs = useLoaderData<typeof loader>();
  const outcome = useActionData<{ toast?: string }>();
  const submit = useSubmit();
  const busy = useNavigation().state !== 'idle';
  useToast(outcome?.toast);
  return (
    <Page
      title="Programmes"
      subtitle="What friends get, what your customers get for bringing them, and who may."
      backAction={{ content: 'Referrals', url: '/app/referrals' }}
      actionGroups={[
        {
          title: 'New programme',
          actions: NEW.map(({ as, content, helpText }) => ({
            content,
            helpText,
            onAction: () => submit({ intent: 'new', as }, { method: 'post' }),
          })),
        },
      ]}
    >
      <BlockStack gap="400">
        <ProgramsCard
          programs={programs}
          busy={busy}
          onOrder={(ids) => {
            const form = new FormData();
            form.set('intent', 'order');
            for (const id of ids) form.append('id', id);
            submit(form, { method: 'post' });
          }}
        />
      </BlockStack>
    </Page>
  );
}
