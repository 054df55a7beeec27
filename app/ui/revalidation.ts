/** When what is loaded is loaded anew. */
import type { ShouldRevalidateFunction } from '@remix-run/react';

/** Intents that change nothing that is shown: that somebody is writing. */
const QUIET = ['writing'];

/** Posts that only look: what a plan would do to those inside. */
const LOOKS = /\/publish$/;

/**
 * Not after a post that changes nothing. Beside saving the trip, this keeps a second one that follows at once from
 * aborting the first one's reloading, which the router then tells the console of.
 */
export const afterDeeds: ShouldRevalidateFunction = ({ formAction, formData, defaultShouldRevalidate }) => {
  const onlyLooks =
    LOOKS.test(formAction?.split('?')[0] ?? '') || QUIET.includes(String(formData?.get('intent')));
  return onlyLooks ? false : defaultShouldRevalidate;
};
