/** What is typed into a list, as long as it means the list that is known: an undo shows what was before. */
import { useState } from 'react';

export function useTyped(words: readonly string[]): [string, (text: string) => void] {
  const [typed, setTyped] = useState(words.join(', '));
  const [known, setKnown] = useState(words);
  if (known !== words) {
    setKnown(words);
    const meant = typed
      .split(',')
      .map((word) => word.trim().toLowerCase())
      .filter(Boolean);
    const isSame = words.every((word) => meant.includes(word.toLowerCase()));
    if (!isSame || (words.length === 0 && known.length > 0 && meant.length > 0)) setTyped(words.join(', '));
  }
  return [typed, setTyped];
}
