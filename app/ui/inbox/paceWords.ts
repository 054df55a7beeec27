/** Working time as people say it. */

/** "45 min", "3 h 20 min" */
export function minutesInWords(minutes: number): string {
  const all = Math.round(minutes);
  if (all < 1) return 'under a minute';
  const hours = Math.floor(all / 60);
  const rest = all % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
