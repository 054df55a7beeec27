import { useFetcher } from '@remix-run/react';
import { BlockStack, Button, InlineStack, Link, Text } from '@shopify/polaris';
import { relative } from './format.ts';
import { useToast } from './useToast.ts';

interface Task {
  enrollmentId: string;
  stepKey: string;
  title: string;
  note: string;
  at: string | Date;
  customerId: string;
  customer: string | null;
  order: string | null;
}

export interface Tasks {
  count: number;
  oldest: readonly Task[];
}

/** What only a person can do, oldest first. `named`: with the customer, where it is not plain whose page this is. */
export function TaskList({ tasks, now, named = false }: { tasks: Tasks; now: string; named?: boolean }) {
  const more = tasks.count - tasks.oldest.length;
  return (
    <>
      {tasks.oldest.map((task) => (
        <TaskItem key={`${task.enrollmentId}:${task.stepKey}`} task={task} now={now} named={named} />
      ))}
      {more > 0 ? (
        <Text as="p" tone="subdued">
          {`The oldest ${tasks.oldest.length} of ${tasks.count}; the others come up as these are done.`}
        </Text>
      ) : null}
    </>
  );
}

function TaskItem({ task, now, named }: { task: Task; now: string; named: boolean }) {
  const fetcher = useFetcher<{ toast?: string }>();
  useToast(fetcher.data?.toast);
  const who = task.customer ?? 'a customer without a name';
  const since = relative(task.at, now, 'en');
  return (
    <InlineStack align="space-between" blockAlign="center" wrap={false} gap="400">
      <BlockStack gap="050">
        <Text as="p" breakWord>
          {task.title}
        </Text>
        {task.note ? (
          <Text as="p" tone="subdued" breakWord>
            {task.note}
          </Text>
        ) : null}
        <Text as="p" tone="subdued" breakWord>
          {named ? (
            <>
              {'For '}
              <Link url={`/app/customers/${task.customerId}`} removeUnderline>
                {who}
              </Link>
              {', '}
            </>
          ) : null}
          {[task.order, since].filter(Boolean).join(', ')}
        </Text>
      </BlockStack>
      <div style={{ flexShrink: 0 }}>
        <Button
          loading={fetcher.state !== 'idle'}
          accessibilityLabel={named ? `Done: ${task.title} for ${who}` : `Done: ${task.title}`}
          onClick={() =>
            fetcher.submit(
              { intent: 'task-done', enrollment: task.enrollmentId, step: task.stepKey },
              { method: 'post' },
            )
          }
        >
          Done
        </Button>
      </div>
    </InlineStack>
  );
}
