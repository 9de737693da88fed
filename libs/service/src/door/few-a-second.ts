const windowMs = 1000;

/**
 * What everybody may ask for and nobody may make costly: found anew a few times a second at the most, however many ask;
 * the others are given what was found last.
 */
export function fewASecond<T>(
  find: () => Promise<T>,
  most = 10,
  now: () => number = () => performance.now(),
): () => Promise<T> {
  let window = { found: undefined as Promise<T> | undefined, times: 0, until: 0 };
  return () => {
    if (now() >= window.until) window = { found: undefined, times: 0, until: now() + windowMs };
    if (window.found !== undefined && window.times >= most) return window.found;
    window.times += 1;
    window.found = find();
    return window.found;
  };
}
