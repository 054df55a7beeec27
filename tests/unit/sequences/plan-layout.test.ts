import { expect, test } from 'vitest';
import { BLANK_PLAN } from '../../../app/sequences/blank-plan.ts';
import { edited } from '../../../app/sequences/edit-plan.ts';
import { planSchema, type Plan } from '../../../app/sequences/plan.ts';
import { READY_SEQUENCES } from '../../../app/sequences/ready/ready.ts';
import { neighbour } from '../../../app/ui/builder/keys.ts';
import { layOut, SIZES, type PlacedNode } from '../../../app/ui/builder/planLayout.ts';

/** A fork in one way of a fork, joined again, with a month on the other way. */
const FORKED = [
  { kind: 'condition', at: { after: 'wait', way: 0 } },
  { kind: 'split', at: { after: 'condition', way: 0 } },
  { kind: 'message', at: { after: 'split', way: 0 } },
  { kind: 'task', at: { after: 'split', way: 1 } },
  { kind: 'wait', at: { after: 'condition', way: 1 } },
].reduce<Plan>((plan, edit) => edited(plan, { do: 'add', ...edit } as never), BLANK_PLAN);

const overlaps = (a: PlacedNode, b: PlacedNode) =>
  a.x < b.x + SIZES[b.kind].width &&
  b.x < a.x + SIZES[a.kind].width &&
  a.y < b.y + SIZES[b.kind].height &&
  b.y < a.y + SIZES[a.kind].height;

test.each([
  ['a plan with forks', FORKED] as const,
  ...READY_SEQUENCES.map(({ key, plan }) => [key, planSchema.parse(plan)] as const),
])('%s: nothing lies upon another, and every way goes down', (_, plan) => {
  const { nodes, edges } = layOut(plan);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const [index, node] of nodes.entries())
    for (const other of nodes.slice(index + 1))
      expect(overlaps(node, other), `${node.id} ${other.id}`).toBe(false);
  for (const { from, to } of edges) {
    const [above, below] = [byId.get(from)!, byId.get(to)!];
    expect(below.y).toBeGreaterThanOrEqual(above.y + SIZES[above.kind].height);
  }
  expect(nodes.filter(({ kind }) => kind === 'step')).toHaveLength(plan.steps.length);
});

test('a month is drawn longer than a day, and a day longer than an hour', () => {
  const long = (after: object) => {
    const plan = { ...BLANK_PLAN, steps: [{ ...BLANK_PLAN.steps[0]!, until: { after, from: 'trigger' } }] };
    return Math.max(...layOut(planSchema.parse(plan)).nodes.map(({ y }) => y));
  };
  expect(long({ months: 1 })).toBeGreaterThan(long({ days: 1 }) + 50);
  expect(long({ days: 1 })).toBeGreaterThan(long({ hours: 1 }) + 20);
});

test('arrows lead down the plan, up again, and across the ways of a fork', () => {
  expect(neighbour(FORKED, null, 'ArrowDown')).toBe('wait');
  expect(neighbour(FORKED, 'split', 'ArrowDown')).toBe('message');
  expect(neighbour(FORKED, 'message', 'ArrowRight')).toBe('task');
  expect(neighbour(FORKED, 'task', 'ArrowLeft')).toBe('message');
  expect(neighbour(FORKED, 'split', 'ArrowRight')).toBe('wait-2');
  expect(neighbour(FORKED, 'message', 'ArrowUp')).toBe('split');
  expect(neighbour(FORKED, 'wait', 'ArrowUp')).toBeNull();
  expect(neighbour(FORKED, 'message', 'ArrowLeft')).toBe('message');
});
