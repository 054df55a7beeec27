import { BlockStack, Checkbox, InlineStack, Link, Select, Text } from '@shopify/polaris';
import { NEWS, type News, type NewsSettings } from '../../referrals/news.ts';
import { NEWS_TEMPLATE } from '../../referrals/news-mails.ts';

const JOINED = [
  { value: 'ordered', label: 'As soon as they have ordered, and again when it counts' },
  { value: 'counts', label: 'When it counts: the mail with the reward says it' },
  { value: 'never', label: 'Only by the mail with the reward' },
];
const TEXTS: Record<News, string> = {
  ordered: 'A friend has ordered',
  counts: 'A friend’s order counts',
  held: 'It is being checked',
  less: 'It earns less',
  lost: 'It does not count',
};

interface NewsFieldsProps {
  news: NewsSettings;
  onChange: (news: NewsSettings) => void;
}

/** Which mails tell customers what becomes of their friends' orders; their page shows it in any case. */
export function NewsFields({ news, onChange }: NewsFieldsProps) {
  return (
    <BlockStack gap="400">
      <Select
        label="That a friend has come"
        options={JOINED}
        value={news.joined}
        helpText="Points, donations and commissions come without a mail of their own: this one tells of them."
        onChange={(joined) => onChange({ ...news, joined: joined as NewsSettings['joined'] })}
      />
      <Checkbox
        label="That an order is being checked, why, and what comes next"
        helpText="A day later, so that what is settled until then worries nobody."
        checked={news.held}
        onChange={(held) => onChange({ ...news, held })}
      />
      <Checkbox
        label="That an order does not count or earns less, why, and how to ask for another look"
        checked={news.lost}
        onChange={(lost) => onChange({ ...news, lost })}
      />
      <Text as="p" tone="subdued">
        Their page shows all of it in any case, in the same words. These mails share the budget of mails, and
        wait for it as questions do.
      </Text>
      <InlineStack gap="400">
        {NEWS.map((each) => (
          <Link key={each} url={`/app/mail/${NEWS_TEMPLATE[each]}`}>
            Edit “{TEXTS[each]}”
          </Link>
        ))}
      </InlineStack>
    </BlockStack>
  );
}
