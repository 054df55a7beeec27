/** Asks the app whether one of the applied codes is a friend's, and whether the shop asks how it was heard of. */
import { useEffect, useState } from 'preact/hooks';
import type { CheckoutView } from '../../../app/referrals/checkout.ts';
import { callApp } from '../../shared/app.ts';
import { isEditor, localeOf } from '../../shared/buyer.ts';
import { delayMs, pause } from '../../shared/patience.ts';
import { codesOf, type CheckoutBuyer } from './checkout-buyer.ts';

const NOTHING: CheckoutView = { friend: null, heard: null };
/** Checkout must not be busied for a greeting: after so many tries the block is content with what it has. */
const TRIES = 3;

/** Null while it is not known. */
export function useGreeting(buyer: CheckoutBuyer): CheckoutView | null {
  const [view, setView] = useState<CheckoutView | null>(null);
  const codes = codesOf(buyer).join('\n');
  useEffect(() => {
    let left = false;
    void (async () => {
      const next = await greet(buyer, codes.split('\n'), () => left);
      if (!left) setView(next);
    })();
    return () => {
      left = true;
    };
  }, [buyer, codes]);
  return view;
}

async function greet(buyer: CheckoutBuyer, codes: string[], isOver: () => boolean): Promise<CheckoutView> {
  const views = await Promise.all(codes.map((code) => fetchView(buyer, code, isOver)));
  const known = views.filter((view) => view !== null);
  if (isEditor(buyer)) return sampleView(buyer, known[0]);
  return known.find(({ friend }) => friend) ?? known[0] ?? NOTHING;
}

async function fetchView(
  buyer: CheckoutBuyer,
  code: string,
  isOver: () => boolean,
): Promise<CheckoutView | null> {
  const query = new URLSearchParams({ code, locale: localeOf(buyer) });
  for (let tries = 1; !isOver(); tries++) {
    const outcome = await callApp<CheckoutView>(buyer, `/api/checkout?${query}`);
    if (outcome.kind === 'answered') return outcome.value;
    if (outcome.kind === 'refused' || tries === TRIES || isEditor(buyer)) return null;
    await pause(delayMs(tries, outcome.retryAfterMs));
  }
  return null;
}

/** Merchants see in Shopify's editor what buyers with a friend's code see, even when the app cannot be asked. */
function sampleView({ i18n: { translate } }: CheckoutBuyer, known: CheckoutView | undefined): CheckoutView {
  const options = [{ value: 'friend', label: translate('sample.fromFriend') }];
  return {
    friend: { name: null, message: translate('sample.friend') },
    heard: known ? known.heard : { text: translate('sample.heard'), options, survey: SAMPLE },
  };
}

/** Nothing of a sample is ever sent. */
const SAMPLE = { id: 'sample', version: 0 };
