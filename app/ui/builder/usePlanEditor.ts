/** The plan while it is edited: selection, operations, undo and redo. */
import { useCallback, useMemo, useState } from 'react';
import { addedBy, edited, placesFor, targetOf, type Edit, type Place } from '../../sequences/edit-plan.ts';
import { begun, did, redone, undone } from '../../sequences/history.ts';
import type { Plan } from '../../sequences/plan.ts';
import type { StepKind } from '../../sequences/steps.ts';

/** A step that is about to be put somewhere else. */
export interface Carried {
  step: string;
  how: 'copy' | 'move';
}

/** What is pointed at: a step, a way on which one is to be added, or a step on its way to another place. */
function usePointer() {
  const [selected, setSelected] = useState<string | null>(null);
  const [adding, setAdding] = useState<Place | null>(null);
  const [carried, setCarried] = useState<Carried | null>(null);
  const rest = () => {
    setAdding(null);
    setCarried(null);
  };
  const select = (key: string | null) => {
    rest();
    setSelected(key);
  };
  return { selected, adding, carried, rest, select, point: setSelected, setAdding, setCarried };
}

/** @param taken keys of earlier versions, which new steps must not bear */
export function usePlanEditor(initial: Plan, taken: readonly string[]) {
  const [history, setHistory] = useState(() => begun(initial));
  const [saved, setSaved] = useState(initial);
  const { selected, adding, carried, rest, select, point, setAdding, setCarried } = usePointer();
  const { plan } = history;
  const step = plan.steps.find(({ key }) => key === selected) ?? null;
  const apply = useCallback(
    (edit: Edit, about: string | null = null) => {
      const after = edited(plan, edit, taken);
      setHistory((before) => did(before, after, about));
      return after;
    },
    [plan, taken],
  );
  const takes = useMemo(() => (carried ? placesFor(plan, carried) : () => true), [plan, carried]);
  const replace = (by: Plan) => {
    setHistory((before) => did(before, by));
    setSaved(by);
    rest();
  };
  return {
    plan,
    step,
    selected: step ? selected : null,
    adding,
    carried,
    isChanged: JSON.stringify(plan) !== JSON.stringify(saved),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    atEnd: adding !== null && targetOf(plan, adding) === null,
    apply,
    select,
    rest,
    /** Whether what is carried can be put there; true while nothing is. */
    takes,
    /** As `select`, but what is carried stays in the hand. */
    point,
    carry: (how: Carried['how']) => step && setCarried({ step: step.key, how }),
    undo: () => setHistory(undone),
    redo: () => setHistory(redone),
    /** What is drawn has been saved. */
    keep: () => setSaved(plan),
    discard: () => replace(saved),
    replace,
    add: (kind: StepKind) => {
      if (adding) select(addedBy(plan, apply({ do: 'add', kind, at: adding })));
    },
    /** A plus was pressed: what is carried is put down, or a step is asked for. */
    place: (at: Place) => {
      if (!carried) return setAdding(at);
      if (!takes(at)) return undefined;
      const after = apply({ do: carried.how, step: carried.step, at });
      return select(carried.how === 'copy' ? addedBy(plan, after) : carried.step);
    },
    /** @param whole a fork with everything on its ways */
    remove: (whole = false) => {
      if (!step || apply({ do: 'delete', step: step.key, whole }) === plan) return;
      const before = plan.steps.find(({ key }) => targetOf(plan, { after: key, way: 0 }) === step.key);
      select(before?.key ?? null);
    },
  };
}

export type PlanEditor = ReturnType<typeof usePlanEditor>;
