import {
  Banner,
  BlockStack,
  Box,
  Button,
  ButtonGroup,
  InlineStack,
  Text,
  useBreakpoints,
} from '@shopify/polaris';
import { RedoIcon, UndoIcon } from '@shopify/polaris-icons';
import { lazy, Suspense, useCallback, useState } from 'react';
import type { Place } from '../../sequences/edit-plan.ts';
import type { Problem } from '../../sequences/plan.ts';
import { BuilderContext, type BuilderShop } from './builderContext.ts';
import type { DrawnProps } from './Canvas.tsx';
import { usePlanKeys } from './keys.ts';
import { LookAhead, type Seen } from './LookAhead.tsx';
import { lookAt, useFigures } from './stepLook.ts';
import { PlanList } from './PlanList.tsx';
import { problemInWords } from './problemWords.ts';
import { StepPanel } from './StepPanel.tsx';
import { samePlace } from './stepKinds.ts';
import type { PlanEditor } from './usePlanEditor.ts';

/** The library of the canvas is fetched by this page alone, and only where there is room for it. */
const Canvas = lazy(() => import('./Canvas.tsx'));

interface BuilderProps {
  editor: PlanEditor;
  shop: BuilderShop;
  inside: ReadonlyMap<string, number>;
  problems: readonly Problem[];
}

const HEIGHT = 680;
/** The server does not know how wide the page is: both are served, and one of them is shown. Narrow as Polaris has it. */
const AS_SERVED = `
  @media (max-width: 47.9975em) { .plan-wide { display: none !important; } }
  @media (min-width: 48em) { .plan-narrow { display: none; } }`;

/** The plan on the left, what is selected on the right; one below the other where it is narrow. */
export function Builder({ editor, shop, inside, problems }: BuilderProps) {
  // Every width is at least the least: false only while nobody has asked the browser.
  const { mdDown, xsUp: isDrawable } = useBreakpoints();
  const [asList, setAsList] = useState(false);
  const [isAhead, setAhead] = useState(false);
  const [seen, setSeen] = useState<Seen | null>(null);
  const [focus, setFocus] = useState(0);
  /** In the list a panel unfolds under what was pressed; nothing is unfolded to begin with. */
  const [isUnfolded, setUnfolded] = useState(false);
  const told = useFigures(shop);
  const { plan, selected, step, adding } = editor;
  const lookOf = useCallback(
    (key: string | null) => lookAt(key, { plan, inside, problems, seen, shop, told }),
    [plan, inside, problems, seen, shop, told],
  );
  const isList = asList || mdDown;
  const drawn: DrawnProps = {
    plan,
    selected: adding ? UNSELECTED : selected,
    onSelect: (key) => {
      const folds = isList && isUnfolded && !adding && key === selected;
      setUnfolded(!folds);
      if (!folds) editor.select(key);
    },
    onPlace: (place) => {
      setUnfolded(true);
      editor.place(place);
    },
    adding,
    takes: editor.carried ? editor.takes : null,
    lookOf,
    isWayLit: (place: Place) => seen?.ways.some((way) => samePlace(way, place)) ?? false,
  };
  const open = () => setFocus((before) => before + 1);
  const keys = usePlanKeys(editor, open);
  const panel = (
    <StepPanel
      plan={plan}
      step={step}
      look={lookOf(selected)}
      adding={adding}
      atEnd={editor.atEnd}
      focus={focus}
      onAdd={editor.add}
      onChange={(changed) => editor.apply({ do: 'change', step: changed }, changed.key)}
      onSet={(part) => editor.apply({ do: 'set', part }, 'trigger')}
      onCarry={editor.carry}
      onDelete={editor.remove}
      onClose={editor.rest}
    />
  );
  return (
    <BuilderContext.Provider value={shop}>
      {isDrawable ? null : <style>{AS_SERVED}</style>}
      <BlockStack gap="400">
        <Toolbar
          editor={editor}
          isList={isList}
          onList={mdDown ? null : setAsList}
          onAhead={() => setAhead(true)}
        />
        {isAhead ? <LookAhead plan={plan} onSeen={setSeen} onClose={() => setAhead(false)} /> : null}
        <PlanBanners editor={editor} problems={problems} />
        {isList || !isDrawable ? (
          <div className={isDrawable ? undefined : 'plan-narrow'}>
            <Box paddingInline={{ xs: '400', sm: '0' }}>
              <PlanList {...drawn} selected={isUnfolded ? drawn.selected : UNSELECTED} panel={panel} />
            </Box>
          </div>
        ) : null}
        {isList ? null : (
          <div
            ref={keys}
            className={isDrawable ? undefined : 'plan-wide'}
            style={{ display: 'flex', gap: 16, alignItems: 'flex-start' }}
          >
            <div
              role="group"
              aria-label="The plan. Arrow keys go from step to step, Enter opens one, plus adds one after it, a figure adds one on that way of a fork, m moves and c copies it, Delete deletes it, with Shift all its ways too."
              style={{
                flex: 1,
                minWidth: 0,
                height: HEIGHT,
                borderRadius: 12,
                overflow: 'hidden',
                border: '1px solid var(--p-color-border-secondary)',
                background: 'var(--p-color-bg)',
              }}
            >
              {isDrawable ? (
                <Suspense fallback={null}>
                  <Canvas {...drawn} />
                </Suspense>
              ) : null}
            </div>
            <div style={{ width: 380, flexShrink: 0, maxHeight: HEIGHT, overflowY: 'auto' }}>{panel}</div>
          </div>
        )}
      </BlockStack>
    </BuilderContext.Provider>
  );
}

