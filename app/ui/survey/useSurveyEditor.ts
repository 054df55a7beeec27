/** A survey while it is drawn: edits, undo and redo, which question is open, which language is written. */
import { useState } from 'react';
import { doneAgain, edited, takenBack, type Edits } from '../../feedback/edit-survey.ts';
import type { Survey } from '../../feedback/survey.ts';

export function useSurveyEditor(initial: Survey) {
  const [edits, setEdits] = useState<Edits>({ survey: initial, past: [], future: [], about: null });
  const [saved, setSaved] = useState(initial);
  const { survey } = edits;
  return {
    survey,
    isChanged: JSON.stringify(survey) !== JSON.stringify(saved),
    canUndo: edits.past.length > 0,
    canRedo: edits.future.length > 0,
    /** @param about names what is typed into: letters in a row are one edit */
    edit: (after: Survey, about: string | null = null) => setEdits((before) => edited(before, after, about)),
    undo: () => setEdits(takenBack),
    redo: () => setEdits(doneAgain),
    /** What is on the screen is what is kept. */
    keep: () => setSaved(survey),
    discard: () => setEdits((before) => edited(before, saved, null)),
    replace(by: Survey) {
      setSaved(by);
      setEdits({ survey: by, past: [], future: [], about: null });
    },
  };
}

export type SurveyEditing = ReturnType<typeof useSurveyEditor>;
