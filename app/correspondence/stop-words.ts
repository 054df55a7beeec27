/** Words that end texts when a text says nothing else, as carriers and laws know them; and those that begin them again. */

const STOP = new Set([
  'stop', 'stopall', 'stop all', 'unsubscribe', 'cancel', 'end', 'quit', 'optout', 'opt out', 'revoke', // en
  'stopp', 'abmelden', 'abbestellen', 'ende', // de
  'arret', 'arrêt', 'desabonner', 'désabonner', // fr
  'baja', 'alto', 'parar', 'cancelar', // es, pt
  'basta', 'annulla', 'stoppen', 'afmelden', // it, nl
]); // prettier-ignore

/** Whether somebody wants no more texts: the whole text counts, so that "please stop the blinking lamp" is a question. */
export function isStop(text: string): boolean {
  const plain = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\s]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return STOP.has(plain);
}
