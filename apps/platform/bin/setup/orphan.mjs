const LOOK_MS = 500;

/**
 * npm hands a signal to the shell between us, which ends without telling us: then a platform would run on that nobody
 * can see. Started by npm, whose parent is gone stops as if the signal had come here.
 */
export function stopWithParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_MS);
  look.unref();
}
