/** What a setting has to be, said beside the field that was refused. */
const WORDS: Record<string, string> = {
  'sender.name': 'At most 80 characters.',
  'sender.email': 'This is not an e-mail address.',
  'sender.replyTo': 'This is not an e-mail address.',
  'sender.postalAddress': 'At most 300 characters.',
  'brand.logoUrl': 'This is not a web address. It begins with https://',
  'brand.color': 'Six hexadecimal digits: #2b4c3f',
  'brand.signature': 'At most 80 characters.',
  'rhythm.perWeek': 'A whole number from 1 to 14.',
  'rhythm.mailsPerWeek': 'A whole number from 1 to 14, or nothing.',
  'rhythm.textsPerWeek': 'A whole number from 1 to 14, or nothing.',
  'rhythm.days': 'Choose one day at least.',
  'rhythm.minGapHours': 'A whole number from 0 to 168.',
  returnWindowDays: 'A whole number from 0 to 365.',
  assumedTransitDays: 'A whole number from 1 to 60.',
  retentionDays: 'A whole number from 7 to 730.',
};

/** @param path of the setting: "sender.replyTo" */
export const settingInWords = (path: string): string => WORDS[path] ?? 'This cannot be saved as it is.';
