/** Surveys and their versions: what was asked stays readable for ever. */
import type { SqlTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import { DEFAULT_SURVEYS } from './defaults.ts';
import { readSurvey } from './old-survey.ts';
import { problemsOf, written, type SurveyProblem } from './problems.ts';
import { surveySchema, type Survey } from './survey.ts';

export interface LiveSurvey {
  id: string;
  key: string;
  version: number;
  status: 'on' | 'off';
  content: Survey;
}

/** A survey as its merchant edits it. */
export interface EditedSurvey extends LiveSurvey {
  /** What is still being written; null when it is what is asked. */
  draft: Survey | null;
  answers: number;
}

const INSTALL = `
  with made as (
    insert into survey (shop_id, id, key, version, status, content, position, created_at, updated_at)
    select $1, id, key, 1, 'on', content::jsonb, position, $5, $5
    from unnest($2::uuid[], $3::text[], $4::text[]) with ordinality as t(id, key, content, position)
    on conflict (shop_id, key) do nothing returning shop_id, id, content)
  insert into survey_version (shop_id, survey_id, version, content, at) select shop_id, id, 1, content, $5 from made`;

/** Gives a shop the default surveys; those it has stay as they are. */
export async function installSurveys(tx: SqlTx, shopId: bigint, now: Date): Promise<void> {
  const surveys = Object.entries(DEFAULT_SURVEYS);
  await tx.sql(INSTALL, [
    shopId,
    surveys.map(() => newId(now)),
    surveys.map(([key]) => key),
    surveys.map(([, content]) => JSON.stringify(content)),
    now,
  ]);
}

interface SurveyRow {
  id: string;
  key: string;
  version: number;
  status: string;
  content: unknown;
}

const COLUMNS = 's.id, s.key, s.version, s.status';
const BY_KEY = `select ${COLUMNS}, s.content from survey s where s.shop_id = $1 and s.key = $2`;

/** The survey as it is asked now. */
export async function surveyByKey(tx: SqlTx, shopId: bigint, key: string): Promise<LiveSurvey | null> {
  const [row] = await tx.sql<SurveyRow>(BY_KEY, [shopId, key]);
  return row ? surveyOfRow(row) : null;
}

const AT_VERSION = `
  select s.id, s.key, v.version, s.status, v.content from survey s
  join survey_version v on v.shop_id = s.shop_id and v.survey_id = s.id
  where s.shop_id = $1 and s.id::text = $2 and v.version = $3`;

/** Versions never change: what was read once is known. Newest last; the longest unused goes first. */
const known = new Map<string, LiveSurvey>();
const MOST_KNOWN = 2000;

/** The survey as it was asked in a version; null for one that never was. `status` may be some minutes old. */
export async function surveyAt(
  tx: SqlTx,
  shopId: bigint,
  id: string,
  version: number,
): Promise<LiveSurvey | null> {
  const name = `${shopId} ${id.toLowerCase()} ${version}`;
  const remembered = known.get(name);
  if (remembered) return remembered;
  const [row] = await tx.sql<SurveyRow>(AT_VERSION, [shopId, id.toLowerCase(), version]);
  if (!row) return null;
  const survey = surveyOfRow(row);
  if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value!);
  known.set(name, survey);
  return survey;
}

const ALL = `select ${COLUMNS}, s.content from survey s where s.shop_id = $1 order by s.position, s.created_at, s.id`;

/** In the merchant's order. */
export async function listSurveys(tx: SqlTx, shopId: bigint): Promise<LiveSurvey[]> {
  return (await tx.sql<SurveyRow>(ALL, [shopId])).map(surveyOfRow);
}

const ANSWERED = `
  select s.key from survey s where s.shop_id = $1
    and exists (select from answer a where a.shop_id = s.shop_id and a.survey_id = s.id)
  order by s.position, s.created_at, s.id limit 1`;

/** Key of the first survey that anybody has answered; null while nobody has. */
export async function answeredSurvey(tx: SqlTx, shopId: bigint): Promise<string | null> {
  const [row] = await tx.sql<{ key: string }>(ANSWERED, [shopId]);
  return row?.key ?? null;
}

const EDITED = `
  select ${COLUMNS}, s.content, s.draft,
    (select count(*) from answer a where a.shop_id = s.shop_id and a.survey_id = s.id)::int as answers
  from survey s where s.shop_id = $1 and ($2::uuid is null or s.id = $2) order by s.position, s.created_at, s.id`;

interface EditedRow extends SurveyRow {
  draft: unknown;
  answers: number;
}

