/** What orders have in common, in words for the staff. */

interface Shared {
  kind: string;
  orderName: string | null;
  customerName: string | null;
  isAdvocates: boolean;
}

const SAME: Record<string, string> = {
  mailbox: 'Same mailbox',
  likeness: 'An e-mail address much like it',
  phone: 'Same phone',
  door: 'Same door',
  building: 'Same building',
  browser: 'Same browser on the same line',
  network: 'Same line',
};

/** What says it already, and more. */
const SAYS_IT: Record<string, string> = { building: 'door', network: 'browser', likeness: 'mailbox' };

/** "Same phone as Ana Lima (#1001)", "Same door: 3 orders, of Ana Lima and Jo" */
export function sharedInWords(all: readonly Shared[]): string[] {
  const has = (kind: string | undefined, orderName: string | null) =>
    kind !== undefined && all.some((each) => each.kind === kind && each.orderName === orderName);
  const shared = all.filter(({ kind, orderName }) => !has(SAYS_IT[kind], orderName));
  const kinds = [...new Set(shared.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const orders = shared.filter((each) => each.kind === kind);
    const same = SAME[kind] ?? kind;
    const [only] = orders;
    if (orders.length === 1 && only) {
      const whose = only.customerName ?? (only.isAdvocates ? 'whoever invited' : 'another friend');
      return `${same} as ${whose}${only.orderName ? ` (${only.orderName})` : ''}`;
    }
    const names = [...new Set(orders.flatMap(({ customerName }) => customerName ?? []))];
    const of = names.length === 0 ? '' : `, of ${listed(names)}`;
    return `${same}: ${orders.length + 1} orders with this one${of}`;
  });
}

/** "Ana invited Bo, Bo invited Cy, Cy invited whoever ordered this"; null where nobody invited the advocate. */
export function chainInWords(inviters: readonly { name: string | null }[]): string | null {
  if (inviters.length < 2) return null;
  const names = inviters.map(({ name }) => name ?? 'a customer').reverse();
  const links = names.slice(1).map((name, index) => `${names[index]} invited ${name}`);
  return `${[...links, `${names.at(-1)} invited whoever ordered this`].join(', ')}.`;
}

const MOST = 3;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
