import { Icon } from '@shopify/polaris';
import { AlertCircleIcon, AlertTriangleIcon, PersonIcon } from '@shopify/polaris-icons';
import {
  BaseEdge,
  EdgeLabelRenderer,
  getSmoothStepPath,
  Handle,
  Position,
  type Edge,
  type EdgeProps,
  type Node,
  type NodeProps,
} from '@xyflow/react';
import type { CSSProperties } from 'react';
import type { Place } from '../../sequences/edit-plan.ts';
import { whole } from '../format.ts';
import type { StepLook } from './builderContext.ts';
import { SIZES } from './planLayout.ts';

export interface NodeData extends Record<string, unknown> {
  look: StepLook;
  /** Of a way. */
  label: string;
  /** Of a way: how many went it; null where nobody knows. */
  count: number | null;
  lit: boolean;
  selected: boolean;
  onSelect: () => void;
}
export interface EdgeData extends Record<string, unknown> {
  place: Place | null;
  lit: boolean;
  chosen: boolean;
  /** A step is in the hand, to be put down. */
  carries: boolean;
  /** Names the step before, and the way where it has several. */
  after: string;
  onPlace: (place: Place) => void;
}

const LIT = 'var(--p-color-bg-fill-success)';
const LINE = 'var(--p-color-border)';
const ONE_LINE: CSSProperties = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' };
const TWO_LINES: CSSProperties = {
  display: '-webkit-box',
  WebkitLineClamp: 2,
  WebkitBoxOrient: 'vertical',
  overflow: 'hidden',
};

function Ends() {
  const hidden = { opacity: 0, pointerEvents: 'none' } as const;
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} style={hidden} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} style={hidden} />
    </>
  );
}

/** A step: what it does, who stands there, and what is wrong with it. */
function StepNode({ data, type }: NodeProps<Node<NodeData>>) {
  const { look, selected, onSelect } = data;
  const isTrigger = type === 'trigger';
  const under = look.when ?? look.note;
  const wrong = look.problems.length > 0;
  const colour = wrong ? 'var(--p-color-border-critical)' : look.lit ? LIT : LINE;
  return (
    <>
      <Ends />
      <button
        type="button"
        aria-pressed={selected}
        onClick={onSelect}
        style={{
          ...SIZES.step,
          display: 'flex',
          flexDirection: 'column',
          justifyContent: 'center',
          gap: 2,
          padding: '8px 12px',
          textAlign: 'start',
          font: 'inherit',
          color: 'var(--p-color-text)',
          cursor: 'pointer',
          borderRadius: 12,
          border: `${look.lit || wrong ? 2 : 1}px solid ${colour}`,
          background: isTrigger ? 'var(--p-color-bg-surface-secondary)' : 'var(--p-color-bg-surface)',
          outline: selected ? '2px solid var(--p-color-border-focus)' : 'none',
          outlineOffset: 2,
        }}
      >
        <span style={{ display: 'flex', gap: 8, width: '100%', alignItems: 'center' }}>
          <span style={{ ...(under ? ONE_LINE : TWO_LINES), flex: 1, fontWeight: 600 }} title={look.title}>
            {look.title}
          </span>
          {wrong ? (
            <span style={{ flexShrink: 0 }}>
              <Icon source={AlertCircleIcon} tone="critical" accessibilityLabel="Has a problem" />
            </span>
          ) : null}
          {look.troubles.length > 0 ? (
            <span style={{ flexShrink: 0 }} title={look.troubles.join(' ')}>
              <Icon source={AlertTriangleIcon} tone="warning" accessibilityLabel="Does not work as drawn" />
            </span>
          ) : null}
          {look.inside > 0 ? (
            <span style={{ display: 'flex', flexShrink: 0 }} title={`${look.inside} here now`}>
              <Icon source={PersonIcon} tone="subdued" accessibilityLabel="Here now" />
              {look.inside}
            </span>
          ) : null}
        </span>
        {under ? (
          <span style={{ ...ONE_LINE, width: '100%', color: 'var(--p-color-text-secondary)' }} title={under}>
            {under}
          </span>
        ) : null}
        {look.told ? (
          <span style={{ ...ONE_LINE, width: '100%', fontSize: 12, color: 'var(--p-color-text-secondary)' }}>
            {look.told}
          </span>
        ) : null}
      </button>
    </>
  );
}

function WayNode({ data }: NodeProps<Node<NodeData>>) {
  return (
    <>
      <Ends />
      <div
        title={data.label}
        style={{
          ...SIZES.way,
          ...ONE_LINE,
          boxSizing: 'border-box',
          padding: '0 12px',
          lineHeight: `${SIZES.way.height - 2}px`,
          textAlign: 'center',
          borderRadius: 18,
          border: `${data.lit ? 2 : 1}px solid ${data.lit ? LIT : LINE}`,
          background: 'var(--p-color-bg-surface-info)',
        }}
      >
        {data.count === null ? data.label : `${data.label} · ${whole(data.count, 'en')}`}
      </div>
    </>
  );
}

function EndNode() {
  return (
    <>
      <Ends />
      <div
        style={{
          ...SIZES.end,
          lineHeight: `${SIZES.end.height}px`,
          textAlign: 'center',
          color: 'var(--p-color-text-secondary)',
        }}
      >
        End
      </div>
    </>
  );
}

/** A way with a plus, where a step can be added or put down. */
function WayEdge(props: EdgeProps<Edge<EdgeData>>) {
  const [path] = getSmoothStepPath({ ...props, offset: 8 });
  const { place, lit, chosen, carries, after, onPlace } = props.data!;
  const stroke = lit
    ? { stroke: LIT, strokeWidth: 3 }
    : { stroke: 'var(--p-color-icon-secondary)', strokeWidth: 1.5 };
  return (
    <>
      <BaseEdge path={path} style={stroke} />
      {place ? (
        <EdgeLabelRenderer>
          <button
            type="button"
            className="nodrag nopan"
            aria-label={`${carries ? 'Put it after' : 'Add a step after'}: ${after}`}
            title={carries ? 'Put it here' : 'Add a step here'}
            onClick={() => onPlace(place)}
            style={{
              position: 'absolute',
              // Beside where the way begins, so that ways which meet do not lay their signs upon each other.
              transform: `translate(-50%, -50%) translate(${props.sourceX}px, ${props.sourceY + 24}px)`,
              pointerEvents: 'all',
              width: 24,
              height: 24,
              padding: 0,
              borderRadius: 12,
              border: `${carries ? 2 : 1}px solid ${chosen || carries ? 'var(--p-color-border-focus)' : LINE}`,
              background: chosen ? 'var(--p-color-bg-fill-brand)' : 'var(--p-color-bg-surface)',
              color: chosen ? 'var(--p-color-text-brand-on-bg-fill)' : 'var(--p-color-text)',
              font: 'inherit',
              lineHeight: carries ? '18px' : '20px',
              cursor: 'pointer',
            }}
          >
            +
          </button>
        </EdgeLabelRenderer>
      ) : null}
    </>
  );
}

export const NODE_TYPES = { trigger: StepNode, step: StepNode, way: WayNode, end: EndNode };
export const EDGE_TYPES = { way: WayEdge };
