import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BLANK_PLAN, blankStep } from '../../../app/sequences/blank-plan.ts';
import { readDraft } from '../../../app/sequences/draft.ts';
import { addedBy, edited, placesBefore, targetOf, type Edit } from '../../../app/sequences/edit-plan.ts';
import { begun, did, redone, undone, type History } from '../../../app/sequences/history.ts';
import { parsePlan, planSchema, type Plan, type PlanInput } from '../../../app/sequences/plan.ts';
import { nextOf, stepSchema, type StepKind } from '../../../app/sequences/steps.ts';

const KINDS = stepSchema.options.map((option) => option.shape.kind.value) as StepKind[];

/** What a hand at the editor may do, named by numbers so that it fits whatever plan there is. */
interface Move {
  do: 'add' | 'copy' | 'move' | 'delete' | 'delete-whole' | 'fewer-ways' | 'undo' | 'redo';
  kind: StepKind;
  step: number;
  place: number;
}
const moves = fc.array(
  fc.record<Move>({
    do: fc.constantFrom(
      ...(['add', 'add', 'add', 'copy', 'move', 'move', 'delete', 'delete-whole'] as const),
      ...(['fewer-ways', 'undo', 'redo'] as const),
    ),
    kind: fc.constantFrom(...KINDS),
    step: fc.nat(50),
    place: fc.nat(100),
  }),
  { maxLength: 60 },
);

function editOf(plan: Plan, move: Move): Edit | null {
  const step = plan.steps[move.step % plan.steps.length]!;
  const places = [
    { after: null, way: 0 },
    ...plan.steps.flatMap(({ key, ...rest }) =>
      nextOf({ key, ...rest } as never).map((_, way) => ({ after: key, way })),
    ),
  ];
  const at = places[move.place % places.length]!;
  switch (move.do) {
    case 'add':
      return { do: 'add', kind: move.kind, at };
    case 'copy':
    case 'move':
      return { do: move.do, step: step.key, at };
    case 'delete':
      return { do: 'delete', step: step.key };
    case 'delete-whole':
      return { do: 'delete', step: step.key, whole: true };
    case 'fewer-ways':
      return step.kind === 'condition'
        ? { do: 'change', step: { ...step, otherwise: step.branches[0]!.next } }
        : null;
    case 'undo':
    case 'redo':
      return null;
  }
}

function played(all: readonly Move[], each?: (before: History, after: History, move: Move) => void): History {
  let history = begun(BLANK_PLAN);
  for (const move of all) {
    const before = history;
    if (move.do === 'undo') history = undone(history);
    else if (move.do === 'redo') history = redone(history);
    else {
      const edit = editOf(history.plan, move);
      if (edit) history = did(history, edited(history.plan, edit));
    }
    each?.(before, history, move);
  }
  return history;
}

const STRUCTURE = ['same-key-twice', 'leads-nowhere', 'loop', 'never-reached'];
/** With words where a merchant has none yet, so that only the structure can be at fault. */
const worded = (plan: Plan) => ({
  ...plan,
  steps: plan.steps.map((step) => {
    if (step.kind === 'message') return { ...step, template: 'thank-you' };
    if (step.kind === 'tag') return { ...step, tags: ['vip'] };
    if (step.kind === 'metafield') return { ...step, name: 'since' };
    if (step.kind === 'webhook') return { ...step, url: 'https://example.com/hook' };
    if (step.kind === 'task') return { ...step, title: 'Write a card' };
    if (step.kind === 'start') return { ...step, sequence: 'invite' };
    return step;
  }),
});

