/** The plan by keyboard. */
import { useEffect, useRef } from 'react';
import { placesBefore } from '../../sequences/edit-plan.ts';
import type { Plan } from '../../sequences/plan.ts';
import { nextOf } from '../../sequences/steps.ts';
import type { PlanEditor } from './usePlanEditor.ts';

interface Key {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** Where an arrow leads from a step (null: what sets it off); the same step where there is nothing that way. */
export function neighbour(plan: Plan, from: string | null, arrow: string): string | null {
  const step = plan.steps.find(({ key }) => key === from);
  const before = from === null ? undefined : placesBefore(plan, from)[0];
  if (arrow === 'ArrowDown') {
    if (!step) return plan.start;
    return nextOf(step).find((target) => target !== null) ?? from;
  }
  if (!before) return from;
  if (arrow === 'ArrowUp') return before.after;
  const fork = plan.steps.find(({ key }) => key === before.after);
  const ways = fork ? nextOf(fork) : [];
  const turn = arrow === 'ArrowLeft' ? -1 : 1;
  for (let way = before.way + turn; way >= 0 && way < ways.length; way += turn) {
    const target = ways[way];
    if (target && target !== from) return target;
  }
  return from;
}

/** @returns whether the key was one of the plan's */
function onPlanKey(event: Key, editor: PlanEditor, open: () => void): boolean {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z') {
    if (event.shiftKey) editor.redo();
    else editor.undo();
    return true;
  }
  if (event.ctrlKey || event.metaKey) return false;
  switch (event.key) {
    case 'ArrowDown':
    case 'ArrowUp':
    case 'ArrowLeft':
    case 'ArrowRight':
      (editor.carried ? editor.point : editor.select)(neighbour(editor.plan, editor.selected, event.key));
      return true;
    case 'Enter':
      if (editor.carried) editor.place({ after: editor.selected, way: 0 });
      else open();
      return true;
    case 'm':
      editor.carry('move');
      return true;
    case 'c':
      editor.carry('copy');
      return true;
    case 'Delete':
    case 'Backspace':
      editor.remove(event.shiftKey);
      return true;
    case '+':
      editor.place({ after: editor.selected, way: 0 });
      open();
      return true;
    default:
      return onDigit(event.key, editor, open);
  }
}

/** Ways of a fork are numbered as they stand, from 1. */
function onDigit(key: string, editor: PlanEditor, open: () => void): boolean {
  if (!/^[1-9]$/.test(key) || !editor.step || Number(key) > nextOf(editor.step).length) return false;
  const isCarrying = editor.carried !== null;
  editor.place({ after: editor.selected, way: Number(key) - 1 });
  if (!isCarrying) open();
  return true;
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

/**
 * Listens where the plan is worked on: all keys on the picture, undo and Escape beside it too.
 * @returns the element that holds both, its first child the picture
 */
export function usePlanKeys(editor: PlanEditor, open: () => void) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        if (editor.adding || editor.carried) editor.rest();
        else editor.select(null);
        return;
      }
      if (isTyping(event.target)) return;
      const isInPicture = element?.firstElementChild?.contains(event.target as Node) ?? false;
      if (!isInPicture && !event.ctrlKey && !event.metaKey) return;
      // A plus or a zoom button is pressed with Enter as any other.
      if (event.key === 'Enter' && !(event.target as HTMLElement).closest('.react-flow__node')) return;
      if (onPlanKey(event, editor, open)) event.preventDefault();
    };
    element?.addEventListener('keydown', onKeyDown);
    return () => element?.removeEventListener('keydown', onKeyDown);
  });
  return place;
}
