import {
  Controls,
  Position,
  ReactFlow,
  useReactFlow,
  type Edge,
  type Node,
  type NodeHandle,
  type Viewport,
} from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import type { Place } from '../../sequences/edit-plan.ts';
import type { Plan } from '../../sequences/plan.ts';
import type { StepLook } from './builderContext.ts';
import { EDGE_TYPES, NODE_TYPES, type EdgeData, type NodeData } from './CanvasParts.tsx';
import { layOut, SIZES, stepId, type Layout } from './planLayout.ts';
import { placeInWords, samePlace, wayInWords } from './stepKinds.ts';

export interface DrawnProps {
  plan: Plan;
  /** Key of a step, or null: what sets it off. */
  selected: string | null;
  onSelect: (key: string | null) => void;
  onPlace: (place: Place) => void;
  /** Where a step is about to be put. */
  adding: Place | null;
  /** Whether a place takes what is carried; null while nothing is. */
  takes: ((place: Place) => boolean) | null;
  lookOf: (key: string | null) => StepLook;
  isWayLit: (place: Place) => boolean;
}

/** The plan as a picture to a scale of time. Reading here, editing in the panel beside it. */
export default function Canvas(props: DrawnProps) {
  const { plan, selected, onSelect, onPlace, adding, takes, lookOf, isWayLit } = props;
  const layout = useMemo(() => layOut(plan), [plan]);
  const steps = new Map(plan.steps.map((step) => [step.key, step]));
  const nodes: Node<NodeData>[] = layout.nodes.map((node) => {
    const step = node.key === null ? undefined : steps.get(node.key);
    const isStep = node.kind === 'step' || node.kind === 'trigger';
    return {
      id: node.id,
      type: node.kind,
      position: { x: node.x, y: node.y },
      ...SIZES[node.kind],
      // Known beforehand: measured anew with every change, nodes would lose their edges for a while.
      measured: SIZES[node.kind],
      handles: handlesOf(SIZES[node.kind]),
      // Nodes that are neither dragged nor selected by the library would let clicks through.
      style: { pointerEvents: 'all' },
      data: {
        look: lookOf(node.kind === 'trigger' ? null : node.key),
        label: step && node.kind === 'way' ? wayInWords(step, node.way) : '',
        count: node.kind === 'way' ? (lookOf(node.key).ways?.[node.way] ?? null) : null,
        lit: node.key !== null && isWayLit({ after: node.key, way: node.way }),
        selected: isStep && node.key === selected,
        onSelect: () => onSelect(node.key),
      },
    };
  });
  const edges: Edge<EdgeData>[] = layout.edges.map(({ id, from, to, place }) => {
    const way = place ?? wayOfEdge(to);
    return {
      id,
      source: from,
      target: to,
      type: 'way',
      data: {
        place: place && (takes?.(place) ?? true) ? place : null,
        carries: takes !== null,
        lit: way !== null && isWayLit(way),
        chosen: samePlace(place, adding),
        after: place ? placeInWords(plan, place, lookOf(place.after).title) : '',
        onPlace,
      },
    };
  });
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      disableKeyboardA11y
      // The page goes on scrolling; Ctrl or the pinch of two fingers zooms.
      zoomOnScroll={false}
      preventScrolling={false}
      zoomOnDoubleClick={false}
      // Its grey does not pass for contrast; decision 8 names the library.
      proOptions={{ hideAttribution: true }}
      minZoom={0.2}
      maxZoom={1.5}
      onInit={(flow) => void flow.setViewport(beginningOf(layout))}
      fitViewOptions={{ maxZoom: 1, padding: 0.08 }}
    >
      <Controls showInteractive={false} />
      <Follow selected={selected} />
    </ReactFlow>
  );
}

const MARGIN = 32;
/** Smaller than that, nothing can be read. */
const READABLE = 0.7;

/** The whole plan where it can be read so; otherwise its beginning, as wide as it may be. */
function beginningOf({ nodes }: Layout): Viewport {
  const pane = document.querySelector('.react-flow')?.getBoundingClientRect() ?? { width: 800, height: 680 };
  const right = Math.max(...nodes.map(({ x, kind }) => x + SIZES[kind].width));
  const left = Math.min(...nodes.map(({ x }) => x));
  const below = Math.max(...nodes.map(({ y, kind }) => y + SIZES[kind].height));
  const whole = Math.min(pane.width / (right - left + 2 * MARGIN), pane.height / (below + 2 * MARGIN), 1);
  const zoom = Math.max(READABLE, whole);
  const isTall = below * zoom > pane.height - 2 * MARGIN;
  // What sets it off is in the middle of it all.
  const middle = SIZES.trigger.width / 2 + (nodes.find(({ kind }) => kind === 'trigger')?.x ?? 0);
  return {
    x: pane.width / 2 - middle * zoom,
    y: isTall ? MARGIN : (pane.height - below * zoom) / 2,
    zoom,
  };
}

/** Where ways come in and go out: the middle of the upper and the lower side. */
const handlesOf = ({ width, height }: { width: number; height: number }): NodeHandle[] => [
  { type: 'target', position: Position.Top, x: width / 2, y: 0, width: 1, height: 1 },
  { type: 'source', position: Position.Bottom, x: width / 2, y: height, width: 1, height: 1 },
];

/** Of a way out of a fork: `way:KEY:2`. */
function wayOfEdge(to: string): Place | null {
  const [kind, after, way] = to.split(':');
  return kind === 'way' ? { after: after!, way: Number(way) } : null;
}

/** Brings what is selected into sight, for instance with the arrow keys, and gives it the focus. */
function Follow({ selected }: { selected: string | null }) {
  const flow = useReactFlow();
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    const id = selected === null ? 'trigger' : stepId(selected);
    const node = flow.getInternalNode(id);
    const pane = document.querySelector('.react-flow');
    if (!node || !pane) return;
    // Nothing is taken from whoever is typing in the panel.
    if (document.activeElement === document.body || pane.contains(document.activeElement))
      pane.querySelector<HTMLElement>(`[data-id="${id}"] button`)?.focus({ preventScroll: true });
    const { x, y } = node.internals.positionAbsolute;
    const corner = flow.flowToScreenPosition({ x, y });
    const { left, right, top, bottom } = pane.getBoundingClientRect();
    const isSeen = corner.x >= left && corner.x <= right - 80 && corner.y >= top && corner.y <= bottom - 80;
    if (!isSeen) void flow.setCenter(x + 130, y + 38, { zoom: flow.getZoom(), duration: 150 });
  }, [flow, selected]);
  return null;
}
