import { useBlocker } from '@remix-run/react';
import { SaveBar, useAppBridge } from '@shopify/app-bridge-react';
import { useEffect } from 'react';

interface FormSaveBarProps {
  open: boolean;
  busy: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/** App Bridge's save bar: every form uses it, so that leaving with unsaved changes is guarded. */
export function FormSaveBar({ open, busy, onSave, onDiscard }: FormSaveBarProps) {
  useGuard(open);
  return (
    <SaveBar id="unsaved-changes" open={open} discardConfirmation>
      <button variant="primary" onClick={onSave} {...(busy ? { loading: '' } : {})}>
        Save
      </button>
      <button onClick={onDiscard}>Discard</button>
    </SaveBar>
  );
}

/** The admin holds its own links back; those of the app's router it has to be asked about. */
function useGuard(isUnsaved: boolean): void {
  const shopify = useAppBridge();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isUnsaved && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (blocker.state !== 'blocked') return undefined;
    let isWaiting = true;
    // Stays open for ever when the person stays.
    void shopify.saveBar.leaveConfirmation().then(() => {
      if (isWaiting) blocker.proceed();
    });
    return () => {
      isWaiting = false;
    };
  }, [blocker, shopify]);
}
