import type { ReferralCommand } from './model/command.ts';
import type { FactName, FactsWith } from './model/facts.ts';
import type { FactsOfPerson } from './task/rules/facts-named.ts';

/** What a command reads beside what every decision may; of an action of a Task its rows of the table say it. */
interface ReadsOfCommands {
  readonly 'create-referral': 'contact';
  readonly 'tell-contact': 'contact';
  readonly 'send-referral': 'sendings';
  readonly 'offer-need': 'service';
  readonly 'propose-reroute': 'candidates' | 'consent';
  readonly 'review-consent': 'service' | 'consent' | 'eligible';
  readonly 'tell-new-information': 'service' | 'consent';
  readonly 'fire-timer': 'contact' | 'delivered';
  readonly task: FactsOfPerson;
}

/** The facts that a command reads, by name: the shell looks up exactly these. */
export type FactsOf<Command extends ReferralCommand> = Extract<
  ReadsOfCommands[Extract<Command['type'], keyof ReadsOfCommands>],
  FactName
>;

/** The facts that a command is decided with. */
export type FactsFor<Command extends ReferralCommand> = FactsWith<FactsOf<Command>>;

/** A command with the facts that it names. */
export type CommandWithFacts<Command extends ReferralCommand = ReferralCommand> = Command extends ReferralCommand
  ? Command & { readonly facts: FactsFor<Command> }
  : never;
