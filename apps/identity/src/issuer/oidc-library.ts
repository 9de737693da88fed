/**
 * oidc-provider without one of its words: at its import it warns of every Node that is not named LTS, and the 24.9 that
 * npm carries, on which the tests here run it, came before its line was. Whoever starts the platform would read of an
 * unsupported runtime and wonder. What else is warned of meanwhile is heard.
 */
const { warn } = console;
const notOfTheRuntime = (...words: readonly unknown[]): void => {
  if (!String(words[0]).includes('oidc-provider WARNING: Unsupported runtime')) warn(...words);
};
Object.assign(console, { warn: notOfTheRuntime });

export const { errors, interactionPolicy, Provider } = await import('oidc-provider');

Object.assign(console, { warn });
