export * from './actor.ts';
export * from './faults.ts';
export * from './gate.ts';
export * from './known/known.ts';
export * from './route-config.ts';
export * from './routes.ts';
export * from './scopes.ts';
export * from './token-verifier.ts';
