import { ServiceUnavailable, TooMany } from '#service';

/** A stream that can be ended with a last block to its reader. */
export interface Endable {
  replaced(): void;
}

export interface MostStreams {
  readonly ofPerson: number;
  readonly ofOrganization: number;
  readonly ofAll: number;
}

/** Limits for a person, an organization and a process, so that one organization never takes all sockets. */
export const usualMostStreams: MostStreams = { ofPerson: 10, ofOrganization: 500, ofAll: 2000 };

/** The owner of a stream. */
export interface Reader {
  readonly personId: string;
  readonly organizationId: string;
}

const full =
  'Your organization has as many live streams open as it may. Close a window that is not needed, or try again in a moment.';

/**
 * The open streams, by person and organization. The eleventh of a person ends their oldest, because the oldest tab is most
 * likely forgotten. Beyond the limit of an organization or of the process, a new stream is refused until one has ended.
 */
export class OpenStreams {
  private readonly ofPerson = new Map<string, Set<Endable>>();
  private readonly ofOrganization = new Map<string, number>();
  private count = 0;

  constructor(private readonly most: MostStreams = usualMostStreams) {}

  /** Call it before a stream starts. Throws {@link TooMany} or {@link ServiceUnavailable} if there are too many. */
  makeRoom(reader: Reader): void {
    const own = this.ofPerson.get(reader.personId);
    if (own !== undefined && own.size >= this.most.ofPerson) {
      const [oldest] = own;
      oldest?.replaced();
      if (oldest !== undefined) this.closed(reader, oldest);
    }
    if ((this.ofOrganization.get(reader.organizationId) ?? 0) >= this.most.ofOrganization) throw new TooMany(30, full);
    if (this.count >= this.most.ofAll) throw new ServiceUnavailable(30);
  }

  opened({ personId, organizationId }: Reader, stream: Endable): void {
    const own = this.ofPerson.get(personId) ?? new Set();
    this.ofPerson.set(personId, own.add(stream));
    this.ofOrganization.set(organizationId, (this.ofOrganization.get(organizationId) ?? 0) + 1);
    this.count += 1;
  }

  closed({ personId, organizationId }: Reader, stream: Endable): void {
    const own = this.ofPerson.get(personId);
    if (own?.delete(stream) !== true) return;
    this.count -= 1;
    const left = (this.ofOrganization.get(organizationId) ?? 0) - 1;
    if (left > 0) this.ofOrganization.set(organizationId, left);
    else this.ofOrganization.delete(organizationId);
    if (own.size === 0) this.ofPerson.delete(personId);
  }
}
