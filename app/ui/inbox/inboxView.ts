/** Conversations in the shape that pages send to the browser: no bigints. */
import { webAddress } from '../../web-address.ts';
import type { Entry } from '../../conversations/conversation.ts';
import type { FilesOrigin } from '../../files/file.ts';
import { attachmentView, type AttachmentView } from './attachmentView.ts';
import type { Thread } from '../../conversations/thread.server.ts';

export type EntryView = Pick<
  Entry,
  | 'id'
  | 'kind'
  | 'voiceKind'
  | 'author'
  | 'name'
  | 'address'
  | 'subject'
  | 'text'
  | 'score'
  | 'link'
  | 'at'
  | 'state'
  | 'data'
  | 'late'
> & { attachments: AttachmentView[] };

const entryView = (entry: Entry, files: Thread['files'], origin: FilesOrigin): EntryView => ({
  id: entry.id,
  kind: entry.kind,
  voiceKind: entry.voiceKind,
  author: entry.author,
  name: entry.name,
  address: entry.address,
  subject: entry.subject,
  text: entry.text,
  score: entry.score,
  link: webAddress(entry.link),
  at: entry.at,
  state: entry.state,
  data: entry.data,
  late: entry.late,
  attachments: entry.attachments.map((one) => attachmentView(one, files, origin)),
});

/** @param origin where files are served */
export function threadView({ conversation, entries, files, tags, ...rest }: Thread, origin: FilesOrigin) {
  const { id, kind, clock, channel, state, customerId, subject, assignee, link } = conversation;
  const { awaitingSince, replyDueAt, resolutionDueAt, repliedAt, snoozedUntil, helpScore } = conversation;
  return {
    ...rest,
    id,
    kind,
    clock,
    channel,
    state,
    customerId,
    subject,
    assignee,
    link: webAddress(link),
    awaitingSince,
    replyDueAt,
    resolutionDueAt,
    repliedAt,
    snoozedUntil,
    pace: conversation.pace ?? 100,
    helpScore,
    isAboutParcel: conversation.shipmentId !== null,
    entries: entries.map((entry) => entryView(entry, files, origin)),
    tags: tags.map(({ code, name, suggested }) => ({ code, name, suggested })),
  };
}

export type ThreadView = ReturnType<typeof threadView>;

export interface Person {
  name: string;
  email: string;
  userId: string | null;
}

/** Whoever may be given something, then those of the staff whom Shopify has named: they cannot, having no address. */
export const withStaff = (
  people: readonly Person[],
  staff: readonly { userId: string; name: string }[],
): Person[] => [
  ...people,
  ...staff
    .filter(({ userId }) => !people.some((person) => person.userId === userId))
    .map((one) => ({ ...one, email: '' })),
];

/** "staff:12" or an address as a name, where somebody has said whose it is. */
export function personName(who: string | null, people: readonly Person[]): string | null {
  if (!who) return null;
  if (who === 'auto') return 'Everafter';
  const id = who.startsWith('staff:') ? who.slice(6) : null;
  const found = people.find(({ userId, email }) => (id ? userId === id : email === who));
  return found?.name ?? (id ? `staff ${id}` : who);
}
