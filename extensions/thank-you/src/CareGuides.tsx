/** How to look after what was bought; folded, one line a product. */
import type { Buyer } from '../../shared/buyer.ts';
import type { ThanksView } from './answers.ts';

export function CareGuides({
  guides,
  t,
}: {
  guides: ThanksView['careGuides'];
  t: Buyer['i18n']['translate'];
}) {
  return (
    <s-section heading={t('care')}>
      <s-stack gap="small-200">
        {guides.map(({ title, text, url }) => (
          <s-details key={title}>
            <s-summary>{title}</s-summary>
            <s-stack gap="small-200">
              <s-paragraph>{text}</s-paragraph>
              {url && (
                <s-text>
                  <s-link href={url} target="_blank">
                    {t('careMore')}
                  </s-link>
                </s-text>
              )}
            </s-stack>
          </s-details>
        ))}
      </s-stack>
    </s-section>
  );
}
