import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { queryOf } from '../fields.server.ts';
import { domainOf, isFreeMail, judgeDomain, type RecordVerdict } from '../messages/sender-domain.ts';
import { app } from '../wiring.server.ts';

type Answer =
  | { outcome: 'judged'; domain: string; records: RecordVerdict[] }
  | { outcome: 'free-mail'; domain: string }
  /** ours: there is no address, and mails come from the app's own. */
  | { outcome: 'no-domain' | 'ours' };

/** What DNS says just now of the domain of `address`. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Answer> {
  await authenticateAdmin(request);
  const { config, txtRecords } = app();
  const address = queryOf(request).get('address')?.trim() ?? '';
  if (address === '') return { outcome: 'ours' };
  const domain = domainOf(address);
  if (domain === null) return { outcome: 'no-domain' };
  if (isFreeMail(domain)) return { outcome: 'free-mail', domain };
  const server = {
    spfInclude: config.MAIL_SPF_INCLUDE ?? null,
    dkimSelector: config.MAIL_DKIM_SELECTOR ?? null,
  };
  return { outcome: 'judged', domain, records: await judgeDomain(domain, server, txtRecords) };
}
