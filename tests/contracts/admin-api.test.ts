/** The Admin API of the sandbox refuses, counts, throttles and works in the background as Shopify does. */

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bulkOrders } from '../../app/adapters/shopify/documents/orders.ts';
import { BULK_PRODUCTS } from '../../app/adapters/shopify/documents/products.ts';
import { ALL_SCOPES, type SandboxUnderTest, startSandbox } from '../sandbox.ts';

const FOLDER = 'tests/contracts/shopify/documents';
const text = (name: string) => readFileSync(`${FOLDER}/${name}.graphql`, 'utf8');
const examples = JSON.parse(readFileSync(`${FOLDER}/VARIABLES.json`, 'utf8')) as Record<
  string,
  Record<string, unknown>
>;

let at: SandboxUnderTest;
beforeAll(async () => {
  at = await startSandbox({ scopes: ALL_SCOPES, limits: { maximumAvailable: 1e9, restoreRate: 1 } });
  at.sandbox.store.placeOrder(at.sandbox.shop(), {
    customer: { email: 'ana@example.com' },
    lines: [{ handle: 'chefs-knife' }, { handle: 'linen-apron', quantity: 2 }],
  });
});
afterAll(() => at.close());

describe('wrong documents', () => {
  const errorOf = async (query: string, variables = {}) => (await at.graphql(query, variables)).errors[0];

  test('a field that does not exist', async () => {
    expect(await errorOf('query Q { shop { nmae } }')).toEqual({
      message: "Field 'nmae' doesn't exist on type 'Shop'",
      locations: [{ line: 1, column: 18 }],
      path: ['query Q', 'nmae'],
      extensions: { code: 'undefinedField', typeName: 'Shop', fieldName: 'nmae' },
    });
  });

  test.each([
    ['{ order { id } }', "Field 'order' is missing required arguments: id", 'missingRequiredArguments'],
    ['{ shop(x: 1) { id } }', "Field 'shop' doesn't accept argument 'x'", 'argumentNotAccepted'],
    [
      '{ shop }',
      "Field must have selections (field 'shop' returns Shop but has no selections. Did you mean 'shop { ... }'?)",
      'selectionMismatch',
    ],
    [
      'query ($a: ID!) { shop { id } }',
      'Variable $a is declared by anonymous query but not used',
      'variableNotUsed',
    ],
    ['query Q { order(id: $id) { id } }', 'Variable $id is used by Q but not declared', 'variableNotDefined'],
    [
      'query ($id: String!) { order(id: $id) { id } }',
      'Type mismatch on variable $id and argument (String! / ID!)',
      'variableMismatch',
    ],
    ['{ shop { id }', 'syntax error, Expected Name, found <EOF>.', 'PARSE_ERROR'],
  ])('%s', async (query, message, code) => {
    expect(await errorOf(query)).toMatchObject({ message, extensions: { code } });
  });

  test('a variable with a wrong value', async () => {
    const error = await errorOf(
      'mutation ($d: DiscountCodeBasicInput!) { discountCodeBasicCreate(basicCodeDiscount: $d) { userErrors { message } } }',
      { d: { startsAt: 'soon' } },
    );
    expect(error.message).toMatch(/^Variable \$d was provided invalid value/);
    expect(error.extensions.code).toBe('INVALID_VARIABLE');
  });

  test('a list without a size', async () => {
    expect(await errorOf('{ orders { nodes { id } } }')).toMatchObject({
      message: 'you must provide one of first or last',
    });
    expect(await errorOf('{ orders(first: 251) { nodes { id } } }')).toMatchObject({
      message: 'The first argument must be 250 or less',
    });
  });

  test('what the sandbox lacks says so instead of being null', async () => {
    expect(await errorOf('{ channels(first: 1) { nodes { id } } }')).toMatchObject({
      extensions: { code: 'SANDBOX_NOT_IMPLEMENTED' },
    });
    expect(await errorOf('{ orders(first: 1, query: "colour:red") { nodes { id } } }')).toMatchObject({
      extensions: { code: 'SANDBOX_NOT_IMPLEMENTED' },
    });
  });

  test('a query that costs too much', async () => {
    const { errors } = await at.graphql(
      '{ orders(first: 250) { nodes { lineItems(first: 50) { nodes { id } } } } }',
    );
    expect(errors[0].extensions).toMatchObject({ code: 'MAX_COST_EXCEEDED', maxCost: 1000 });
  });

  test('a token that is unknown, and a scope that was not granted', async () => {
    expect(await at.graphql('{ shop { id } }', {}, 'shpat_wrong')).toMatchObject({
      errors: expect.stringContaining('Invalid API key'),
    });
    const { installation } = at.sandbox.shop();
    installation!.accessTokens.shpat_small = {
      kind: 'offline',
      scopes: ['read_products'],
      expires: null,
      user: null,
    };
    const { data, errors } = await at.graphql(
      '{ customers(first: 1) { nodes { id } } shop { name } }',
      {},
      'shpat_small',
    );
    expect(data).toBeNull();
    expect(errors[0]).toMatchObject({
      message: 'Access denied for customers field. Required access: `read_customers` access scope.',
      extensions: { code: 'ACCESS_DENIED' },
    });
  });
});

