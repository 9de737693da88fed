/**
 * Imports oidc-provider without one of its warnings: at its import it warns about every Node version that is not LTS, and
 * the Node 24.9 of npm, with which the tests run it, is older than that line's LTS. A person who starts the platform
 * would read about an unsupported runtime. Other warnings at that time pass through.
 */
const { warn } = console;
const notOfTheRuntime = (...words: readonly unknown[]): void => {
  if (!String(words[0]).includes('oidc-provider WARNING: Unsupported runtime')) warn(...words);
};
Object.assign(console, { warn: notOfTheRuntime });

export const { errors, interactionPolicy, Provider } = await import('oidc-provider');

Object.assign(console, { warn });
