import { spawn } from 'node:child_process';
import { root } from './words.mjs';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program in the repository's folder and waits for it. `quiet` captures its output and returns it. Signals are
 * forwarded, so that a stop of this process stops both (a program may get a signal twice); `stopped` says so.
 */
export function run(program, args, { quiet = false, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['inherit', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    let stopped = false;
    const pass = (signal) => {
      stopped = true;
      child.kill(signal);
    };
    for (const signal of FORWARDED) process.on(signal, pass);
    const done = () => FORWARDED.forEach((signal) => process.off(signal, pass));
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('close', (code, signal) => {
      done();
      resolve({ code: code ?? 128 + (signal === 'SIGINT' ? 2 : 15), output, stopped });
    });
  });
}
