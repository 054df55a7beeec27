import { SaveBar } from '@shopify/app-bridge-react';

interface FormSaveBarProps {
  open: boolean;
  busy: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/** App Bridge's save bar: every form uses it, so that leaving with unsaved changes is guarded by the admin itself. */
export function FormSaveBar({ open, busy, onSave, onDiscard }: FormSaveBarProps) {
  return (
    <SaveBar id="unsaved-changes" open={open} discardConfirmation>
      <button variant="primary" onClick={onSave} {...(busy ? { loading: '' } : {})}>
        Save
      </button>
      <button onClick={onDiscard}>Discard</button>
    </SaveBar>
  );
}
