/** The plain part of the `shopify` global, made from what the tag says; the worker adds the functions. */
import type { TagData } from '../tag.ts';
import { signal, surfaceOf } from '../protocol.ts';

export function createApi(data: TagData): Record<string, unknown> {
  if (surfaceOf(data.target) === 'admin') return admin(data);
  return {
    ...standard(data),
    ...(data.target.startsWith('customer-account.') ? orderStatus(data) : checkout(data)),
    ...(data.target.startsWith('purchase.thank-you.') ? thankYou(data) : {}),
  };
}

/** What the admin gives its blocks: which resource is looked at. */
const admin = ({ target, selected }: TagData): Record<string, unknown> => ({
  extension: { target },
  data: { selected: (selected ?? []).map((id) => ({ id })) },
  intents: {},
});

function standard(data: TagData): Record<string, unknown> {
  const money = (amount: number) => signal({ amount, currencyCode: data.currency ?? 'USD' });
  return {
    extension: {
      apiVersion: data.apiVersion,
      capabilities: signal(data.capabilities),
      rendered: signal(true),
      scriptUrl: new URL(data.scriptUrl, location.href).href,
      target: data.target,
      editor: data.editor ? { type: 'checkout' } : undefined,
    },
    extensionPoint: data.target,
    version: data.apiVersion,
    shop: {
      id: data.shop.id,
      name: data.shop.name,
      myshopifyDomain: data.shop.domain,
      storefrontUrl: data.shop.storefrontUrl,
    },
    settings: signal(data.settings ?? {}),
    lines: signal([]),
    cost: {
      subtotalAmount: money(0),
      totalShippingAmount: money(0),
      totalTaxAmount: money(0),
      totalAmount: money(0),
    },
    discountCodes: signal((data.discountCodes ?? []).map((code) => ({ code }))),
    discountAllocations: signal([]),
    appliedGiftCards: signal([]),
    appMetafields: signal([]),
    attributes: signal([]),
    note: signal(undefined),
    checkoutToken: signal(data.checkoutToken ?? undefined),
    checkoutSettings: signal({ orderSubmission: 'ORDER', shippingAddress: { isEditable: false } }),
    buyerIdentity: buyerIdentity(data),
    localization: {
      currency: signal({ isoCode: data.currency ?? 'USD' }),
      timezone: signal(data.timeZone ?? 'UTC'),
      language: signal({ isoCode: data.locale }),
      extensionLanguage: signal({ isoCode: data.extensionLocale }),
      country: signal(data.country ? { isoCode: data.country } : undefined),
      market: signal(undefined),
    },
    customerPrivacy: signal({
      allowedProcessing: { analytics: true, marketing: true, preferences: true, saleOfData: true },
      metafields: [],
      visitorConsent: {},
      shouldShowBanner: false,
      saleOfDataRegion: false,
    }),
  };
}

/** Guests have no customer; their e-mail is known all the same. */
function buyerIdentity({ customer }: TagData): Record<string, unknown> {
  return {
    customer: signal(
      customer
        ? {
            id: customer.id,
            firstName: customer.firstName,
            lastName: customer.lastName,
            email: customer.email,
          }
        : undefined,
    ),
    email: signal(customer?.email),
    phone: signal(undefined),
    purchasingCompany: signal(undefined),
  };
}

function checkout(data: TagData): Record<string, unknown> {
  const thankYouPage = data.target.startsWith('purchase.thank-you.');
  return {
    selectedPaymentOptions: signal([]),
    availablePaymentOptions: signal([]),
    deliveryGroups: signal([]),
    localizedFields: signal([]),
    shippingAddress: signal(undefined),
    billingAddress: signal(undefined),
    instructions: signal({
      attributes: { canUpdateAttributes: !thankYouPage },
      delivery: { canSelectCustomAddress: !thankYouPage },
      discounts: { canUpdateDiscountCodes: !thankYouPage && data.canChangeDiscounts !== false },
      lines: { canAddCartLine: false, canRemoveCartLine: false, canUpdateCartLine: false },
      metafields: { canSetCartMetafields: false, canDeleteCartMetafield: false },
      notes: { canUpdateNote: !thankYouPage },
    }),
    buyerJourney: {
      completed: signal(thankYouPage),
      steps: signal([]),
      activeStep: signal({ handle: thankYouPage ? 'thank-you' : 'checkout' }),
    },
  };
}

function thankYou({ order }: TagData): Record<string, unknown> {
  return {
    orderConfirmation: signal({
      order: { id: order?.id },
      number: order?.confirmationNumber,
      isFirstOrder: false,
    }),
  };
}

function orderStatus({ order, customer }: TagData): Record<string, unknown> {
  return {
    order: signal(order ?? undefined),
    authenticationState: signal(customer ? 'fully_authenticated' : 'pre_authenticated'),
    authenticatedAccount: {
      customer: signal(customer ? { id: customer.id } : undefined),
      purchasingCompany: signal(undefined),
    },
  };
}
