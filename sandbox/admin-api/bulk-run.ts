/** Runs the query of a bulk operation and writes its result as lines: every node of every list is one, children name their parent. */

import {
  execute,
  type FieldNode,
  getNamedType,
  type GraphQLObjectType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import type { BulkOperation } from '../state/shop.ts';
import type { Context } from './context.ts';
import { prepare } from './prepare.ts';
import { adminSchema } from './schema.ts';

const MOST_CONNECTIONS = 5;
const DEEPEST = 2;

export interface BulkOutcome {
  lines: string[];
  roots: number;
  errorCode: BulkOperation['errorCode'];
}

/** Why a query cannot run in bulk, in Shopify's words; null: it can. */
export function bulkProblem(query: string): string | null {
  const { operation, errors } = prepare({ query });
  if (errors[0]) return `Invalid bulk query: ${errors[0].message}`;
  if (!operation || operation.operation !== OperationTypeNode.QUERY) return 'Bulk queries must be queries.';
  const root = adminSchema().getQueryType();
  if (!root) return null;
  const found = connections(operation.selectionSet, root, 0);
  if (found.length === 0) return 'Bulk queries must contain at least one connection.';
  if (found.length > MOST_CONNECTIONS)
    return `Bulk queries cannot contain more than ${MOST_CONNECTIONS} connections.`;
  if (found.some((c) => c.depth > DEEPEST))
    return 'Bulk queries cannot contain connections with a nesting depth greater than 2.';
  const parent = found.find((c) => c.depth > 0 && !c.parentHasId);
  if (parent)
    return `The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': ${parent.name}.`;
  return null;
}

interface FoundConnection {
  name: string;
  depth: number;
  parentHasId: boolean;
}

/** All connections below a selection; `depth` counts those around it. */
function connections(set: SelectionSetNode, type: GraphQLObjectType, depth: number): FoundConnection[] {
  return fieldsOf(set).flatMap((field) => {
    const inner = getNamedType(type.getFields()[field.name.value]?.type);
    if (!field.selectionSet || !isObjectType(inner)) return [];
    if (!inner.name.endsWith('Connection')) return connections(field.selectionSet, inner, depth);
    const node = nodeSelection(field);
    const nodeType = getNamedType(inner.getFields().nodes?.type);
    const own = { name: field.name.value, depth, parentHasId: hasId(set) };
    return [own, ...(node && isObjectType(nodeType) ? connections(node, nodeType, depth + 1) : [])];
  });
}

function fieldsOf(set: SelectionSetNode): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    return selection.kind === Kind.INLINE_FRAGMENT ? fieldsOf(selection.selectionSet) : [];
  });
}

function hasId(set: SelectionSetNode): boolean {
  return fieldsOf(set).some((field) => field.name.value === 'id' && !field.alias);
}

function nodeSelection(connection: FieldNode): SelectionSetNode | undefined {
  for (const field of fieldsOf(connection.selectionSet ?? { kind: Kind.SELECTION_SET, selections: [] })) {
    if (field.name.value === 'nodes') return field.selectionSet;
    if (field.name.value === 'edges') {
      return fieldsOf(field.selectionSet ?? { kind: Kind.SELECTION_SET, selections: [] }).find(
        (f) => f.name.value === 'node',
      )?.selectionSet;
    }
  }
  return undefined;
}

export async function runBulk(context: Context, query: string): Promise<BulkOutcome> {
  const { document, operation } = prepare({ query });
  const nothing: BulkOutcome = { lines: [], roots: 0, errorCode: 'INTERNAL_SERVER_ERROR' };
  if (!document || !operation) return nothing;
  const { data, errors } = await execute({
    schema: adminSchema(),
    document,
    ...context.reading,
    contextValue: { ...context, bulk: true },
  });
  if (errors?.[0]) {
    const denied = errors.some((error) => error.extensions.code === 'ACCESS_DENIED');
    if (!denied) context.inside.log(`bulk operation: ${errors[0].message}`);
    return { ...nothing, errorCode: denied ? 'ACCESS_DENIED' : 'INTERNAL_SERVER_ERROR' };
  }
  return linesOf(operation, data ?? {});
}

type Json = Record<string, unknown>;

function linesOf(operation: OperationDefinitionNode, data: Json): BulkOutcome {
  const lines: string[] = [];
  let roots = 0;

  function write(node: Json, set: SelectionSetNode, parent: string | null): void {
    const own: Json = {};
    const below: [Json[], SelectionSetNode][] = [];
    separate(node, set, own, below);
    if (parent !== null) own.__parentId = parent;
    else roots++;
    lines.push(JSON.stringify(own));
    for (const [children, selection] of below) {
      for (const child of children) write(child, selection, String(node.id));
    }
  }

  for (const field of fieldsOf(operation.selectionSet)) {
    const value = data[field.alias?.value ?? field.name.value];
    const selection = nodeSelection(field);
    if (selection) for (const node of nodesOf(value)) write(node, selection, null);
  }
  return { lines, roots, errorCode: null };
}

/** What stands on a node's own line, and the lists that become lines of their own. */
function separate(node: Json, set: SelectionSetNode, own: Json, below: [Json[], SelectionSetNode][]): void {
  for (const field of fieldsOf(set)) {
    const name = field.alias?.value ?? field.name.value;
    const selection = isConnection(node[name]) ? nodeSelection(field) : undefined;
    if (selection) below.push([nodesOf(node[name]), selection]);
    else if (name in node) own[name] = node[name];
  }
}

function isConnection(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('edges' in value || 'nodes' in value);
}

function nodesOf(value: unknown): Json[] {
  const { edges, nodes } = (value ?? {}) as { edges?: { node: Json }[]; nodes?: Json[] };
  return nodes ?? edges?.map((edge) => edge.node) ?? [];
}
