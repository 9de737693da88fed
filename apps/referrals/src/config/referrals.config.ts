import { OneOf } from '#service';
import { getCountries, type CountryCode } from 'libphonenumber-js';

export class ReferralsConfig {
  /** The region of telephone numbers in national form. */
  @OneOf(getCountries()) readonly PHONE_REGION: CountryCode = 'US';
}
