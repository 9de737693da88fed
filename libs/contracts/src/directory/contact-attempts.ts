import { contactChannels } from '../codes/contact-channel.ts';
import { Count } from '../fields.ts';

/**
 * What `unable-to-contact` takes (domain.md §2.6): so many attempts, on so many different channels, with so many business
 * days from the first to the last.
 */
export class ContactAttemptsNeeded {
  @Count({ min: 1, max: 20 }) readonly count!: number;
  @Count({ min: 1, max: contactChannels.length }) readonly channels!: number;
  @Count({ max: 60 }) readonly businessDays!: number;
}

/** What it takes in a network that has not set its own. */
export const usualAttempts: ContactAttemptsNeeded = { count: 3, channels: 2, businessDays: 5 };
