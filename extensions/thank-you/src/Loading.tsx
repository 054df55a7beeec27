/** The question's own shape, before it is known. */
import { columns } from './Choices.tsx';

export function Loading({ label }: { label: string }) {
  return (
    <s-stack gap="base" accessibilityRole="status" accessibilityLabel={label}>
      <s-box inlineSize="60%">
        <s-skeleton-paragraph content="How was it?" />
      </s-box>
      <s-grid gridTemplateColumns={columns(5)} gap="small-200">
        {[1, 2, 3, 4, 5].map((n) => (
          <s-box key={n} border="base" borderRadius="base" padding="small" minBlockSize="48px">
            <s-skeleton-paragraph />
          </s-box>
        ))}
      </s-grid>
    </s-stack>
  );
}
