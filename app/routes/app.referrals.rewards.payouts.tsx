import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { Page } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing, unknownIntent } from '../fields.server.ts';
import { debtsOf, forgiveDebt, gatherPayouts, markPaid, payoutSums } from '../rewards/rewards.server.ts';
import { PayoutList } from '../ui/rewards/PayoutList.tsx';
import { saveFile } from '../ui/saveFile.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  return {
    ...(await app().db.inShop(shop.id, async (tx) => ({
      sums: await payoutSums(tx, shop.id),
      debts: (await debtsOf(tx, shop.id)).map((debt) => ({ ...debt, amount: String(debt.amount) })),
    }))),
    zone: shop.timeZone,
    now: now().toISOString(),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  return app().db.inShop(shop.id, async (tx) => {
    switch (fields.text('intent')) {
      case 'gather':
        return {
          toast: (await gatherPayouts(tx, shop.id, now())) ? 'Ready to be paid' : 'Nothing waits to be paid',
        };
      case 'paid': {
        const batch = idOrMissing(fields.text('batch'), 'There is no such batch');
        const count = await markPaid(tx, shop.id, batch, now(), fields.text('shown') || null);
        if (count === 'changed')
          return { toast: 'Something has changed since. Look at it again, and save the list anew' };
        return { toast: count > 0 ? `${count} marked as paid` : 'It was marked as paid already' };
      }
      case 'forgive': {
        const id = idOrMissing(fields.text('reward'), 'There is no such reward');
        const isDone = await forgiveDebt(tx, shop.id, id, now());
        return { toast: isDone ? 'They may keep it' : 'Nothing is owed any more' };
      }
      default:
        return unknownIntent();
    }
  });
}

const save = (batch: string) => void saveFile(`/app/csv/payout?batch=${batch}`, 'payout.csv');

export default function Payouts() {
  const data = useLoaderData<typeof loader>();
  const fetcher = useFetcher<{ toast?: string }>();
  useToast(fetcher.data?.toast);
  const post = (fields: Record<string, string>) => fetcher.submit(fields, { method: 'post' });
  return (
    <Page
      title="Payouts"
      subtitle="Commissions and donations are paid by you; here you see to whom, and say when it is done."
      backAction={{ content: 'Rewards', url: '/app/referrals/rewards' }}
    >
      <PayoutList
        {...data}
        busy={fetcher.state !== 'idle'}
        onGather={() => post({ intent: 'gather' })}
        onPaid={(batch, shown) => post({ intent: 'paid', batch, shown })}
        onForgive={(reward) => post({ intent: 'forgive', reward })}
        onSave={save}
      />
    </Page>
  );
}
