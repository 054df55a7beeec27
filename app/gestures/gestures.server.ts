/** The door of gestures: a purse, occasions, what is given on them, and what it brings. See README.md. */
export { makeGestureCalendar } from './calendar.server.ts';
export { makeCarryOutLoop } from './carry-out.server.ts';
export { finishByHand, mergeCustomers, stopPerson, stopWork, withdraw } from './end.server.ts';
export { lookAt, makeLookLoop } from './looks.server.ts';
export { fillPurse, monthOf, pursesOf, type PurseState } from './purse.server.ts';
export { gestureSettings, saveGestureSettings } from './settings.server.ts';
