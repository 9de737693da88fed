/**
 * First segments of the paths that the web application answers, beside `/`: the same as in apps/web/src/app/routes.ts
 * (test/contracts/web/screen-paths.spec.ts). Every other path that is neither a file nor a page is a 404.
 */
export const screenSegments: ReadonlySet<string> = new Set(['sign-in']);
