import { Flag } from '../fields.ts';

/** `open`: true only those still in play, false only closed ones; without it all. */
export class ReferralsAsked {
  @Flag({ optional: true }) readonly open?: boolean;
}