/** No step has this key: while one is being added, none is marked. */
const UNSELECTED = '';

function Toolbar({
  editor,
  isList,
  onList,
  onAhead,
}: {
  editor: PlanEditor;
  isList: boolean;
  onList: ((list: boolean) => void) | null;
  onAhead: () => void;
}) {
  return (
    <Box paddingInline={{ xs: '400', sm: '0' }}>
      <InlineStack align="space-between" gap="200">
        <InlineStack gap="200">
          <Button
            icon={UndoIcon}
            accessibilityLabel="Undo"
            disabled={!editor.canUndo}
            onClick={editor.undo}
          />
          <Button
            icon={RedoIcon}
            accessibilityLabel="Redo"
            disabled={!editor.canRedo}
            onClick={editor.redo}
          />
          <Button onClick={onAhead}>What would happen to…</Button>
        </InlineStack>
        {onList ? (
          <div className="plan-wide">
            <ButtonGroup variant="segmented">
              <Button pressed={!isList} onClick={() => onList(false)}>
                Picture
              </Button>
              <Button pressed={isList} onClick={() => onList(true)}>
                List
              </Button>
            </ButtonGroup>
          </div>
        ) : null}
      </InlineStack>
    </Box>
  );
}

/** What belongs to no step, and what is being carried. */
function PlanBanners({ editor, problems }: { editor: PlanEditor; problems: readonly Problem[] }) {
  const ofPlan = problems.filter(({ step }) => step === null);
  return (
    <>
      {editor.carried ? (
        <Banner tone="info" action={{ content: 'Cancel', onAction: editor.rest }}>
          <Text as="p">
            {`Press the plus where the ${editor.carried.how === 'move' ? 'step' : 'copy'} is to go, or choose a step and press Enter. Escape puts it back.`}
          </Text>
        </Banner>
      ) : null}
      {ofPlan.length > 0 ? (
        <Banner tone="warning" title="Not ready to be published">
          {ofPlan.map((problem) => (
            <p key={problem.code + problem.detail}>{problemInWords(problem)}</p>
          ))}
        </Banner>
      ) : null}
    </>
  );
}
