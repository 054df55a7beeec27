/** Texts that people have typed, as they are kept. */

/** As typed, without what no keyboard types: control characters (line breaks stay) and halves of characters. */
export function cleanText(text: string): string {
  return (
    text
      .replace(/\p{Cs}/gu, '')
      .replace(/\r\n?/g, '\n')
      // eslint-disable-next-line no-control-regex -- these are what is taken out
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '')
      .trim()
  );
}

/** A strange word, short enough to stand in a message about it. */
export const printable = (text: string): string => cleanText(text).slice(0, 40);
