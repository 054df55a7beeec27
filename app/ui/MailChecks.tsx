import { Banner, BlockStack, List } from '@shopify/polaris';

interface MailChecksProps {
  /** Why it was not saved. */
  problems: readonly string[];
  checks: readonly { level: 'error' | 'warning'; detail: string }[];
}

/** What would keep a mail from being sent, and what is worth a second look. */
export function MailChecks({ problems, checks }: MailChecksProps) {
  const warnings = checks.filter((check) => check.level === 'warning');
  if (problems.length === 0 && warnings.length === 0) return null;
  return (
    <BlockStack gap="200">
      {problems.length > 0 ? (
        <Banner tone="critical" title="Not saved: this mail could not be sent as it is">
          <List>
            {problems.map((problem) => (
              <List.Item key={problem}>{problem}</List.Item>
            ))}
          </List>
        </Banner>
      ) : null}
      {warnings.length > 0 ? (
        <Banner tone="warning" title="Worth a second look">
          <List>
            {warnings.map(({ detail }) => (
              <List.Item key={detail}>{detail}</List.Item>
            ))}
          </List>
        </Banner>
      ) : null}
    </BlockStack>
  );
}
