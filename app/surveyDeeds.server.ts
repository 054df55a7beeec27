/** What a merchant does on the page of one survey: read from its form, done through the door, answered in words. */
import type { ShopTx } from './db.server.ts';
import { unknownIntent, type Fields } from './fields.server.ts';
import { readDraft } from './feedback/edit-survey.ts';
import {
  deleteSurvey,
  editedSurveys,
  publishSurvey,
  saveSurveyDraft,
  switchSurvey,
} from './feedback/feedback.server.ts';
import type { SurveyProblem } from './feedback/problems.ts';
import type { Survey } from './feedback/survey.ts';
import type { Shop } from './shops/shop.ts';

/** `saved`: what was drawn is kept. */
export type SurveyAnswer = { to: string } | { toast?: string; saved?: boolean; problems?: SurveyProblem[] };

const LIST = '/app/feedback/surveys';

/** @returns null where there is no such survey */
export async function surveyDeed(
  tx: ShopTx,
  shop: Shop,
  id: string,
  fields: Fields,
  now: Date,
): Promise<SurveyAnswer | null> {
  switch (fields.text('intent')) {
    case 'save': {
      const saved = await saveSurveyDraft(tx, shop.id, id, draftIn(fields), now);
      return saved ? { toast: 'Kept as a draft. Shoppers see no change yet', saved: true } : null;
    }
    case 'publish':
      return published(tx, shop, id, draftIn(fields), now);
    case 'discard':
      return (await saveSurveyDraft(tx, shop.id, id, null, now)) ? { toast: 'Back to what is asked' } : null;
    case 'switch': {
      const on = fields.text('on') === 'true';
      if (!(await switchSurvey(tx, shop.id, id, on ? 'on' : 'off', now)))
        return { toast: 'Publish it once before you switch it on' };
      return { toast: on ? 'Switched on' : 'Switched off. What was answered stays' };
    }
    case 'delete': {
      if (await deleteSurvey(tx, shop.id, id)) return { to: LIST };
      const [survey] = await editedSurveys(tx, shop.id, id);
      return survey
        ? { toast: 'Not deleted: it has answers, or the shop began with it. Switch it off' }
        : null;
    }
    default:
      return unknownIntent();
  }
}

/** @throws Response 400 where it is nothing that could be drawn again */
function draftIn(fields: Fields): Survey {
  const draft = readDraft(fields.json('survey'));
  if (!draft) throw new Response('This is no survey', { status: 400 });
  return draft;
}

async function published(
  tx: ShopTx,
  shop: Shop,
  id: string,
  draft: Survey,
  now: Date,
): Promise<SurveyAnswer | null> {
  const result = await publishSurvey(tx, shop, id, draft, now);
  switch (result.outcome) {
    case 'published':
      return { toast: `Version ${result.version} is asked from now on`, saved: true, problems: [] };
    case 'problems': {
      const kept = await saveSurveyDraft(tx, shop.id, id, draft, now);
      const toast = 'Kept as a draft: something is still missing';
      return kept ? { toast, saved: true, problems: result.problems } : null;
    }
    case 'unknown':
      return null;
  }
}
