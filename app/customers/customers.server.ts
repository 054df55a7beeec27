/** The door of customers: identity, consent, preferences, stage, timeline, search. See README.md. */
export { setConsent, type ConsentChange } from './consent.server.ts';
export { followMerge, type AccountMerge, type Join } from './join.server.ts';
export { hashWith, upsertCustomers, type FoundPeople, type PeopleDeps, type Trace } from './people.server.ts';
export { pauseCustomer, preferencesOf, savePreferences } from './preferences.server.ts';
export { customerByShopifyId, customersByIds } from './read.server.ts';
export { fromRow, lockPeople, toRow, tryLockPeople, upsertRows } from './rows.server.ts';
export { exampleCustomer, type Example } from './example.server.ts';
export {
  countriesOf,
  customersCsv,
  searchCustomers,
  type CustomerRow,
  type CustomerSearch,
} from './search.server.ts';
export { saveCounters, type OrderCounters } from './counters.server.ts';
export { dropRulesDraft, rulesVersions, saveRulesDraft, type RulesVersion } from './stage-rules.server.ts';
export { makeStageMirrorLoop, mirrorEverybody, mirrorStages } from './stage-mirror.server.ts';
export { runStages, switchRules, tryRules } from './stage-run.server.ts';
export { makeStageLoop, noteSigns, refreshStages, stageStory, type Sign } from './stages.server.ts';
export { changeTags, setTags, type TagsChange } from './tags.server.ts';
export { addTimeline, insertTimeline, timelineOf, timelineValues } from './timeline.server.ts';
