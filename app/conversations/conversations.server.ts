/**
 * The door of conversations: every word a customer says, and the answers to it. See README.md.
 *
 * - `hear` takes voices: each opens a conversation or goes on with one, once.
 * - `reply` gives an answer, in the caller's transaction; the worker's loop sends it by the channel of its voice.
 */
export { hear } from './hearing.server.ts';
export { reply, type Reply, type ReplyOutcome } from './reply.server.ts';
export { makeReplyLoop, type SendDeps } from './send.server.ts';
export { mergeCustomers } from './people.server.ts';
export { settleParcels, solve } from './solve.server.ts';
export { openProblems, pausedAsks } from './holds.server.ts';
export { helpPage, sayHelped } from './help.server.ts';
export { makeClockLoop, type ClockDeps } from './ticks.server.ts';
export { installTags as installDefaults } from './tags.server.ts';
export { deleteTag, putTags, saveTag, tagsOf, takeTag } from './tags.server.ts';
export { endAlarm, ringingAlarms, type Alarm } from './alarm.server.ts';
