import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useSubmit } from '@remix-run/react';
import { BlockStack, Card, Page, Text } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing, queryOf, unknownIntent } from '../fields.server.ts';
import { moderateFromPage } from '../moderationDeeds.server.ts';
import { answerFromPage } from '../questionDeeds.server.ts';
import { questionsWanted } from '../reviews/questions/wanted.ts';
import { QUESTION_ANSWERED } from '../reviews/questions/question-mail.ts';
import { installDefaults, listQuestions, questionSummary } from '../reviews/reviews.server.ts';
import { FirstThings } from '../ui/FirstThings.tsx';
import { ListCard } from '../ui/ListCard.tsx';
import { QuestionCardItem } from '../ui/QuestionCardItem.tsx';
import { StateFilter } from '../ui/StateFilter.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { app } from '../wiring.server.ts';

const MISSING = 'There is no such question';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const query = queryOf(request);
  return app().db.inShop(shop.id, async (tx) => {
    const ask = { ...questionsWanted(query), shopId: shop.id, before: query.get('after') };
    const { questions, next } = await listQuestions(tx, ask);
    return {
      questions: questions.map((question) => ({ ...question, productId: String(question.productId) })),
      next,
      summary: await questionSummary(tx, shop.id),
      zone: shop.timeZone,
      now: now().toISOString(),
    };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const intent = fields.text('intent');
  switch (intent) {
    case 'answer': {
      const answer = { questionId: idOrMissing(fields.text('id'), MISSING), text: fields.text('text') };
      const done = await app().db.inShop(shop.id, (tx) =>
        answerFromPage(tx, shop.id, { ...answer, staff: userId }),
      );
      if (done === 'gone') throw new Response(MISSING, { status: 404 });
      return done === 'answered'
        ? { toast: 'Answered. It stands under the question in a moment', saved: true }
        : { toast: 'Write an answer first, of at most 4,000 characters' };
    }
    case 'mail':
      await app().db.inShop(shop.id, (tx) => installDefaults(tx, now()));
      return redirect(`/app/mail/${QUESTION_ANSWERED}`);
    case 'publish':
    case 'hide': {
      const id = idOrMissing(fields.text('id'), MISSING);
      const subject = fields.text('subject') === 'answer' ? 'answer' : 'question';
      const moderating = { subject, id, hides: intent === 'hide', staff: userId } as const;
      return moderateFromPage(shop.id, { ...moderating, reason: fields.text('reason') });
    }
    default:
      return unknownIntent();
  }
}

const SHOWN = [
  { label: 'All', value: '' },
  { label: 'Without your answer', value: 'unanswered' },
  { label: 'Held', value: 'held' },
  { label: 'Hidden', value: 'hidden' },
];

/** What shoppers ask about products, with its answers. */
export default function Questions() {
  const { questions, next, summary, zone, now: at } = useLoaderData<typeof loader>();
  const csv = useCsv('questions');
  const submit = useSubmit();
  const mail = {
    content: 'Mail with the answer',
    onAction: () => submit({ intent: 'mail' }, { method: 'post' }),
  };
  if (summary.asked === 0) {
    return (
      <Page title="Questions" secondaryActions={[mail]}>
        <FirstThings
          heading="What shoppers want to know before they buy"
          text="Put the block “Questions and answers” on your product pages. Questions are shown at once; you answer them here or in Conversations, and whoever left an address is told by mail. Customers who own the product may answer too."
        />
      </Page>
    );
  }
  const { asked, unanswered, held } = summary;
  return (
    <Page title="Questions" secondaryActions={[mail, csv]}>
      <BlockStack gap="400">
        <Card>
          <Text as="p">
            {[
              `${asked === 1 ? 'One question' : `${asked.toLocaleString('en')} questions`}`,
              unanswered === 0
                ? 'all answered by you'
                : `${unanswered.toLocaleString('en')} without your answer`,
              held === 0 ? null : `${held.toLocaleString('en')} held by a rule`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </Card>
        <ListCard
          next={next}
          zone={zone}
          empty={questions.length > 0 ? null : 'There is no such question.'}
          filters={<StateFilter name="show" label="Show" options={SHOWN} />}
        >
          {questions.map((question) => (
            <QuestionCardItem key={question.id} question={question} zone={zone} now={at} />
          ))}
        </ListCard>
      </BlockStack>
    </Page>
  );
}
