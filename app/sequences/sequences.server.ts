/**
 * The door of sequences: what others may ask for. What each part does stands beside it in a file of its own.
 *
 * - `installDefaults(tx, shop, now)`: the six sequences of every new shop and their texts; what exists stays as it is.
 * - `enroll(tx, happened, now)`: leads those whom something happened to into every sequence that it sets off.
 * - `advanceDue(tx, now, deps)`: one batch of what is due, over all shops in turn; `makeSequencesLoop` for the worker.
 * - `makeDeedLoop(deps)`: for the worker; does what steps do beside writing: tags, metafields, webhooks.
 * - `makeEndingsLoop(deps)`: for the worker; writes down, behind a stop for everybody, that each enrollment is over.
 * - `forgetDeeds(tx, now)`: for housekeeping; what has been over for 120 days goes.
 * - `wake(tx, people, now)`: looks again at waits that end when something happens to these customers.
 * - `holdForParcel(tx, parcels, now)`: what counts from the arrival of a parcel that has not arrived waits until it is known.
 * - `stop(tx, stops, now)`: ends enrollments and cancels their messages; nothing is planned for them once it commits.
 * - `stopOne(tx, { customerId, id }, now)`: the same for one enrollment of one customer, by hand.
 * - `mergeCustomers(tx, merges, now)`: follows a merge.
 * - `listSequences`, `sequenceOf`, `switchSequence`, `saveDraft`, `problemsIn`, `publish`: what a merchant sees and does.
 * - `createSequence`, `duplicateSequence`, `renameSequence`, `discardDraft`, `deleteSequence`: made from one of thirteen or from
 *   scratch, switched off and unpublished; deleted only when nobody is inside. `takenKeys`: what new steps must not be called.
 * - `lookAhead(tx, shop, looking, now)`: what would happen to one customer; nothing is written.
 * - `stepFigures(tx, id, now)`: how many passed each step of the live plan in the last 30 days, and what became of its mails.
 * - `whyNotSent`: what did not go and why, counted; `listLeftOut`: the steps of it that never had a mail; both as CSV.
 * - `listInside`, `insideCsv`: who stands behind the figures, `nameOfSequence`; `sequencesCsv`: the figures as a file.
 * - `rulesBrokenByText(tx, template)`: which rules of law and platforms a text would break in the sequences that send it;
 *   `senderOfText` names the first of them.
 * - `makeCalendarLoop(deps)`: for the worker; tells birthdays, anniversaries and days in a product's life, each once.
 *   `tellLate(tx, arrivals, now)`: those that a parcel has passed whose arrival was heard of late.
 * - `makeAudienceLoop(deps)`: for the worker; asks Shopify who is in the segments, and for the dates, that sequences go by.
 *   `unanswered(tx, now)`: what Shopify does not answer for; `sequencesInTrouble(tx, now)`: how many that are on go by it.
 * - `keepWatch(tx, now)`, `stopWatching(tx, shop)`: what nobody tells is looked for while a sequence goes by it.
 * - `openTasks(tx, of)`, `finishTask(tx, task, staff, now)`: steps that only a person can do; false: it was done already.
 * - `listFailedDeeds`, `failedDeedsCsv`: steps that Shopify or another system would not take; `retryDeeds(tx, again, now)`.
 * - `sequencesOn(tx)`, `beginByHand(tx, wish, now)`: leads a customer into a sequence because staff says so.
 * - `begunBy(tx, shopIds, kind)`: the sequence of each shop that is on and begins by a kind of happening.
 * - `beginFromCsv(tx, wish, begin, now)`: the people of a file, each row judged; `beginByFlow(tx, wish, now)`: one whom a
 *   workflow of Shopify Flow names, once however often it is told.
 * - `previewPublishing(tx, id, now)`: what publishing the draft would do to those inside, staying or moving.
 * - `exportText`, `judgeText`, `compareText`, `pushText`: a sequence as the text of a file, out of the shop and into it;
 *   `simulateText`, `simulationOfText`: the file tried on the past without being saved.
 * - `askSimulation`, `simulationOf`: a draft tried on the shop's past; `simulate` is the chore that does it.
 * - `enrollmentsOf`, `comingUp`: what the page of a customer shows.
 */
export { advanceDue, makeSequencesLoop } from './advance.server.ts';
export { forgetDeeds } from './deed-rows.server.ts';
export { failedDeedsCsv, listFailedDeeds, retryDeeds } from './failed-deeds.server.ts';
export { makeDeedLoop, type DeedDeps } from './deed-loop.server.ts';
export { makeEndingsLoop } from './endings.server.ts';
export {
  installDefaults,
  problemsIn,
  publish,
  saveDraft,
  sequenceOf,
  switchSequence,
} from './edit.server.ts';
export type { PublishResult, SequenceDetail } from './edit.server.ts';
export { makeAudienceLoop } from './audience-loop.server.ts';
export { makeCalendarLoop, tellLate } from './calendar-loop.server.ts';
export { keepWatch, stopWatching, wishForAudiences } from './watches.server.ts';
export { beginByFlow, beginFromCsv, type CsvVerdict } from './begin-many.server.ts';
export { beginByHand, sequencesOn } from './begin.server.ts';
export { begunBy } from './begun-by.server.ts';
export { lookAhead } from './foresee.server.ts';
export { enroll } from './enroll.server.ts';
export { holdForParcel } from './hold.server.ts';
export { readFacts } from './facts.server.ts';
export { leftOutCsv, listLeftOut, whyNotSent, whyNotSentCsv, type WhyNot } from './withheld.server.ts';
export { insideCsv, listInside, nameOfSequence } from './inside.server.ts';
export { wake } from './listen.server.ts';
export { comingUp, enrollmentsOf, listSequences, sequencesCsv } from './list.server.ts';
export { mergeCustomers } from './merge.server.ts';
export { previewPublishing, type Preview } from './publishing.server.ts';
export { rulesBrokenByText, senderOfText } from './policy.server.ts';
export { askSimulation, simulate, simulationOf, type AskResult } from './simulation.server.ts';
export {
  createSequence,
  deleteSequence,
  discardDraft,
  duplicateSequence,
  renameSequence,
  stopOne,
  takenKeys,
} from './shelf.server.ts';
export { stepFigures } from './step-figures.server.ts';
export { compareText, exportText, judgeText, simulateText, simulationOfText } from './text.server.ts';
export { pushText, type Changed, type Pushed } from './push-text.server.ts';
export { stop } from './stop.server.ts';
export { sequencesInTrouble, unanswered } from './trouble.server.ts';
export { finishTask, openTasks } from './tasks.server.ts';
