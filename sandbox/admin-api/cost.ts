/** What a query costs, and the leaky bucket it is paid from. Shopify's exact rule for connections is not public. */

import {
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';

/** The standard plan. */
export const LIMITS: Limits = { maximumAvailable: 2000, restoreRate: 100 };
/** No query may cost more, whatever the plan. */
export const SINGLE = 1000;
const MUTATION = 10;

export type Fragments = Record<string, FragmentDefinitionNode>;

/** Object 1, scalar 0, connection 2 and its size times its child, mutation 10. */
export function queryCost(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
  variables: Record<string, unknown>,
): number {
  function selectionCost(set: SelectionSetNode, type: GraphQLCompositeType): number {
    let total = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        total += fieldCost(selection, type);
        continue;
      }
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value] : selection;
      const named = fragment?.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
      if (!fragment || !isCompositeType(named)) continue;
      const inner = selectionCost(fragment.selectionSet, named);
      total = isAbstractType(type) ? Math.max(total, inner) : total + inner;
    }
    return total;
  }

  function fieldCost(node: FieldNode, parent: GraphQLCompositeType): number {
    const field = 'getFields' in parent ? parent.getFields()[node.name.value] : undefined;
    if (!field || !node.selectionSet) return 0;
    const type = getNamedType(field.type);
    if (isLeafType(type) || !isCompositeType(type)) return 0;
    if (!type.name.endsWith('Connection') || !isObjectType(type))
      return 1 + selectionCost(node.selectionSet, type);
    return 2 + pageSize(node) * nodesCost(node.selectionSet, type);
  }

  /** `nodes { … }` or `edges { node { … } }` of a connection; page info costs nothing. */
  function nodesCost(set: SelectionSetNode, connection: GraphQLCompositeType): number {
    let total = 0;
    for (const selection of set.selections) {
      if (selection.kind !== Kind.FIELD || !selection.selectionSet || !isObjectType(connection)) continue;
      const name = selection.name.value;
      const type = getNamedType(connection.getFields()[name]?.type);
      if (!type || !isCompositeType(type)) continue;
      if (name === 'nodes') total += 1 + selectionCost(selection.selectionSet, type);
      if (name === 'edges') total += selectionCost(selection.selectionSet, type);
    }
    return total;
  }

  function pageSize(node: FieldNode): number {
    for (const argument of node.arguments ?? []) {
      if (argument.name.value !== 'first' && argument.name.value !== 'last') continue;
      const { value } = argument;
      if (value.kind === Kind.INT) return Number(value.value);
      if (value.kind === Kind.VARIABLE) return Number(variables[value.name.value] ?? 0);
    }
    return 0;
  }

  const isMutation = operation.operation === OperationTypeNode.MUTATION;
  const root = isMutation ? schema.getMutationType() : schema.getQueryType();
  const inner = root ? selectionCost(operation.selectionSet, root) : 0;
  return Math.max(1, isMutation ? MUTATION + Math.max(0, inner - 1) : inner);
}

/** What was really found costs less than what could have been: the difference is given back. */
export function actualCost(data: unknown, requested: number): number {
  return Math.min(requested, Math.max(1, objectsIn(data) - 1));
}

function objectsIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((total: number, item) => total + objectsIn(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((total: number, inner) => total + objectsIn(inner), 1);
}

export interface Limits {
  maximumAvailable: number;
  restoreRate: number;
}

/** One for each app and shop; it refills in real time. */
export class Bucket {
  private readonly limits: Limits;
  private available: number;
  private at = Date.now();

  constructor(limits: Limits) {
    this.limits = limits;
    this.available = limits.maximumAvailable;
  }

  take(cost: number): boolean {
    this.refill();
    if (cost > this.available) return false;
    this.available -= cost;
    return true;
  }

  giveBack(cost: number): void {
    this.available = Math.min(this.limits.maximumAvailable, this.available + cost);
  }

  status() {
    this.refill();
    return { ...this.limits, currentlyAvailable: Math.floor(this.available) };
  }

  private refill(): void {
    const now = Date.now();
    const { maximumAvailable, restoreRate } = this.limits;
    this.available = Math.min(maximumAvailable, this.available + ((now - this.at) / 1000) * restoreRate);
    this.at = now;
  }
}
