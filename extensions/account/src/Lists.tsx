/** Who has come, and what that has earned. */
import type { AdvocateView } from '../../../app/referrals/advocate.ts';

export function FriendList({ view }: { view: AdvocateView }) {
  const { friends, noFriends, words } = view;
  return (
    <s-section heading={words.friends}>
      {friends.length === 0 ? (
        <s-text>{noFriends}</s-text>
      ) : (
        <s-stack gap="base">
          {friends.map((friend, index) => (
            <s-stack key={index} gap="small-300">
              <s-stack direction="inline" gap="small-200">
                <s-text type="strong">{friend.name}</s-text>
                <s-text color="subdued">{friend.day}</s-text>
                <s-badge>{friend.standing}</s-badge>
              </s-stack>
              {friend.gets && <s-text>{friend.gets}</s-text>}
              <s-text color="subdued">{friend.why.join(' ')}</s-text>
            </s-stack>
          ))}
        </s-stack>
      )}
    </s-section>
  );
}

export function GivenList({ view: { given, words } }: { view: AdvocateView }) {
  if (given.length === 0) return null;
  return (
    <s-section heading={words.given}>
      <s-stack gap="small">
        {given.map(({ text, code, until, state }, index) => (
          <s-stack key={index} direction="inline" gap="small-200">
            <s-text type="strong">{text}</s-text>
            {code && <s-text>{code}</s-text>}
            <s-text color="subdued">{until ?? state ?? ''}</s-text>
          </s-stack>
        ))}
      </s-stack>
    </s-section>
  );
}
