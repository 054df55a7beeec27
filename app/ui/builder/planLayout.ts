/**
 * Where the steps of a plan stand on the canvas: from top to bottom, drawn to a scale of time (a day is a step, a month
 * a leap), ways side by side, and a step that several ways come to below the fork that they all came from.
 */
import type { Place } from '../../sequences/edit-plan.ts';
import { roughly } from '../../sequences/period.ts';
import type { Plan } from '../../sequences/plan.ts';
import { nextOf, type Step } from '../../sequences/steps.ts';

export interface PlacedNode {
  id: string;
  kind: 'trigger' | 'step' | 'way' | 'end';
  /** Of the step, or of the fork that the way is one of. */
  key: string | null;
  /** Number of the way. */
  way: number;
  x: number;
  y: number;
}
export interface PlacedEdge {
  id: string;
  from: string;
  to: string;
  /** Where a step can be added; null between a fork and its ways. */
  place: Place | null;
}
export interface Layout {
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

export const SIZES = {
  trigger: { width: 260, height: 92 },
  step: { width: 260, height: 92 },
  way: { width: 220, height: 36 },
  end: { width: 72, height: 28 },
} as const;

const BESIDE = 32;
const BELOW = 56;
/** Below a fork there is nothing to add. */
const BELOW_FORK = 32;
const DAY_MS = 86_400_000;

export const stepId = (key: string) => `step:${key}`;

export function layOut(plan: Plan): Layout {
  const { nodes, edges } = graphOf(plan);
  const order = inTurn(nodes, edges);
  const over = forksOver(order, edges);
  const widths = widthsOf(order, over);
  placeAcross(order, over, widths);
  placeDown(plan, order, edges);
  return { nodes: order, edges };
}

function graphOf(plan: Plan): Layout {
  const nodes: PlacedNode[] = [];
  const edges: PlacedEdge[] = [];
  const put = (id: string, kind: PlacedNode['kind'], key: string | null, way = 0) =>
    nodes.push({ id, kind, key, way, x: 0, y: 0 });
  const lead = (from: string, target: string | null, place: Place) => {
    const to = target === null ? `end:${place.after}:${place.way}` : stepId(target);
    if (target === null) put(to, 'end', place.after, place.way);
    edges.push({ id: `${from}>${to}`, from, to, place });
  };
  put('trigger', 'trigger', null);
  lead('trigger', plan.start, { after: null, way: 0 });
  for (const step of plan.steps) {
    put(stepId(step.key), 'step', step.key);
    const targets = nextOf(step);
    targets.forEach((target, way) => {
      if (targets.length === 1) return lead(stepId(step.key), target, { after: step.key, way });
      const id = `way:${step.key}:${way}`;
      put(id, 'way', step.key, way);
      edges.push({ id: `${stepId(step.key)}>${id}`, from: stepId(step.key), to: id, place: null });
      return lead(id, target, { after: step.key, way });
    });
  }
  return { nodes, edges };
}

/** Everything that can be come to, each after all that lead to it. */
function inTurn(nodes: readonly PlacedNode[], edges: readonly PlacedEdge[]): PlacedNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const out = Map.groupBy(edges, ({ from }) => from);
  const seen = new Set<string>();
  const order: PlacedNode[] = [];
  const visit = (id: string) => {
    const node = byId.get(id);
    if (!node || seen.has(id)) return;
    seen.add(id);
    for (const { to } of [...(out.get(id) ?? [])].reverse()) visit(to);
    order.push(node);
  };
  visit('trigger');
  return order.reverse();
}

/** For each node the last one that everybody on the way to it has passed. */
function forksOver(order: readonly PlacedNode[], edges: readonly PlacedEdge[]): Map<string, string> {
  const place = new Map(order.map(({ id }, index) => [id, index]));
  const into = Map.groupBy(edges, ({ to }) => to);
  const over = new Map<string, string>();
  const common = (one: string, other: string): string => {
    let [a, b] = [one, other];
    while (a !== b) {
      if (place.get(a)! > place.get(b)!) a = over.get(a)!;
      else b = over.get(b)!;
    }
    return a;
  };
  for (const { id } of order.slice(1)) {
    const from = (into.get(id) ?? []).map((edge) => edge.from).filter((each) => place.has(each));
    over.set(id, from.reduce(common));
  }
  return over;
}

/** Ways stand side by side; whatever else follows stands below. */
function widthsOf(order: readonly PlacedNode[], over: ReadonlyMap<string, string>): Map<string, number> {
  const beside = new Map<string, number>();
  const widths = new Map<string, number>();
  const below = new Map<string, number>();
  for (const { id, kind } of [...order].reverse()) {
    const width = Math.max(SIZES[kind].width, (beside.get(id) ?? 0) - BESIDE, below.get(id) ?? 0);
    widths.set(id, width);
    const fork = over.get(id);
    if (fork === undefined) continue;
    if (kind === 'way') beside.set(fork, (beside.get(fork) ?? 0) + width + BESIDE);
    else below.set(fork, Math.max(below.get(fork) ?? 0, width));
  }
  return widths;
}

/** `x` is the left side; nodes are centred under what they belong to. */
function placeAcross(
  order: readonly PlacedNode[],
  over: ReadonlyMap<string, string>,
  widths: ReadonlyMap<string, number>,
): void {
  const centres = new Map<string, number>();
  const ways = Map.groupBy(
    order.filter(({ kind }) => kind === 'way'),
    ({ id }) => over.get(id)!,
  );
  for (const node of order) {
    const centre = centres.get(node.id) ?? centres.get(over.get(node.id) ?? '') ?? 0;
    centres.set(node.id, centre);
    node.x = centre - SIZES[node.kind].width / 2;
    const mine = (ways.get(node.id) ?? []).sort((a, b) => a.way - b.way);
    const total = mine.reduce((sum, way) => sum + widths.get(way.id)! + BESIDE, -BESIDE);
    let left = centre - total / 2;
    for (const way of mine) {
      centres.set(way.id, left + widths.get(way.id)! / 2);
      left += widths.get(way.id)! + BESIDE;
    }
  }
}

function placeDown(plan: Plan, order: readonly PlacedNode[], edges: readonly PlacedEdge[]): void {
  const steps = new Map(plan.steps.map((step) => [step.key, step]));
  const byId = new Map(order.map((node) => [node.id, node]));
  for (const node of order) {
    for (const { from, to, place } of edges) {
      if (from !== node.id) continue;
      const next = byId.get(to)!;
      const step = node.kind === 'step' ? steps.get(node.key!) : undefined;
      const gap = place === null ? BELOW_FORK : BELOW + (step ? leap(step) : 0);
      next.y = Math.max(next.y, node.y + SIZES[node.kind].height + gap);
    }
  }
}

/** An hour is next to nothing, a day a step, a month a leap. */
function leap(step: Step): number {
  if (step.kind !== 'wait' && step.kind !== 'wait-for') return 0;
  const days = roughly(step.kind === 'wait' ? step.until.after : step.within) / DAY_MS;
  return Math.min(240, Math.round(32 * Math.log2(1 + days)));
}
