/** The door of gestures: a purse, occasions, what is given on them, and what it brings. See README.md. */
export { makeGestureCalendar } from './calendar.server.ts';
export { makeCarryOutLoop } from './carry-out.server.ts';
export { finishByHand, mergeCustomers, stopPerson, stopWork, withdraw } from './end.server.ts';
export { lookAt, makeLookLoop } from './looks.server.ts';
export { fillPurse, leftIn as leftInPurse, monthOf, pursesOf, type PurseState } from './purse.server.ts';
export { gestureSettings, saveGestureSettings } from './settings.server.ts';
export type { Given } from './give.server.ts';
export { giveByHand, planSurprise, surpriseCandidates, tickTask } from './hand.server.ts';
export { gestureTaskCount, gestureTasks, gesturesCsv, listGestures, type GestureRow } from './list.server.ts';
export { gestureEffect } from './report.server.ts';
export { storiesOfCustomers } from './story.server.ts';
export { tryLastMonth, type LastMonth } from './trial.server.ts';
