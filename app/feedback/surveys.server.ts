/** Surveys and their versions: what was asked stays readable for ever. */
import type { SqlTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import { DEFAULT_SURVEYS } from './defaults.ts';
import { surveySchema, type Survey } from './survey.ts';

export interface LiveSurvey {
  id: string;
  key: string;
  version: number;
  status: 'on' | 'off';
  content: Survey;
}

const INSTALL = `
  with made as (
    insert into survey (shop_id, id, key, version, status, content, created_at, updated_at)
    select $1, id, key, 1, 'on', content::jsonb, $5, $5 from unnest($2::uuid[], $3::text[], $4::text[]) as t(id, key, content)
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

const BY_KEY = `select id, key, version, status, content from survey where shop_id = $1 and key = $2`;

/** The survey as it is asked now. */
export async function surveyByKey(tx: SqlTx, shopId: bigint, key: string): Promise<LiveSurvey | null> {
  const [row] = await tx.sql<SurveyRow>(BY_KEY, [shopId, key]);
  return row ? surveyOfRow(row) : null;
}

const AT_VERSION = `
  select s.id, s.key, v.version, s.status, v.content from survey s
  join survey_version v on v.shop_id = s.shop_id and v.survey_id = s.id
  where s.shop_id = $1 and s.id::text = $2 and v.version = $3`;

/** The survey as it was asked in a version; null for one that never was. */
export async function surveyAt(
  tx: SqlTx,
  shopId: bigint,
  id: string,
  version: number,
): Promise<LiveSurvey | null> {
  const [row] = await tx.sql<SurveyRow>(AT_VERSION, [shopId, id.toLowerCase(), version]);
  return row ? surveyOfRow(row) : null;
}

const ALL = `select id, key, version, status, content from survey where shop_id = $1 order by created_at, id`;

export async function listSurveys(tx: SqlTx, shopId: bigint): Promise<LiveSurvey[]> {
  return (await tx.sql<SurveyRow>(ALL, [shopId])).map(surveyOfRow);
}

const PUBLISH = `
  with changed as (
    update survey set version = version + 1, content = $3::jsonb, updated_at = $4
    where shop_id = $1 and id = $2 returning shop_id, id, version, content)
  insert into survey_version (shop_id, survey_id, version, content, at)
  select shop_id, id, version, content, $4 from changed returning version`;

/** Makes a new version of a survey. @throws z.ZodError: routes check with `surveySchema` before */
export async function publishSurvey(
  tx: SqlTx,
  shopId: bigint,
  id: string,
  content: Survey,
  now: Date,
): Promise<number | null> {
  const [row] = await tx.sql<{ version: number }>(PUBLISH, [shopId, id, surveySchema.parse(content), now]);
  return row?.version ?? null;
}

const SWITCH = `update survey set status = $3, updated_at = $4 where shop_id = $1 and id = $2`;

export async function switchSurvey(
  tx: SqlTx,
  shopId: bigint,
  id: string,
  status: 'on' | 'off',
  now: Date,
): Promise<void> {
  await tx.sql(SWITCH, [shopId, id, status, now]);
}

function surveyOfRow(row: SurveyRow): LiveSurvey {
  return { ...row, status: row.status === 'on' ? 'on' : 'off', content: surveySchema.parse(row.content) };
}
