/** Texts of a shop: installing, publishing, reading. */

/** What the checks of a text found; an error keeps it from being published. */
export interface Check {
  level: 'error' | 'warning';
  /** unknown-field, missing-alt, too-large… */
  code: string;
  /** Position in `blocks`; null for the subject, the preheader or the whole. */
  block: number | null;
  detail: string;
}

export type SavedTemplate = { outcome: 'saved'; checks: Check[] } | { outcome: 'refused'; checks: Check[] };

export interface Preview {
  subject: string;
  html: string;
  text: string;
  checks: Check[];
}
