/** Whether a text ends texts, as carriers and laws know it: in their words, or in any others that plainly say so. */

/** Alone, or with no more than a courtesy beside them: in a longer sentence they mean an order, a film, a subscription. */
const ALONE = new Set([
  'cancel', 'end', 'quit', 'revoke', // en
  'ende', // de
  'baja', 'alto', 'parar', 'cancelar', // es, pt
  'basta', 'annulla', // it
]); // prettier-ignore

/** Also beside words that say what is to stop, and for whom. */
const STOP = new Set([
  'stop', 'stopall', 'unsubscribe', 'optout', // en
  'stopp', 'abmelden', 'abbestellen', // de
  'arret', 'arrêt', 'arrêter', 'arrêtez', 'desabonner', 'désabonner', // fr
  'stoppen', 'afmelden', // nl
]); // prettier-ignore

const COURTESY = words(`please pls plz now thanks thank you immediately
  bitte danke jetzt sofort svp merci maintenant por favor gracias ya obrigado grazie`);

const BESIDE =
  words(`it this these those the all any more me my i want would like to from sending send texting text texts
  messaging message messages contacting contact sms list alerts marketing promotional
  mich mir mit von sms nachrichten nachricht texte das die keine mehr
  de les des vos plus messages envoyer moi
  mensajes más los sus enviar me`);

/** What says the same without one of those words. */
const SENTENCES = [
  /^(don t|do not|dont|never) (send|text|message|contact|write|sms)( (me|us|to|again|ever|any|anymore|more|texts?|messages?|sms|these|such))*$/,
  /^no more (texts?|messages?|sms|texting|messaging)( ever)?$/,
  /^(take|remove) me (off|from)( (the|this|your))?( (list|texts|messages|sms))?$/,
  /^opt( me)? out$/,
  /^(keine|nie wieder) (sms|nachrichten?|texte)( mehr)?( schicken| senden)?$/,
  /^(schreib|schreiben sie|schick|schicken sie)( mir)? (nicht|nichts|keine sms|keine nachrichten)( mehr)?$/,
  /^plus de (sms|messages|textos)$/,
  /^no más (sms|mensajes|textos)$/,
];
/** A sentence of them is short: what is longer has more to say than that, and somebody reads it. */
const MOST_WORDS = 8;

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

/** Whether somebody wants no more texts: the whole text counts, so that "please stop the blinking lamp" is a question. */
export function isStop(text: string): boolean {
  const all = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
    .split(' ');
  const said = all.filter((word) => !COURTESY.has(word));
  if (said.length === 0 || said.length > MOST_WORDS) return false;
  if (said.length === 1 && ALONE.has(said[0]!)) return true;
  if (said.some((word) => STOP.has(word)) && said.every((word) => STOP.has(word) || BESIDE.has(word)))
    return true;
  return SENTENCES.some((sentence) => sentence.test(said.join(' ')));
}
