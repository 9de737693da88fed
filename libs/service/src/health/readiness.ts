/** Whether a service can do its work, and if not, what is missing. Details name no address and no secret. */
export interface Readiness {
  readonly status: 'ready' | 'not-ready';
  readonly service: string;
  readonly checks: Readonly<Record<string, ReadinessCheck>>;
}

export interface ReadinessCheck {
  readonly ready: boolean;
  readonly detail: string;
}
