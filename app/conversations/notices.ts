/** Words to the shop's own people, in English as the admin is. Pure. */
import type { Conversation } from './conversation.ts';
import type { Doing } from './clock.ts';

type About = Pick<
  Conversation,
  'personName' | 'personAddress' | 'preview' | 'replyDueAt' | 'resolutionDueAt'
>;

export interface Notice {
  subject: string;
  text: string;
}

const hours = (at: Date, zone: string) =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);

/** What a doing of the clock tells somebody; null for what nobody is told. */
export function noticeOf(
  doing: Doing,
  about: About,
  { zone, link }: { zone: string; link: string },
): Notice | null {
  const who = about.personName ?? about.personAddress ?? 'A customer';
  const by = about.replyDueAt ? hours(about.replyDueAt, zone) : '';
  const words = about.preview ? `“${about.preview}”\n\n` : '';
  const rest = `${words}${link}`;
  switch (doing.kind) {
    case 'warn':
      return {
        subject: `${who} waits for an answer until ${by}`,
        text: `The promised time is nearly over.\n\n${rest}`,
      };
    case 'escalate':
      return {
        subject: `Late: ${who} waits for an answer since before ${by}`,
        text: `It was promised by ${by}, and nobody has answered. It is yours now.\n\n${rest}`,
      };
    case 'overdue':
      return {
        subject: `${who} still has no solution`,
        text: `It should have been settled by ${about.resolutionDueAt ? hours(about.resolutionDueAt, zone) : 'now'}.\n\n${rest}`,
      };
    default:
      return null;
  }
}

/** Why a cue made it somebody's at once; where it is read comes with the way it goes. */
export const cueNotice = (about: About, why: string): Notice => ({
  subject: `Yours: ${about.personName ?? about.personAddress ?? 'a customer'}`,
  text: `${why}${about.preview ? `\n\n“${about.preview}”` : ''}`,
});
