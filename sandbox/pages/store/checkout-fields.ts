import type { Customer } from '../../state/customer.ts';
import { countries } from '../../state/countries.ts';
import { html, raw, type Markup } from '../html.ts';
import { problem } from '../page.ts';
import type { Draft } from './draft.ts';

/** Contact and delivery, filled with what is known. */
export function checkoutFields(draft: Draft, customer: Customer | null, refused?: string): Markup {
  return html`${problem(refused)}
    <section>
      <h2>Contact</h2>
      ${
        customer
          ? html`<p class="quiet">Logged in as ${customer.email ?? customer.phone}</p>`
          : html`<p class="quiet">As a guest, or as somebody you choose above.</p>`
      }
      ${field(draft, 'email', 'E-mail', 'type="email" autocomplete="email" inputmode="email"', true)}
      <label class="line"
        ><input type="checkbox" name="marketing" ${draft.marketing ? raw('checked') : ''} /> E-mail me with
        news and offers</label
      >
    </section>
    <section>
      <h2>Delivery</h2>
      <div class="fields">
        <div class="wide">
          <label for="country">Country</label>
          <select id="country" name="country" autocomplete="country">
            ${countries().map(
              ({ code, name }) =>
                html`<option value="${code}" ${code === draft.country ? raw('selected') : ''}>
                  ${name}
                </option>`,
            )}
          </select>
        </div>
        ${field(draft, 'firstName', 'First name (optional)', 'autocomplete="given-name"')}
        ${field(draft, 'lastName', 'Last name', 'autocomplete="family-name"')}
        ${field(draft, 'line1', 'Street and number', 'autocomplete="address-line1"', true)}
        ${field(draft, 'zip', 'Postal code', 'autocomplete="postal-code"')}
        ${field(draft, 'city', 'City', 'autocomplete="address-level2"')} ${province(draft)}
        ${field(draft, 'phone', 'Phone (optional)', 'type="tel" autocomplete="tel"', true)}
      </div>
      <label class="line"
        ><input type="checkbox" name="sms" ${draft.sms ? raw('checked') : ''} /> Text me with news and
        offers</label
      >
    </section>`;
}

/** The payment that needs no card, and the button. */
export function payForm(total: string): Markup {
  return html`<section>
      <h2>Payment</h2>
      <div class="payment">
        <span>Toy card ending with 4242</span><span class="badge good">always accepted</span>
      </div>
    </section>
    <button id="pay" class="primary buy">Pay <span id="pay-total">${total}</span></button>`;
}

function field(draft: Draft, name: keyof Draft, label: string, attributes: string, wide = false): Markup {
  return html`<div ${wide ? raw('class="wide"') : ''}>
    <label for="${name}">${label}</label>
    <input id="${name}" name="${name}" value="${String(draft[name])}" ${raw(attributes)} />
  </div>`;
}

function province(draft: Draft): Markup {
  const known = countries().find(({ code }) => code === draft.country)?.provinces ?? {};
  const list = Object.entries(known);
  return html`<div class="wide" id="province-field" ${list.length ? '' : raw('hidden')}>
    <label for="province">State or province</label>
    <select id="province" name="province" autocomplete="address-level1">
      <option value=""></option>
      ${list.map(([code, name]) => html`<option value="${code}" ${code === draft.province ? raw('selected') : ''}>${name}</option>`)}
    </select>
    <script type="application/json" id="provinces">
      ${raw(JSON.stringify(Object.fromEntries(countries().map(({ code, provinces }) => [code, provinces]))))}
    </script>
  </div>`;
}
