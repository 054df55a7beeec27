/** An advocate's page in the reader's language: by app/referrals/advocate.ts for the account, as HTML by advocatePage.ts. */
import { ADVOCATE_TEXTS as T } from '../referrals/advocate-texts.ts';
import type { AdvocateView } from '../referrals/advocate.ts';
import { givenText } from '../referrals/given-texts.ts';
import { promiseText, shareUrl } from '../referrals/offer.ts';
import { reasonText, roadText, standingText, type Standing } from '../referrals/reasons.ts';
import type { Advocate } from '../referrals/referrals.server.ts';
import { isSignal } from '../referrals/signals.ts';
import { sharedTexts, shareLinks } from '../referrals/shares.ts';
import { givenSchema } from '../rewards/reward.ts';
import { asItStands, givenText as rewardInWords } from '../rewards/words.ts';
import { closestTag, textFor, type Texts } from '../shops/translations.ts';

type Say = (texts: Texts, names?: Record<string, string>) => string;

/** @param wish the reader's language; what is not spoken here is told in the shop's */
export function advocateView(advocate: Advocate, wish: string | null): AdvocateView {
  const { shop, firstName, locale } = advocate;
  const language = closestTag(Object.keys(T.title), wish ?? locale, locale, shop.locale) ?? 'en';
  const say: Say = (texts, names = {}) =>
    textFor(texts, language).replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? '');
  return {
    language,
    title: firstName ? say(T.titleNamed, { name: firstName }) : say(T.title),
    invitation: invitationOf(advocate, language, say),
    without: say(advocate.code === 'pending' ? T.soon : T.none),
    friends: advocate.friends.map((friend) => friendOf(friend, shop.timeZone, language, say)),
    noFriends: say(T.noFriends),
    given: advocate.rewards.flatMap((reward) => givenOf(reward, shop.timeZone, language, say)),
    words: {
      code: say(T.code),
      link: say(T.link),
      share: say(T.share),
      friends: say(T.friends),
      given: say(T.given),
    },
    disclosure: say(T.disclosure, { shop: shop.name }),
  };
}

function invitationOf(advocate: Advocate, language: string, say: Say): AdvocateView['invitation'] {
  if (typeof advocate.code === 'string') return null;
  const { shop, firstName, counted, opened } = advocate;
  const { code, program } = advocate.code;
  const texts = sharedTexts({ shop, program, code, name: firstName, locale: language });
  return {
    code,
    link: shareUrl(shop, code),
    offer: promiseText(shop, program.terms, language),
    share: shareLinks(texts),
    copy: texts.copy,
    next: nextTier(program.terms.tiers, counted, language, say),
    opened:
      opened === 0
        ? null
        : say(opened === 1 ? T.openedOnce : T.openedOften, {
            count: new Intl.NumberFormat(language).format(opened),
          }),
  };
}

type Tiers = Exclude<Advocate['code'], string>['program']['terms']['tiers'];

function nextTier(tiers: Tiers, counted: number, language: string, say: Say): string | null {
  const [next] = tiers.filter(({ friends }) => friends > counted).toSorted((a, b) => a.friends - b.friends);
  if (!next) return null;
  const missing = next.friends - counted;
  const names = { count: String(missing), gift: givenText(next.reward, language) };
  return say(missing === 1 ? T.nextOne : T.nextMany, names);
}

const dayOf = (at: Date, timeZone: string, language: string) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }).format(at);

function friendOf(
  friend: Advocate['friends'][number],
  timeZone: string,
  language: string,
  say: Say,
): AdvocateView['friends'][number] {
  const { state, isGiven, isTakenBack, promised } = friend;
  const standing: Standing = state === 'qualified' && isGiven ? 'rewarded' : state;
  const isLost = state === 'refused' || state === 'void';
  const isDoubted = isLost || isTakenBack || state === 'held';
  const mayAsk = isDoubted || (friend.isLess && state === 'qualified');
  // Small signs that hold nothing would only worry.
  const isSaid = (reason: string) => (isDoubted && !isTakenBack) || !isSignal(reason);
  const why = friend.reasons.filter(isSaid).map((reason) => reasonText(reason, language));
  const next = isTakenBack ? reasonText('taken-back', language) : roadText(standing, language);
  return {
    name: friend.firstName ?? say(T.aFriend),
    day: dayOf(friend.at, timeZone, language),
    standing: standingText(standing, language),
    isGood: !isTakenBack && (standing === 'qualified' || standing === 'rewarded'),
    why: [
      ...why,
      ...(friend.isLess && !isLost && !isTakenBack ? [reasonText('reduced', language)] : []),
      next,
    ],
    gets:
      promised && !isLost && !isTakenBack
        ? say(T.getting, { gift: rewardInWords(givenSchema.parse(promised), language) })
        : null,
    appeal: mayAsk ? friend.referralId : null,
    appealed: mayAsk && friend.appealedAt ? say(T.appealed) : null,
  };
}

function givenOf(
  reward: Advocate['rewards'][number],
  timeZone: string,
  language: string,
  say: Say,
): AdvocateView['given'] {
  const given = givenSchema.safeParse({ kind: reward.kind, value: reward.value });
  if (!given.success) return [];
  const states: Record<string, Texts> = { used: T.used, expired: T.expired, issuing: T.onItsWay };
  const state = states[reward.state];
  const isOpen = reward.state === 'issued';
  return [
    {
      text: rewardInWords(asItStands(given.data, reward.amount), language),
      code: isOpen ? reward.code : null,
      until:
        isOpen && reward.expiresAt
          ? say(T.until, { day: dayOf(reward.expiresAt, timeZone, language) })
          : null,
      state: state ? say(state) : null,
    },
  ];
}
