import { OneOf } from '#service';
import { getCountries, type CountryCode } from 'libphonenumber-js';

export class ReferralsConfig {
  /** Where telephone numbers in national form belong. */
  @OneOf(getCountries()) readonly PHONE_REGION: CountryCode = 'US';
}
