/** Addresses that others have given us, before they stand in a page. */

/** The address where it leads into the web; null for what would run (`javascript:`) or is none. */
export const webAddress = (text: string | null | undefined): string | null =>
  text && /^https?:\/\/[^\s<>"']+$/i.test(text) ? text : null;
