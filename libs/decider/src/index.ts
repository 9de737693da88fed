export * from './decision.ts';
export * from './interpreter.ts';
export * from './transition.ts';
