import type { ReasonCode } from './reason.ts';

/** How staff name each reason, as a short label. The `words` of a reason speak to the client. */
export const staffWords: Readonly<Record<ReasonCode, { readonly en: string; readonly es: string }>> = {
  'no-capacity': { en: 'No space', es: 'Sin cupo' },
  'waitlist-closed': { en: 'Waiting list closed', es: 'Lista de espera cerrada' },
  'not-eligible': { en: 'Not eligible', es: 'No cumple los requisitos' },
  'outside-service-area': { en: 'Outside the area served', es: 'Fuera de la zona atendida' },
  'missing-documentation': { en: 'Papers missing', es: 'Faltan documentos' },
  'client-declined': { en: 'Client said no', es: 'La persona dijo que no' },
  'client-no-longer-in-need': { en: 'Client no longer needs this', es: 'La persona ya no lo necesita' },
  'unable-to-contact': { en: 'Client could not be reached', es: 'No se pudo localizar a la persona' },
  'already-served-here': { en: 'Already served here', es: 'Ya recibe este servicio aquí' },
  duplicate: { en: 'Duplicate request', es: 'Solicitud duplicada' },
  'health-and-safety': { en: 'Health or safety concern', es: 'Motivo de salud o seguridad' },
  'needs-higher-level-of-care': { en: 'Needs a higher level of care', es: 'Necesita un nivel de atención mayor' },
  'service-discontinued': { en: 'Service no longer offered', es: 'Servicio que ya no se ofrece' },
  'sent-in-error': { en: 'Sent by mistake', es: 'Enviada por error' },
  'moved-away': { en: 'Client moved away', es: 'La persona se mudó' },
  deceased: { en: 'Client died', es: 'La persona falleció' },
  'another-agency-accepted': { en: 'Another agency accepted', es: 'Otra agencia aceptó' },
  'not-picked': { en: 'Another agency was chosen', es: 'Se eligió otra agencia' },
  'consent-revoked': { en: 'Permission taken back', es: 'Permiso retirado' },
  'no-response': { en: 'No answer in time', es: 'Sin respuesta a tiempo' },
  other: { en: 'Another reason', es: 'Otro motivo' },
  'consent-expired': { en: 'Permission expired', es: 'Permiso vencido' },
};

/**
 * The reasons that a person may give, the most frequent ones first and `other` last: the order in which a list offers
 * them. It never changes with use, so that a number or a letter typed from memory stays right.
 */
const offered: readonly ReasonCode[] = [
  'no-capacity',
  'waitlist-closed',
  'not-eligible',
  'outside-service-area',
  'missing-documentation',
  'unable-to-contact',
  'client-declined',
  'client-no-longer-in-need',
  'needs-higher-level-of-care',
  'health-and-safety',
  'already-served-here',
  'moved-away',
  'deceased',
  'service-discontinued',
  'duplicate',
  'sent-in-error',
  'other',
];

/** The place of a reason in every list that offers it, from 1 on; null for one that only the system gives. */
export function shortOrderOf(code: ReasonCode): number | null {
  const index = offered.indexOf(code);
  return index === -1 ? null : index + 1;
}
