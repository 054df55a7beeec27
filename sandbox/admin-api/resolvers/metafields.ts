/** Metafields and tags: what the app writes on things of the shop. */

import { createHash } from 'node:crypto';
import { digits, gid, kindOf } from '../../state/ids.ts';
import type { Metafield, Shop } from '../../state/shop.ts';
import { connection, type PageArgs } from '../connection.ts';
import { type Context, now, type Resolvers } from '../context.ts';
import { denied, missingForOwner } from '../scopes.ts';

const MOST = 25;
/** What `$app` stands for: a namespace that belongs to this app. */
const OWN = 'app--1';

interface SetInput {
  ownerId: string;
  namespace?: string | null;
  key: string;
  type?: string | null;
  value: string;
  compareDigest?: string | null;
}

/** `$app:x` → `app--1--x`; a missing namespace is the app's own. */
function namespaceOf(name: string | null | undefined): string {
  if (!name || name === '$app') return OWN;
  return name.startsWith('$app:') ? `${OWN}--${name.slice('$app:'.length)}` : name;
}

function find(shop: Shop, owner: string, namespace: string, key: string): Metafield | undefined {
  return shop.metafields.find((m) => m.owner === owner && m.namespace === namespace && m.key === key);
}

function digest(metafield: Metafield | undefined): string | null {
  return metafield ? createHash('sha256').update(metafield.value).digest('hex') : null;
}

function set(context: Context, inputs: SetInput[]) {
  const { shop, inside } = context;
  if (inputs.length > MOST) {
    const message = `Exceeded the maximum metafields input limit of ${MOST}.`;
    return {
      metafields: null,
      userErrors: [{ field: ['metafields'], message, code: 'LESS_THAN_OR_EQUAL_TO', elementIndex: null }],
    };
  }
  const userErrors = inputs.flatMap((input, elementIndex) => {
    const problem = problemWith(context, input);
    return problem
      ? [{ ...problem, field: ['metafields', String(elementIndex), problem.field], elementIndex }]
      : [];
  });
  if (userErrors.length > 0) return { metafields: [], userErrors };
  const at = now(context);
  const metafields = inputs.map((input) => {
    const namespace = namespaceOf(input.namespace);
    const known = find(shop, input.ownerId, namespace, input.key);
    if (known)
      return Object.assign(known, { value: input.value, type: input.type ?? known.type, updatedAt: at });
    const made: Metafield = {
      id: inside.kernel.ids.next('Metafield'),
      owner: input.ownerId,
      namespace,
      key: input.key,
      type: input.type ?? 'single_line_text_field',
      value: input.value,
      createdAt: at,
      updatedAt: at,
    };
    shop.metafields.push(made);
    return made;
  });
  inside.kernel.changed(shop, ...metafields);
  return { metafields, userErrors: [] };
}

function problemWith(
  context: Context,
  input: SetInput,
): { field: string; message: string; code: string } | null {
  const missing = missingForOwner(context.scopes, kindOf(input.ownerId));
  if (missing) throw denied('metafieldsSet', missing);
  if (!exists(context.shop, input.ownerId))
    return { field: 'ownerId', message: 'Owner does not exist.', code: 'INVALID' };
  if (input.value === '') return { field: 'value', message: "Value can't be blank.", code: 'BLANK' };
  if (input.key.length < 2)
    return { field: 'key', message: 'Key is too short (minimum is 2 characters)', code: 'TOO_SHORT' };
  const known = find(context.shop, input.ownerId, namespaceOf(input.namespace), input.key);
  if (!known && !input.type) return { field: 'type', message: "Type can't be blank", code: 'BLANK' };
  if ((input.type ?? known?.type) === 'json' && !isJson(input.value)) {
    return { field: 'value', message: 'Value is invalid JSON.', code: 'INVALID_VALUE' };
  }
  if (input.compareDigest !== undefined && input.compareDigest !== digest(known)) {
    return {
      field: 'compareDigest',
      message:
        'The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.',
      code: 'STALE_OBJECT',
    };
  }
  return null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function exists(shop: Shop, id: string): boolean {
  switch (kindOf(id)) {
    case 'Customer':
      return shop.customers.some((c) => c.id === id);
    case 'Order':
      return shop.orders.some((o) => o.id === id);
    case 'Product':
      return shop.products.some((p) => p.id === id);
    case 'DiscountCodeNode':
    case 'DiscountNode':
      return shop.discounts.some((d) => digits(d.id) === digits(id));
    case 'Shop':
      return shop.id === id;
    case 'AppInstallation':
      return id === gid('AppInstallation', digits(shop.id));
    default:
      return false;
  }
}

interface Identifier {
  ownerId: string;
  namespace: string;
  key: string;
}

function remove(context: Context, identifiers: Identifier[]) {
  const { shop, inside } = context;
  const deletedMetafields = identifiers.map(({ ownerId, namespace: name, key }) => {
    const missing = missingForOwner(context.scopes, kindOf(ownerId));
    if (missing) throw denied('metafieldsDelete', missing);
    const namespace = namespaceOf(name);
    const found = find(shop, ownerId, namespace, key);
    if (!found) return null;
    shop.metafields.splice(shop.metafields.indexOf(found), 1);
    inside.kernel.changed(shop, found);
    return { ownerId, namespace, key };
  });
  return { deletedMetafields, userErrors: [] };
}

const own = {
  metafield: (
    owner: { id: string },
    { namespace, key }: { namespace?: string | null; key: string },
    { shop }: Context,
  ) => find(shop, owner.id, namespaceOf(namespace), key) ?? null,
  metafields: (owner: { id: string }, args: PageArgs & { namespace?: string | null }, context: Context) =>
    connection(
      context.shop.metafields.filter(
        (m) => m.owner === owner.id && (!args.namespace || m.namespace === namespaceOf(args.namespace)),
      ),
      args,
      context,
    ),
};

export const metafieldResolvers: Resolvers = {
  Mutation: {
    metafieldsSet: (_: object, { metafields }: { metafields: SetInput[] }, context: Context) =>
      set(context, metafields),
    metafieldsDelete: (_: object, { metafields }: { metafields: Identifier[] }, context: Context) =>
      remove(context, metafields),
  },
  Customer: own,
  Order: own,
  Product: own,
  ProductVariant: own,
  Shop: own,
  AppInstallation: own,
  DiscountCodeNode: own,
  DiscountNode: own,
  Metafield: {
    legacyResourceId: (m: Metafield) => digits(m.id),
    jsonValue: (m: Metafield) => (isJson(m.value) ? (JSON.parse(m.value) as unknown) : m.value),
    compareDigest: (m: Metafield) => digest(m),
    sizeInBytes: (m: Metafield) => Buffer.byteLength(m.value),
    ownerType: (m: Metafield) => kindOf(m.owner).toUpperCase(),
    description: () => null,
  },
};
