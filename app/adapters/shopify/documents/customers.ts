import { adminDocument } from '../admin-client.ts';

type Refusals = { field: string[] | null; message: string; code: string | null }[];
type ConsentPayload = { customer: { id: string } | null; userErrors: Refusals };

interface ConsentInput {
  marketingState: 'SUBSCRIBED' | 'UNSUBSCRIBED' | 'PENDING' | 'NOT_SUBSCRIBED';
  marketingOptInLevel?: 'SINGLE_OPT_IN' | 'CONFIRMED_OPT_IN' | 'UNKNOWN';
  consentUpdatedAt?: string;
}

/** Scope: write_customers. */
export const EMAIL_CONSENT_UPDATE = adminDocument<
  { customerEmailMarketingConsentUpdate: ConsentPayload },
  { input: { customerId: string; emailMarketingConsent: ConsentInput } }
>(`
  mutation EmailConsentUpdate($input: CustomerEmailMarketingConsentUpdateInput!) {
    customerEmailMarketingConsentUpdate(input: $input) {
      customer { id }
      userErrors { field message code }
    }
  }`);

/** Scope: write_customers. */
export const SMS_CONSENT_UPDATE = adminDocument<
  { customerSmsMarketingConsentUpdate: ConsentPayload },
  { input: { customerId: string; smsMarketingConsent: ConsentInput } }
>(`
  mutation SmsConsentUpdate($input: CustomerSmsMarketingConsentUpdateInput!) {
    customerSmsMarketingConsentUpdate(input: $input) {
      customer { id }
      userErrors { field message code }
    }
  }`);
