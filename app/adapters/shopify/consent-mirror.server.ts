/** Tells Shopify of an unsubscribe, so that the merchant's other tools know. */
import type { Asked } from '../../shops/sync.ts';
import type { Admin } from './admin-client.server.ts';
import { askedOf } from './asked.ts';
import { EMAIL_CONSENT_UPDATE, SMS_CONSENT_UPDATE } from './documents/customers.ts';
import { gidOf } from './node-values.ts';

export interface ConsentMirror {
  /** @param shopifyId the customer's; refused when Shopify has no address of theirs on that channel */
  unsubscribed(
    domain: string,
    shopifyId: bigint,
    channel: 'email' | 'sms',
    at: Date,
  ): Promise<Asked<unknown>>;
}

export function consentMirror(admin: Admin): ConsentMirror {
  return {
    async unsubscribed(domain, shopifyId, channel, at) {
      const customerId = gidOf('Customer', shopifyId);
      const consent = {
        marketingState: 'UNSUBSCRIBED',
        marketingOptInLevel: 'UNKNOWN',
        consentUpdatedAt: at.toISOString(),
      } as const;
      const patience = { patience: 30_000 };
      return askedOf<unknown>(
        channel === 'email'
          ? await admin(domain).query(
              EMAIL_CONSENT_UPDATE,
              { input: { customerId, emailMarketingConsent: consent } },
              patience,
            )
          : await admin(domain).query(
              SMS_CONSENT_UPDATE,
              { input: { customerId, smsMarketingConsent: consent } },
              patience,
            ),
      );
    },
  };
}
