import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Badge, Banner, BlockStack, Button, Card, InlineStack, Link, Text } from '@shopify/polaris';
import type { ArticleState } from '../stories/article.ts';
import { useToast } from './useToast.ts';

/** Needed to write articles; see optional_scopes in shopify.app.toml. */
const WRITE_ARTICLES = 'write_content';

interface StoryArticleProps {
  /** Null: none was made. */
  article: { state: ArticleState; url: string } | null;
  /** Whether its owner has granted the shop's pages. */
  mayShow: boolean;
}

const LABELS: Record<ArticleState, string> = {
  draft: 'Draft',
  published: 'Published',
  gone: 'Deleted at Shopify',
  unknown: 'Shopify does not answer',
};
const TONES = { draft: 'info', published: 'success', gone: 'warning', unknown: undefined } as const;

export interface ArticleAnswer {
  toast?: string;
  /** Why there is none, in words. */
  trouble?: string;
  notAllowed?: boolean;
}

/** A guest post as an article of the blog: made, where it is, and what stands in the way. */
export function StoryArticle({ article, mayShow }: StoryArticleProps) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<ArticleAnswer>();
  const answer = fetcher.data;
  useToast(answer?.toast);
  const make = () => fetcher.submit({ intent: 'article' }, { method: 'post' });
  const allow = async () => {
    const { detail } = await shopify.scopes.request([WRITE_ARTICLES]);
    if (detail.granted.includes(WRITE_ARTICLES)) make();
  };
  const isMade = article !== null && article.state !== 'gone';
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            In your blog
          </Text>
          {article ? <Badge tone={TONES[article.state]}>{LABELS[article.state]}</Badge> : null}
        </InlineStack>
        {isMade ? (
          <Text as="p">
            <Link url={article.url} target="_top">
              Open it at Shopify
            </Link>{' '}
            to edit and publish it. Taken back by its owner, or past the time they granted it for, it goes
            from your blog.
          </Text>
        ) : (
          <Text as="p" tone="subdued">
            {mayShow
              ? 'Make a draft of it: you edit and publish it at Shopify.'
              : 'They have not granted your shop’s pages: ask them first.'}
          </Text>
        )}
        {answer?.trouble ? (
          <Banner
            tone="warning"
            title={answer.trouble}
            {...(answer.notAllowed && { action: { content: 'Allow', onAction: () => void allow() } })}
          />
        ) : null}
        {isMade ? null : (
          <InlineStack>
            <Button disabled={!mayShow} loading={fetcher.state !== 'idle'} onClick={make}>
              Make a draft
            </Button>
          </InlineStack>
        )}
      </BlockStack>
    </Card>
  );
}
