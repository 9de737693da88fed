import type {
  Category,
  Direction,
  Language,
  ClientDataView,
  NoticeCode,
  PacketAttachment,
  PacketNotice,
  PacketView,
  Purpose,
  DisclosureId,
  TaskId,
} from '#contracts';
import type { Permission } from '../consent/permission.ts';

/**
 * What one opening may show: the categories that consent allows and the service's template wants (contract.md §2.1).
 * Undefined: nothing, which answers exactly like what does not exist.
 */
export function allowedCategories(
  permission: Permission | undefined,
  template: { readonly required: readonly Category[]; readonly asked: readonly Category[] },
): readonly Category[] | undefined {
  const wanted = new Set<Category>([...template.required, ...template.asked]);
  const allowed = (permission?.categories ?? []).filter((category) => wanted.has(category));
  return allowed.length === 0 ? undefined : allowed;
}

const noticeWords: Readonly<Record<NoticeCode, Readonly<Record<Language, string>>>> = {
  'part-2-2.32': {
    en: '42 CFR part 2 prohibits unauthorized use or disclosure of these records.',
    es: 'La norma 42 CFR parte 2 prohíbe el uso o la divulgación no autorizados de estos registros.',
  },
  'return-path': {
    en: 'The client permitted the agency to report this outcome back to you, and to nobody else.',
    es: 'La persona permitió que la agencia le informe este resultado a usted y a nadie más.',
  },
};

export function noticeTexts(codes: readonly NoticeCode[]): readonly PacketNotice[] {
  return codes.flatMap((code) =>
    (['en', 'es'] as const).map((language) => ({ code, language, text: noticeWords[code][language] })),
  );
}

export interface PacketParts {
  readonly disclosureId: DisclosureId;
  readonly direction: Direction;
  readonly taskId: TaskId;
  readonly version: number;
  readonly need: PacketView['need']['code'];
  readonly purpose: Purpose;
  readonly categories: readonly Category[];
  readonly permission: Permission;
  readonly noticeCodes: readonly NoticeCode[];
  readonly client: ClientDataView | undefined;
  readonly statedNeed: string | undefined;
  readonly details: PacketView['details'];
  readonly messages: PacketView['messages'];
  /** Already those alone that may leave as a whole. */
  readonly attachments: readonly PacketAttachment[];
}

/** The packet, cut: a key whose category is not allowed is absent, never empty. */
export function cutPacket(parts: PacketParts): PacketView {
  const may = (category: Category): boolean => parts.categories.includes(category);
  return {
    disclosureId: parts.disclosureId,
    direction: parts.direction,
    taskId: parts.taskId,
    version: parts.version,
    ...(parts.client !== undefined && may('core-contact') ? { client: parts.client } : {}),
    need: {
      code: parts.need,
      ...(parts.statedNeed !== undefined && may('stated-need') ? { statedNeed: parts.statedNeed } : {}),
    },
    details: parts.details.filter((detail) => may(detail.category)),
    messages: may('stated-need') ? parts.messages : [],
    attachments: parts.attachments,
    notices: noticeTexts(parts.noticeCodes),
    consentScope: {
      consentIds: parts.permission.consentIds,
      categories: parts.categories,
      purpose: parts.purpose,
      validUntil: parts.permission.validUntil,
    },
  };
}
