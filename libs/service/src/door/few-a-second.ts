const windowMs = 1000;

/**
 * For a value that everybody may read but nobody may make expensive: it is computed at most a few times a second, however
 * many ask. The others get the last result.
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
