/** The access log in words. */

const DEEDS: Record<string, string> = {
  'customer.viewed': 'Opened a customer’s story',
  'customer.shown-in-mail': 'Saw a mail as a customer gets it',
  'customer.exported': 'Took along all that is known of a customer',
  'token.made': 'Made a token',
  'social.connected': 'Connected an account on a network',
  'social.disconnected': 'Let an account on a network go',
  'token.revoked': 'Revoked a token',
  'sequence.tried': 'Tried a sequence on the past',
  'sequence.exported': 'Read the text of a sequence',
  'sequence.compared': 'Compared a sequence with a text',
  'sequence.pushed': 'Changed a sequence',
  'sequences.listed': 'Listed the sequences',
  'sequences.checked': 'Checked the text of sequences',
};

/** "customer.viewed" → "Opened a customer’s story"; a deed without words of its own stands as it was written. */
export function deedInWords(action: string): string {
  const list = /^([\w-]+)\.exported$/.exec(action)?.[1];
  return DEEDS[action] ?? (list ? `Exported a list: ${list.replaceAll('-', ' ')}` : action);
}

/** Who it was: staff by name, else by Shopify’s id; a program by what its token is for. */
export function actorInWords({
  actor,
  staffName,
  program,
}: {
  actor: string;
  staffName: string | null;
  program: string | null;
}): string {
  if (!actor.startsWith('token:')) return staffName ?? `Staff ${actor}`;
  return program ? `Program: ${program}` : 'A program, token revoked';
}