describe('whatever is done to a plan', () => {
  test('every link leads to a step, nothing goes round, nobody is left behind', () => {
    fc.assert(
      fc.property(moves, (all) => {
        const parsed = parsePlan(worded(played(all).plan));
        const problems = 'problems' in parsed ? parsed.problems : [];
        expect(problems.filter(({ code }) => STRUCTURE.includes(code) || code === 'shape')).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('undo gives back the plan as it was, byte for byte, and redo the one after it', () => {
    fc.assert(
      fc.property(moves, (all) => {
        played(all, (before, after, move) => {
          if (move.do === 'undo' || move.do === 'redo' || before.plan === after.plan) return;
          expect(JSON.stringify(undone(after).plan)).toBe(JSON.stringify(before.plan));
          expect(JSON.stringify(redone(undone(after)).plan)).toBe(JSON.stringify(after.plan));
        });
      }),
    );
  });

  test('a step that stays keeps its key and its kind', () => {
    fc.assert(
      fc.property(moves, (all) => {
        played(all, (before, after) => {
          const kinds = new Map(before.plan.steps.map(({ key, kind }) => [key, kind]));
          for (const { key, kind } of after.plan.steps) expect(kinds.get(key) ?? kind).toBe(kind);
        });
      }),
    );
  });

  test('it can be read back as a draft, words missing or not', () => {
    fc.assert(
      fc.property(moves, (all) => {
        const { plan } = played(all);
        expect(readDraft(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
      }),
    );
  });
});

/** trigger → wait → look ( yes → thanks, no → sorry ) → last */
const FORKED = planSchema.parse({
  format: 1,
  trigger: { on: ['order.paid'], each: 'order', freshFor: { days: 2 } },
  start: 'wait',
  steps: [
    { kind: 'wait', key: 'wait', until: { after: { days: 2 } }, next: 'look' },
    {
      kind: 'condition',
      key: 'look',
      branches: [{ when: { fact: 'order.score', is: 'at-least', value: 4 }, next: 'thanks' }],
      otherwise: 'sorry',
    },
    { kind: 'message', key: 'thanks', class: 'ask', template: 'thanks', next: 'last' },
    { kind: 'task', key: 'sorry', title: 'Call', next: 'last' },
    { kind: 'message', key: 'last', class: 'ask', template: 'last', next: null },
  ],
} satisfies PlanInput);
const keys = (plan: Plan) => plan.steps.map(({ key }) => key).sort();
const next = (plan: Plan, key: string) => nextOf(plan.steps.find((step) => step.key === key)!);

test('a step is added on the way that was chosen, and leads on to where the way had led', () => {
  const plan = edited(FORKED, { do: 'add', kind: 'wait', at: { after: 'look', way: 1 } });
  const key = addedBy(FORKED, plan)!;
  expect(next(plan, 'look')).toEqual(['thanks', key]);
  expect(next(plan, key)).toEqual(['sorry']);
});

test('a fork that is added changes nobody’s way: all its ways lead to where the way had led', () => {
  const plan = edited(FORKED, { do: 'add', kind: 'condition', at: { after: null, way: 0 } });
  expect(plan.start).toBe('condition');
  expect(next(plan, 'condition')).toEqual(['wait', 'wait']);
});

test('a new key is none that an earlier version has used', () => {
  const plan = edited(FORKED, { do: 'add', kind: 'wait', at: { after: 'last', way: 0 } }, ['wait-2']);
  expect(addedBy(FORKED, plan)).toBe('wait-3');
});

test('with a fork goes what only its other ways came to', () => {
  expect(keys(edited(FORKED, { do: 'delete', step: 'look' }))).toEqual(['last', 'thanks', 'wait']);
});

test('deleting a step of a way joins the way again', () => {
  const plan = edited(FORKED, { do: 'delete', step: 'sorry' });
  expect(next(plan, 'look')).toEqual(['thanks', 'last']);
});

test('the only step stays', () => {
  expect(edited(BLANK_PLAN, { do: 'delete', step: 'wait' })).toBe(BLANK_PLAN);
});

test('a step is moved without its neighbours', () => {
  const plan = edited(FORKED, { do: 'move', step: 'wait', at: { after: 'sorry', way: 0 } });
  expect(plan.start).toBe('look');
  expect(next(plan, 'sorry')).toEqual(['wait']);
  expect(next(plan, 'wait')).toEqual(['last']);
  expect(placesBefore(plan, 'last')).toHaveLength(2);
});

test('a fork is moved with everything on its ways, until they meet', () => {
  const plan = edited(FORKED, { do: 'move', step: 'look', at: { after: null, way: 0 } });
  expect(plan.start).toBe('look');
  expect(next(plan, 'look')).toEqual(['thanks', 'sorry']);
  expect([next(plan, 'thanks'), next(plan, 'sorry')]).toEqual([['wait'], ['wait']]);
  expect(next(plan, 'wait')).toEqual(['last']);
  expect(keys(plan)).toEqual(keys(FORKED));
});

test('a fork is not moved into its own ways', () => {
  expect(edited(FORKED, { do: 'move', step: 'look', at: { after: 'sorry', way: 0 } })).toBe(FORKED);
  expect(edited(FORKED, { do: 'move', step: 'look', at: { after: 'wait', way: 0 } })).toBe(FORKED);
});

test('moving keeps every step, whatever stands on the ways', () => {
  fc.assert(
    fc.property(moves, (all) => {
      played(all, (before, after, { do: deed }) => {
        if (deed === 'move') expect(keys(after.plan)).toEqual(keys(before.plan));
      });
    }),
  );
});

test('a fork is copied with its ways, under keys of their own', () => {
  const plan = edited(FORKED, { do: 'copy', step: 'look', at: { after: 'last', way: 0 } }, ['message-2']);
  expect(addedBy(FORKED, plan)).toBe('condition');
  expect(next(plan, 'last')).toEqual(['condition']);
  expect(next(plan, 'condition')).toEqual(['message', 'task']);
  expect(next(plan, 'message')).toEqual([null]);
  expect(plan.steps.find(({ key }) => key === 'task')).toMatchObject({ title: 'Call', next: null });
  expect(next(plan, 'look')).toEqual(['thanks', 'sorry']);
});

test('a fork is deleted with everything on its ways', () => {
  const plan = edited(FORKED, { do: 'delete', step: 'look', whole: true });
  expect(keys(plan)).toEqual(['last', 'wait']);
  expect(next(plan, 'wait')).toEqual(['last']);
});

test('ways that others come to as well are not torn out', () => {
  // A second fork in front, one way of which leads right into a way of the first.
  const steps = [
    {
      kind: 'condition',
      key: 'first',
      branches: [{ when: { fact: 'order.score', is: 'at-least', value: 2 }, next: 'sorry' }],
      otherwise: 'wait',
    },
    ...FORKED.steps,
  ];
  const plan = planSchema.parse({ ...FORKED, start: 'first', steps });
  expect(edited(plan, { do: 'move', step: 'look', at: { after: null, way: 0 } })).toBe(plan);
  expect(edited(plan, { do: 'delete', step: 'look', whole: true })).toBe(plan);
});

test('a fork whose one way only stops goes with that stop; what all others come to stays', () => {
  const plan = edited(FORKED, { do: 'delete', step: 'sorry' });
  const ended = edited(
    edited(plan, {
      do: 'change',
      step: { ...plan.steps.find(({ key }) => key === 'look')!, otherwise: null } as never,
    }),
    { do: 'add', kind: 'stop', at: { after: 'look', way: 1 } },
  );
  const moved = edited(ended, { do: 'move', step: 'look', at: { after: null, way: 0 } });
  expect(next(moved, 'look')).toEqual(['wait', 'stop']);
  expect(next(moved, 'wait')).toEqual(['thanks']);
  expect(next(moved, 'thanks')).toEqual(['last']);
});

test('an end is not put in the way of others', () => {
  expect(edited(FORKED, { do: 'add', kind: 'stop', at: { after: 'wait', way: 0 } })).toBe(FORKED);
  const plan = edited(FORKED, { do: 'add', kind: 'stop', at: { after: 'last', way: 0 } });
  expect(targetOf(plan, { after: 'last', way: 0 })).toBe('stop');
});

test('a changed step cannot be led into a ring', () => {
  const last = { ...FORKED.steps.find(({ key }) => key === 'last')!, next: 'wait' } as Plan['steps'][number];
  expect(next(edited(FORKED, { do: 'change', step: last }), 'last')).toEqual([null]);
});

test('letters typed into one field are taken back at once', () => {
  let history = begun(FORKED);
  for (const title of ['C', 'Ca', 'Car'])
    history = did(
      history,
      edited(history.plan, {
        do: 'change',
        step: { ...blankStep('task', 'sorry'), title, next: 'last' } as never,
      }),
      'sorry',
    );
  expect(history.past).toHaveLength(1);
  expect(undone(history).plan).toBe(FORKED);
});

test('no more than a hundred edits are remembered', () => {
  let history = begun(BLANK_PLAN);
  for (let day = 0; day < 150; day++)
    history = did(
      history,
      edited(history.plan, { do: 'set', part: { reentry: { kind: 'after', days: day + 1 } } }),
    );
  expect(history.past).toHaveLength(100);
});

test('what is no plan at all is not read as a draft', () => {
  for (const json of [
    null,
    7,
    {},
    { ...FORKED, steps: [] },
    { ...FORKED, steps: [{ kind: 'dance', key: 'a' }] },
  ])
    expect(readDraft(json)).toBeNull();
});
