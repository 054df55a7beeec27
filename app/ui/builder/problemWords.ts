/** What keeps a plan from being published, as a sentence that says how to mend it. */
import type { Problem, TriggerKind } from '../../sequences/plan.ts';
import { TRIGGER_WORDS } from '../planSentences.ts';

const MISSING: Record<string, string> = {
  template: 'Choose a mail.',
  title: 'Say what is to be done.',
  tags: 'Write one tag at least; none may be empty.',
  url: 'Write an address that begins with https://.',
  namespace: 'The namespace takes letters, digits, - and _, three at least.',
  name: 'Give it a name: letters, digits, - and _.',
  sequence: 'Choose the sequence that begins.',
  ways: 'Each way needs a name, and one way at least a weight.',
  value: 'A value from 1 on.',
  on: 'Choose what sets it off.',
  date: 'A metafield is named like facts.birth_date: its namespace, a dot, its key.',
  segments: 'Choose a segment.',
  channels: 'Choose one place of orders at least.',
};

const whatHappens = (kinds: string) =>
  kinds
    .split(', ')
    .map((kind) => `“${TRIGGER_WORDS[kind as TriggerKind] ?? kind}”`)
    .join(' or ');

export function problemInWords({ code, detail }: Pick<Problem, 'code' | 'detail'>): string {
  switch (code) {
    case 'shape': {
      const field = (detail.split(':', 1)[0] ?? '').split('.').find((part) => part in MISSING);
      return field ? MISSING[field]! : `Something is not filled in yet (${detail}).`;
    }
    case 'same-key-twice':
      return 'Two steps have the same key.';
    case 'leads-nowhere':
      return 'It leads to a step that is gone.';
    case 'loop':
      return 'It leads back to a step before it. Nobody would ever come out.';
    case 'never-reached':
      return 'Nobody ever comes here.';
    case 'no-message':
      return 'Nothing happens in it yet. Add a mail, a task or a present.';
    case 'never-begins': {
      const [each, kinds] = detail.split(': ');
      return `It is to run once for ${each}, but ${whatHappens(kinds ?? '')} says nothing of one. Choose “Once a customer”.`;
    }
    case 'no-such-sequence':
      return `There is no sequence “${detail}” that it could begin. Choose another, or make that one first.`;
    case 'endless':
      return `It begins “${detail}”, which comes back here without any time passing. It would never end: add a wait, or let customers come in once only.`;
    case 'senseless':
    case 'not-public':
    case 'policy':
      return detail;
  }
}