/** All surveys of a shop, or one, with drafts and how many answered. */
export async function editedSurveys(
  tx: SqlTx,
  shopId: bigint,
  id: string | null = null,
): Promise<EditedSurvey[]> {
  const rows = await tx.sql<EditedRow>(EDITED, [shopId, id]);
  return rows.map(({ draft, answers, ...row }) => ({
    ...surveyOfRow(row),
    draft: draft === null ? null : readSurvey(row.key, draft),
    answers,
  }));
}

const CREATE = `
  insert into survey (shop_id, id, key, version, status, content, draft, position, created_at, updated_at)
  select $1, $2, $3, 0, 'off', $4::jsonb, $4::jsonb, coalesce(max(position), 0) + 1, $5, $5 from survey where shop_id = $1
  returning id`;

/** A new survey: a draft that is off and was never asked. @returns its id */
export async function createSurvey(tx: SqlTx, shopId: bigint, content: Survey, now: Date): Promise<string> {
  const id = newId(now);
  // Its key stands in links and conditions: readable, and nobody else's.
  const name = content.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 24);
  const key = `${name || 'survey'}-${id.slice(-6)}`;
  await tx.sql(CREATE, [shopId, id, key, content, now]);
  return id;
}

const SAVE_DRAFT = `update survey set draft = $3::jsonb, updated_at = $4 where shop_id = $1 and id = $2 returning id`;

/** Keeps what is being written; nobody is asked otherwise. @returns whether there is such a survey */
export async function saveSurveyDraft(
  tx: SqlTx,
  shopId: bigint,
  id: string,
  draft: Survey | null,
  now: Date,
): Promise<boolean> {
  return (await tx.sql(SAVE_DRAFT, [shopId, id, draft && surveySchema.parse(draft), now])).length > 0;
}

const PUBLISH = `
  with changed as (
    update survey set version = version + 1, content = $3::jsonb, draft = null, updated_at = $4
    where shop_id = $1 and id = $2 returning shop_id, id, version, content)
  insert into survey_version (shop_id, survey_id, version, content, at)
  select shop_id, id, version, content, $4 from changed returning version`;

export type Published =
  | { outcome: 'published'; version: number }
  | { outcome: 'problems'; problems: SurveyProblem[] }
  | { outcome: 'unknown' };

/** Makes a new version of a survey, asked from now on. */
export async function publishSurvey(
  tx: SqlTx,
  shop: { id: bigint; locale: string },
  id: string,
  content: Survey,
  now: Date,
): Promise<Published> {
  const read = written(surveySchema.parse(content));
  const problems = problemsOf(read, shop.locale);
  if (problems.length > 0) return { outcome: 'problems', problems };
  const [row] = await tx.sql<{ version: number }>(PUBLISH, [shop.id, id, read, now]);
  return row ? { outcome: 'published', version: row.version } : { outcome: 'unknown' };
}

const SWITCH = `
  update survey set status = $3, updated_at = $4 where shop_id = $1 and id = $2 and version > 0 returning id`;

/** @returns false for one that was never published */
export async function switchSurvey(
  tx: SqlTx,
  shopId: bigint,
  id: string,
  status: 'on' | 'off',
  now: Date,
): Promise<boolean> {
  return (await tx.sql(SWITCH, [shopId, id, status, now])).length > 0;
}

const MOVE = `
  update survey s set position = t.position from unnest($2::uuid[]) with ordinality as t(id, position)
  where s.shop_id = $1 and s.id = t.id`;

/** Which goes first where several could be asked. */
export async function orderSurveys(tx: SqlTx, shopId: bigint, ids: readonly string[]): Promise<void> {
  await tx.sql(MOVE, [shopId, ids]);
}

const DELETE = `
  delete from survey s where shop_id = $1 and id = $2
    and not exists (select from answer a where a.shop_id = s.shop_id and a.survey_id = s.id)
    and not s.key = any($3::text[]) returning id`;

/** Deletes a survey that nobody has answered; the ones every shop begins with stay. @returns whether it is gone */
export async function deleteSurvey(tx: SqlTx, shopId: bigint, id: string): Promise<boolean> {
  const gone = await tx.sql(DELETE, [shopId, id, Object.keys(DEFAULT_SURVEYS)]);
  if (gone.length === 0) return false;
  await tx.sql('delete from survey_version where shop_id = $1 and survey_id = $2', [shopId, id]);
  await tx.sql('delete from asking where shop_id = $1 and survey_id = $2', [shopId, id]);
  return true;
}

function surveyOfRow(row: SurveyRow): LiveSurvey {
  return { ...row, status: row.status === 'on' ? 'on' : 'off', content: readSurvey(row.key, row.content) };
}
