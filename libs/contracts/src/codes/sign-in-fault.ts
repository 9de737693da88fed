/**
 * Why a sign-in did not end in a session; the browser is sent to `/sign-in?fault=<code>`. `too-late`: after 10 minutes, or
 * another sign-in began in this browser. `cancelled`: the person went back. `unavailable`: the issuer does not answer.
 * `inactive`: the person may not work here now. `failed`: a fault of the installation, which its log describes.
 */
export const signInFaults = ['too-late', 'cancelled', 'unavailable', 'inactive', 'failed'] as const;
export type SignInFault = (typeof signInFaults)[number];
