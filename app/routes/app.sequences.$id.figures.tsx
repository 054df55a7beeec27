import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { idOrMissing } from '../fields.server.ts';
import { stepFigures } from '../sequences/sequences.server.ts';
import type { Count } from '../sequences/tally.ts';
import type { PlanTold } from '../ui/builder/figureWords.ts';
import { whyOfMany } from '../ui/countWords.ts';
import { app } from '../wiring.server.ts';

export { afterDeeds as shouldRevalidate } from '../ui/revalidation.ts';

const MISSING = 'There is no such sequence';

/** What came of each step in the last 30 days; asked for when the plan is drawn already. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], MISSING);
  const figures = await app().db.inShop(shop.id, (tx) => stepFigures(tx, id, now()));
  if (!figures) throw new Response(MISSING, { status: 404 });
  const told = (counts: readonly Count[]) =>
    counts.map(({ code, count }) => ({ why: whyOfMany(code), count }));
  const steps = Object.entries(figures.steps).map(([key, each]) => {
    return [key, { ...each, skipped: told(each.skipped), left: told(each.left) }] as const;
  });
  return { figures: { ...figures, steps: Object.fromEntries(steps) } satisfies PlanTold };
}