test('the bucket empties and refills, and every answer tells its cost', async () => {
  const other = await startSandbox();
  for (let n = 0; n < 60; n++) {
    other.sandbox.store.placeOrder(other.sandbox.shop(), {
      customer: { email: `c${n}@example.com` },
      lines: [{ handle: 'olive-oil' }],
    });
  }
  const ask = () => other.graphql('{ orders(first: 50) { nodes { id customer { id } } } }');
  expect((await ask()).extensions.cost).toMatchObject({
    requestedQueryCost: 102,
    actualQueryCost: 101,
    throttleStatus: { maximumAvailable: 2000, restoreRate: 100 },
  });
  const many = await Promise.all(Array.from({ length: 40 }, ask));
  const throttled = many.filter((answer) => answer.errors?.[0].extensions.code === 'THROTTLED');
  expect(throttled.length).toBeGreaterThan(10);
  expect(throttled[0].extensions.cost.actualQueryCost).toBeNull();
  await other.close();
});

describe('bulk operations', () => {
  const run =
    'mutation ($q: String!) { bulkOperationRunQuery(query: $q) { bulkOperation { id status } userErrors { code message } } }';

  test.each([
    ['orders', () => bulkOrders('2020-01-01T00:00:00Z')],
    ['products', () => BULK_PRODUCTS],
  ])("the app's own %s", async (kind, query) => {
    const started = await at.graphql(run, { q: query() });
    expect(started.data.bulkOperationRunQuery).toMatchObject({
      bulkOperation: { status: 'CREATED' },
      userErrors: [],
    });
    await at.sandbox.clock.settle();
    const id = started.data.bulkOperationRunQuery.bulkOperation.id as string;
    const { data } = await at.graphql(
      'query ($id: ID!) { bulkOperation(id: $id) { status errorCode objectCount rootObjectCount fileSize url } }',
      { id },
    );
    expect(data.bulkOperation).toMatchObject({ status: 'COMPLETED', errorCode: null });
    const file = await (await fetch(data.bulkOperation.url)).text();
    const lines = file
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; __parentId?: string });
    expect(lines.length).toBe(Number(data.bulkOperation.objectCount));
    const roots = lines.filter((line) => !line.__parentId);
    expect(roots.length).toBe(
      kind === 'orders' ? at.sandbox.shop().orders.length : at.sandbox.shop().products.length,
    );
    expect(at.app.bodies('bulk_operations/finish').at(-1)).toMatchObject({
      admin_graphql_api_id: id,
      status: 'completed',
      type: 'query',
      error_code: null,
    });
  });

  test('children follow their parent and name it', async () => {
    await at.graphql(run, {
      q: '{ orders { edges { node { id lineItems { edges { node { id quantity } } } } } } }',
    });
    await at.sandbox.clock.settle();
    const lines = at.sandbox
      .shop()
      .bulkOperations.at(-1)!
      .result!.trim()
      .split('\n')
      .map((l) => JSON.parse(l));
    const order = at.sandbox.shop().orders[0]!;
    expect(lines[0]).toEqual({ id: order.id });
    expect(lines[1]).toEqual({ id: order.lines[0]!.id, quantity: 1, __parentId: order.id });
  });

  test.each([
    ['{ shop { id } }', /at least one connection/],
    ['{ orders { edges { node { lineItems { edges { node { id } } } } } } }', /must select the 'id' field/],
    ['{ orders { edges { node { nope } } } }', /doesn't exist on type 'Order'/],
  ])('%s is refused', async (q, message) => {
    const { data } = await at.graphql(run, { q });
    expect(data.bulkOperationRunQuery.userErrors[0]).toMatchObject({
      code: 'INVALID',
      message: expect.stringMatching(message),
    });
  });
});

