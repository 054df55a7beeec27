/**
 * The door of conversations: every word a customer says, and the answers to it. See README.md.
 *
 * - `hear` takes voices: each opens a conversation or goes on with one, once.
 * - `reply` gives an answer, in the caller's transaction; the worker's loop sends it by the channel of its voice.
 */
export { conversationOf } from './find.server.ts';
export { hear } from './hearing.server.ts';
export { reply, type Reply, type ReplyOutcome } from './reply.server.ts';
export { makeReplyLoop, type SendDeps } from './send.server.ts';
export { mergeCustomers, noteReorders, openMatter } from './people.server.ts';
export { settleParcels, solve } from './solve.server.ts';
export { openProblems, pausedAsks } from './holds.server.ts';
export { hurry } from './hurry.server.ts';
export { helpPage, sayHelped } from './help.server.ts';
export { makeClockLoop, type ClockDeps } from './ticks.server.ts';
export { installTags as installDefaults } from './tags.server.ts';
export { deleteTag, saveTag, tagByHand, tagsOf, takeTag } from './tags.server.ts';
export { endAlarm, ringingAlarms, type Alarm } from './alarm.server.ts';
export { assign, reopen, sayWriting, snooze, writeNote } from './acts.server.ts';
export { mergeConversations, splitConversation } from './joining.server.ts';
export {
  conversationsCsv,
  COUNTED,
  inboxCounts,
  listConversations,
  waitingCount,
  type InboxCounts,
  type InboxRow,
} from './inbox.server.ts';
export { threadOf, type Thread } from './thread.server.ts';
export { deleteMacro, macroFields, macrosOf, saveMacro } from './macros.server.ts';
export { deleteView, savedViews, saveView, type SavedView } from './views.server.ts';
export { inboxSettings } from './settings.server.ts';
export { effectOf, recomputeClocks, saveInboxSettings, type PromiseEffect } from './promises.server.ts';
export {
  badgeFigure,
  firstReplies,
  paceCsv,
  replyFigures,
  type FirstReplies,
  type Pace,
} from './figures.server.ts';
export { sendAgain, troubledAnswers, type TroubledAnswers } from './unsent.server.ts';
export { takeBack } from './takeBack.server.ts';
