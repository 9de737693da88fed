const LOOK_MS = 500;

/**
 * npm sends a signal to the shell between us, which ends without forwarding it: the platform would continue unseen. So a
 * process that npm started, and whose parent is gone, stops as if it had got the signal.
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