describe('codes', () => {
  const create = text('discount_code_basic_create');
  const input = (code: string) => ({
    basicCodeDiscount: { ...(examples.discount_code_basic_create?.basicCodeDiscount as object), code },
  });

  test('a code that exists is TAKEN, whatever its case', async () => {
    expect((await at.graphql(create, input('Jo-10'))).data.discountCodeBasicCreate.userErrors).toEqual([]);
    const again = await at.graphql(create, input('JO-10'));
    expect(again.data.discountCodeBasicCreate).toMatchObject({
      codeDiscountNode: null,
      userErrors: [
        {
          field: ['basicCodeDiscount', 'code'],
          code: 'TAKEN',
          message: 'Code must be unique. Please try a different code.',
        },
      ],
    });
  });

  test('codes are added in the background, each with its own errors', async () => {
    const parent = await at.graphql(create, input('PARENT'));
    const discountId = parent.data.discountCodeBasicCreate.codeDiscountNode.id as string;
    const codes = [{ code: 'FRESH-1' }, { code: 'jo-10' }, { code: 'FRESH-1' }];
    const added = await at.graphql(text('discount_redeem_code_bulk_add'), { discountId, codes });
    const id = added.data.discountRedeemCodeBulkAdd.bulkCreation.id as string;
    expect(added.data.discountRedeemCodeBulkAdd.bulkCreation).toMatchObject({
      done: false,
      codesCount: 3,
      importedCount: 0,
    });
    await at.sandbox.clock.settle();
    const { data } = await at.graphql(text('discount_redeem_code_bulk_creation'), { id });
    expect(data.discountRedeemCodeBulkCreation).toMatchObject({
      done: true,
      importedCount: 1,
      failedCount: 2,
    });
    expect(
      data.discountRedeemCodeBulkCreation.codes.nodes.map(
        (n: { errors: { code: string }[] }) => n.errors[0]?.code,
      ),
    ).toEqual([undefined, 'TAKEN', 'DUPLICATE']);
    const found = await at.graphql(text('discount_by_code'), { code: 'fresh-1' });
    expect(found.data.codeDiscountNodeByCode.id).toBe(discountId);
  });

  test('more than 250 at once are refused', async () => {
    const { data } = await at.graphql(text('discount_redeem_code_bulk_add'), {
      discountId: at.sandbox.shop().discounts[0]!.id,
      codes: Array.from({ length: 251 }, (_, n) => ({ code: `X${n}` })),
    });
    expect(data.discountRedeemCodeBulkAdd.userErrors).toHaveLength(1);
  });
});

test('metafields are written only over what was read', async () => {
  const customer = at.sandbox.shop().customers[0]!.id;
  const set = text('metafields_set');
  const field = { ownerId: customer, key: 'stage', type: 'single_line_text_field', value: 'friend' };
  const first = await at.graphql(set, { metafields: [{ ...field, compareDigest: null }] });
  const digest = first.data.metafieldsSet.metafields[0].compareDigest as string;
  const late = await at.graphql(set, { metafields: [{ ...field, value: 'family', compareDigest: null }] });
  expect(late.data.metafieldsSet.userErrors[0].code).toBe('STALE_OBJECT');
  const right = await at.graphql(set, { metafields: [{ ...field, value: 'family', compareDigest: digest }] });
  expect(right.data.metafieldsSet.userErrors).toEqual([]);
});

test('without read_all_orders an order is out of sight after 60 days', async () => {
  const order = at.sandbox.store.placeOrder(at.sandbox.shop(), {
    lines: [{ handle: 'olive-oil' }],
    source: 'pos',
  });
  const ask = async () =>
    (await at.graphql('query ($id: ID!) { order(id: $id) { id } }', { id: order.id })).data.order;
  expect(await ask()).toEqual({ id: order.id });
  await at.sandbox.clock.moveTo(at.sandbox.clock.now() + 61 * 86_400_000);
  expect(await ask()).toBeNull();
});
