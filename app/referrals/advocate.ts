/**
 * What an advocate's page and the page in their customer account show: `GET /api/friends?locale=` answers an
 * {@link AdvocateView}. Extensions import this file for its types only. Every sentence is in the reader's language.
 */

export interface AdvocateView {
  language: string;
  /** "Invite your friends, Ana" */
  title: string;
  /** The code with everything around it; null: no programme is for them now, or the code is being made. */
  invitation: {
    code: string;
    /** What a friend opens; also the content of the QR code. */
    link: string;
    /** "Your friend gets 15% off, you get €10 off when their order is settled." */
    offer: string;
    /** Links that open the programs people share with, filled in. */
    share: { whatsapp: string; email: string; text: string };
    /** To be pasted anywhere. */
    copy: string;
    /** "One more friend, and you get 20% off as well." Null: nothing more is to be reached. */
    next: string | null;
    /** "Your link was opened 3 times." Null: not yet. */
    opened?: string | null;
  } | null;
  /** What stands there instead of an invitation. */
  without: string;
  /** Newest first. */
  friends: {
    /** First name, or "A friend". */
    name: string;
    day: string;
    /** "In the return window" */
    standing: string;
    isGood: boolean;
    /** Why it is so, and what comes next; sentences. */
    why: string[];
    /** "€10 off" */
    gets: string | null;
    /** By which another look can be asked for on the advocate's page; null: nothing is to be looked at. */
    appeal: string | null;
    /** "You have asked the shop to look at it again." */
    appealed: string | null;
  }[];
  noFriends: string;
  /** What can be used now, newest first. */
  given: {
    /** "€10 off" */
    text: string;
    code: string | null;
    /** "until 3 May 2027" */
    until: string | null;
    /** "used", where nothing is left of it. */
    state: string | null;
  }[];
  words: { code: string; link: string; share: string; friends: string; given: string };
  /** That they gain by it, and should say so. */
  disclosure: string;
  /** In the account: their own page for photos and stories. */
  storyUrl?: string;
}
