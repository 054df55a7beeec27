/** Put into order by pressing one after the other: the first press is the first place; pressed again it goes back. */
import type { RankingQuestion } from '../../../app/feedback/block.ts';
import type { FieldProps } from './Field.tsx';

export function Ranking({
  question,
  label,
  value,
  missing,
  t,
  onChange,
}: FieldProps<RankingQuestion> & { label: string }) {
  const order = Array.isArray(value) ? value : [];
  const press = (option: string) =>
    onChange(order.includes(option) ? order.filter((one) => one !== option) : [...order, option]);
  return (
    <s-stack gap="small">
      <s-text type="strong">{label}</s-text>
      <s-text color="subdued">{question.help || t('inOrder')}</s-text>
      {question.options.map((option) => {
        const place = order.indexOf(option.value);
        return (
          <s-press-button
            key={option.value}
            inlineSize="fill"
            pressed={place >= 0}
            onClick={() => press(option.value)}
          >
            {place >= 0 ? `${place + 1}. ${option.label}` : option.label}
          </s-press-button>
        );
      })}
      {missing && (
        <s-box accessibilityRole="alert">
          <s-text tone="critical">{t('choose')}</s-text>
        </s-box>
      )}
    </s-stack>
  );
}
