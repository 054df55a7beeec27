/** What a customer sends to their page of stories: read from a form with or without files, and done. */
import { now } from './clock.server.ts';
import { isUuid } from './cursor.ts';
import { filesByIds } from './files/files.server.ts';
import { readSentForm, sentBeforehand, type SentForm } from './sentForm.server.ts';
import type { Shop } from './shops/shop.ts';
import { shopById } from './shops/shops.server.ts';
import { textFor } from './shops/translations.ts';
import type { StoryLink } from './stories/links.ts';
import { interviewQuestions } from './stories/interview.ts';
import type { StoryProblemText } from './stories/page-texts.ts';
import { ASKED_TERMS, usesIn, type Term } from './stories/rights.ts';
import { grantRights, sendStory, storyPage, withdrawStory } from './stories/stories.server.ts';
import { readStory, type SentStory } from './stories/story.ts';
import { STORY_FORMS, type StoryForm } from './ui/storyPage.ts';
import { app } from './wiring.server.ts';

export type Told =
  | { outcome: 'sent' | 'saved' | 'withdrawn' | 'missing' }
  | {
      outcome: 'wrong';
      shop: Shop;
      form: StoryForm;
      problem: StoryProblemText;
      typed: URLSearchParams | null;
    };

/** Reads what was sent and does it. */
export async function tellStory(request: Request, link: StoryLink): Promise<Told> {
  const asked = await app().db.inShop(link.shopId, async (tx) => {
    const found = await shopById(tx, link.shopId);
    const page = found?.status === 'installed' ? await storyPage(tx, found, link) : null;
    return found && page ? { shop: found, customerId: page.customerId } : null;
  });
  if (!asked) return { outcome: 'missing' };
  const { shop, customerId } = asked;
  const sent = await readSentForm(request, { shopId: shop.id, purpose: 'story', customerId });
  const form = STORY_FORMS.find((name) => name === sent?.fields.get('form')) ?? 'photos';
  const wrong = (problem: StoryProblemText): Told => ({
    outcome: 'wrong',
    shop,
    form,
    problem,
    typed: sent?.fields ?? null,
  });
  if (!sent) return wrong('form');
  const { fields, files } = sent;
  const grant = { uses: usesIn(fields.getAll('use')), term: termIn(fields) };
  const storyId = fields.get('story') ?? '';
  switch (fields.get('intent')) {
    case 'withdraw':
    case 'grant': {
      if (!isUuid(storyId)) return { outcome: 'missing' };
      const isWithdrawn = fields.get('intent') === 'withdraw';
      const done = await app().db.inShop(shop.id, (tx) =>
        isWithdrawn ? withdrawStory(tx, link, storyId, now()) : grantRights(tx, link, storyId, grant, now()),
      );
      return done ? { outcome: isWithdrawn ? 'withdrawn' : 'saved' } : { outcome: 'missing' };
    }
    case 'send': {
      const bad = files.flatMap(({ file }) => (file.outcome === 'refused' ? [file.refusal] : []));
      if (bad[0]) return wrong(bad[0]);
      if (isUnknown(shop, fields)) return wrong('form');
      const story = readStory(await sentStory(shop, form, sent));
      if ('problem' in story) return wrong(story.problem);
      const result = await app().db.inShop(shop.id, (tx) =>
        sendStory(tx, link, story, { ...grant, term: sentTerm(grant.term) }, now()),
      );
      if (result.outcome === 'gone') return { outcome: 'missing' };
      return result.outcome === 'sent' ? { outcome: 'sent' } : wrong(result.problem);
    }
    default:
      return wrong('form');
  }
}

/** An answer to what is asked no more: shown again, rather than put under another question. */
function isUnknown(shop: Shop, fields: URLSearchParams): boolean {
  const asked = new Set(
    interviewQuestions(shop.settings.stories.questions).map(({ key }) => `answer-${key}`),
  );
  return [...fields].some(
    ([name, answer]) => name.startsWith('answer-') && answer.trim() !== '' && !asked.has(name),
  );
}

const termIn = (fields: URLSearchParams) => ASKED_TERMS.find((term) => term === fields.get('term')) ?? 'open';

/** Nothing was granted before what is only sent now. */
const sentTerm = (term: ReturnType<typeof termIn>): Term => (term === 'keep' ? 'open' : term);

/** With the files that came before the form, by their ids, and those inside it. */
async function sentStory(shop: Shop, form: StoryForm, { fields, files }: SentForm): Promise<SentStory> {
  const named = sentBeforehand(fields);
  const known = await app().db.inShop(shop.id, (tx) =>
    filesByIds(
      tx,
      shop.id,
      named.map(({ id }) => id),
    ),
  );
  const asked = interviewQuestions(shop.settings.stories.questions);
  return {
    form,
    title: fields.get('title') ?? '',
    text: fields.get('text') ?? '',
    name: fields.get('name') ?? '',
    // In the language of those who read it.
    answers: asked.map(({ key, text }) => ({
      question: textFor(text, shop.locale),
      answer: fields.get(`answer-${key}`) ?? '',
    })),
    files: [
      ...named.flatMap(({ field, id }) => {
        const file = known.get(id);
        return file ? [{ field, id, kind: file.kind }] : [];
      }),
      ...files.flatMap(({ field, file }) =>
        file.outcome === 'stored' ? [{ field, id: file.file.id, kind: file.file.kind }] : [],
      ),
    ],
  };
}
