/** Views as the app would send them, in English: short ones, and one with everything. */
import type { BlockView } from '../../app/feedback/block.ts';

export const ask: BlockView = {
  state: 'ask',
  survey: { id: 'survey-1', version: 1 },
  questions: [
    {
      key: 'experience',
      kind: 'scale',
      look: 'words',
      text: 'How was your visit to our shop?',
      help: '',
      required: true,
      when: [],
      options: ['Poor', 'Not great', 'All right', 'Good', 'Wonderful'].map((label, i) => ({
        value: i + 1,
        label,
      })),
      low: '',
      high: '',
    },
    {
      key: 'better',
      kind: 'choice',
      text: 'What could be better?',
      help: '',
      required: false,
      when: [{ question: 'experience', is: 'one-of', values: [1, 2, 3] }],
      multiple: true,
      options: [
        { value: 'finding', label: 'Finding things' },
        { value: 'price', label: 'Prices' },
        { value: 'checkout', label: 'Paying' },
        { value: 'other', label: 'Something else' },
      ],
    },
    {
      key: 'comment',
      kind: 'text',
      text: 'In your own words',
      help: '',
      required: false,
      when: [{ question: 'experience', is: 'one-of', values: [1, 2, 3] }],
      placeholder: 'We read every line.',
      maxLength: 500,
    },
    {
      key: 'liked',
      kind: 'text',
      text: 'What did you like?',
      help: '',
      required: true,
      when: [{ question: 'experience', is: 'one-of', values: [4] }],
      placeholder: '',
      maxLength: 500,
    },
  ],
};

export const glad: Extract<BlockView, { state: 'thanks' }> = {
  state: 'thanks',
  tone: 'glad',
  message: 'Thank you, Jo. That makes our day.',
  said: { label: 'Wonderful', comment: null },
  referral: {
    code: 'JO-7K2M',
    shareUrl: 'https://linden.example/apps/friends/JO-7K2M',
    shareText: 'I like this shop. You get 15 % off with my code:',
    offer: 'Your friend gets 15 % off, you get $10 when their order is settled.',
    progress: '',
  },
  referralPending: false,
  stage: 'With this order we are no longer strangers.',
  preferencesUrl: 'https://app.test/p/token',
  careGuides: [],
};

export const sorry: BlockView = {
  ...glad,
  tone: 'sorry',
  message: 'We are sorry, Jo. Somebody of us reads this today.',
  said: { label: 'Poor', comment: null },
  referral: null,
};
